"""Verbs of 询问 and 更正建议: the state and the round of the case stay as they are (ADR 0141, 0142)."""

from collections.abc import Iterable
from copy import copy

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone

from notifications.models import Notice
from notifications.services import notify
from policy.models import PolicyVersion
from policy.working_days import add_working_days
from records.changes import guard_version
from records.doors import door
from records.models import Document
from records.people import Person
from records.rules import NOT_HERE, RuleBroken
from records.services import attach
from records.steps import lock, write
from reviews.comparing import worded
from reviews.models import Question, QuestionPaper, Reply, ReviewedCase, Turn
from reviews.questions.amending import judge
from reviews.questions.notices import ANSWERED, ASKED, DUE
from reviews.questions.permissions import MOST_OPEN, kind_asked_by, may_answer, may_ask_firm
from reviews.receipts import plain
from reviews.services import hold_turn
from reviews.stand_ins import signature

Kind = Question.Kind
NEEDS_TEXT = "R-WORDS", "请写明要说的内容，对方会原样看到。"
ANSWERED_ALREADY = "R-ANSWERED", "这一项刚才已经由同事办理，或者已由新的建议代替，您这次提交的没有再办理。"
STEPS = {  # kind → what its line in the trail, and the one of its answer, is called
    Kind.ASK: ("asked", "asked_answered"),
    Kind.SUGGEST: ("proposed", "proposal_declined"),
    Kind.FIRM: ("firm_asked", "firm_answered"),
}
ACCEPTED = "proposal_accepted"
PAPERS = {False: "询问附件", True: "答复附件"}  # whether they came with an answer → what they are for


@door
def ask(turn: Turn, *, by: Person, text: str, marked: Iterable[str] = (), papers: Iterable[Document] = ()) -> Question:
    """Ask the other side about the case, with words, papers and the labels of what is meant; it is told.

    Raises StaleCase where the turn is decided, RuleBroken for who may not ask and for too many open questions.
    """
    case, turn = held(turn, by=by)
    question = Question(turn=turn, kind=kind_asked_by(case, by), by=by, text=text.strip(), marked=list(marked))
    open_now = Question.objects.open().filter(turn=turn, kind=question.kind).count()
    if open_now >= MOST_OPEN:
        raise RuleBroken("R-MANY", f"本环节已有 {MOST_OPEN} 项询问等待答复，请等对方答复后再问。")
    put(question, case)
    keep_papers(question, case, papers, of_reply=False)
    return question


@door
def propose(turn: Turn, *, by: Person, field: str, value: str, text: str) -> Question:
    """Propose a value for one field; an open proposal for the same field gives way to it. The firm is told.

    Raises as `ask` does, and ValidationError with the sentences of the field where the value is not one.
    """
    case, turn = held(turn, by=by)
    if not may_ask_firm(case, by):
        raise RuleBroken(*NOT_HERE)
    judged = judge(case, field, value)
    earlier = Question.objects.filter(turn=turn, field=field, follower=None).first()
    question = Question(turn=turn, kind=Kind.SUGGEST, by=by, text=text.strip(), field=field, value=value)
    question.follows = earlier
    question.label = judged.after.label[:60]
    question.before, question.after = (worded(plain(row.value)) for row in (judged.before, judged.after))
    put(question, case)
    return question


def held(turn: Turn, *, by: Person) -> tuple[ReviewedCase, Turn]:
    """The case and its turn, which knows it: as `hold_turn` holds them."""
    case, turn = hold_turn(turn, by=by)
    turn.case = case
    return case, turn


def put(question: Question, case: ReviewedCase) -> None:
    """Keep the question, count it in its turn, write it into the trail and tell the other side."""
    if not question.text:
        raise RuleBroken(*NEEDS_TEXT)
    days = PolicyVersion.objects.remembered().question_days
    question.due_on = add_working_days(timezone.localdate(), days)
    question.save(force_insert=True)
    Turn.objects.filter(pk=question.turn_id).update(asked=F("asked") + 1)
    said = f"{question.label}：{change_of(question)}。{question.text}" if question.field else question.text
    line(case, question, STEPS[Kind(question.kind)][0], by=question.by, text=said, of_office=not question.is_of_firm)
    notify(ASKED[Kind(question.kind)], question, actor=question.by_id)


def change_of(question: Question) -> str:
    """What a proposal changes, in words."""
    return f"由“{question.before or '空'}”更正为“{question.after}”"


def line(case: ReviewedCase, question: Question, step: str, *, by: Person, text: str, of_office: bool) -> None:
    """Write a line into the trail of the held case; what an office says is signed by the office."""
    write(case, step, by=by, text=text, office=signature(question.turn) if of_office else "")


def keep_papers(question: Question, case: ReviewedCase, papers: Iterable[Document], *, of_reply: bool) -> None:
    """Tie the papers to the held case and to the question."""
    given = list(papers)
    QuestionPaper.objects.bulk_create(
        QuestionPaper(question=question, document=paper, of_reply=of_reply) for paper in given
    )
    attach(case, given, PAPERS[of_reply])


def hold_open(question: Question, *, by: Person) -> tuple[ReviewedCase, Question]:
    """Hold the case and its turn, and find the question still open for this person to answer; RuleBroken, StaleCase else."""
    case, turn = held(question.turn, by=by)
    if not may_answer(question, case, by):
        raise RuleBroken(*NOT_HERE)
    fresh = Question.objects.open().filter(pk=question.pk).first()
    if fresh is None:
        raise RuleBroken(*ANSWERED_ALREADY)
    fresh.turn = turn
    return case, fresh


@door
def answer(question: Question, *, by: Person, text: str, papers: Iterable[Document] = ()) -> Reply:
    """Answer a question with words and papers; whoever asked is told. Raises as `hold_open` does."""
    case, question = hold_open(question, by=by)
    if question.field:
        raise RuleBroken(*NOT_HERE)
    reply = say(question, case, by=by, text=text)
    keep_papers(question, case, papers, of_reply=True)
    return reply


@door
def decline(question: Question, *, by: Person, text: str) -> Reply:
    """Leave the field as it is, with the reason. Raises as `hold_open` does."""
    case, question = hold_open(question, by=by)
    if not question.field:
        raise RuleBroken(*NOT_HERE)
    return say(question, case, by=by, text=text, accepted=False)


@door
def accept(question: Question, *, by: Person) -> Reply:
    """Put the proposed value into the field: the version rises, the trail keeps both values, the office is told.

    Raises as `hold_open` does, and RuleBroken with the field's own sentence where the value holds no longer.
    """
    case, question = hold_open(question, by=by)
    if not question.field:
        raise RuleBroken(*NOT_HERE)
    before = copy(case)
    try:
        setattr(case, question.field, judge(case, question.field, question.value).value)
    except ValidationError as refusal:
        raise RuleBroken("R-FIELD", "".join(refusal.messages)) from refusal
    guard_version(before, case, None, by=by)
    case.save()
    Turn.objects.filter(pk=question.turn_id).update(title=case.title[:200], unit_name=case.unit_name[:200])
    return say(question, case, by=by, text="", accepted=True)


def say(question: Question, case: ReviewedCase, *, by: Person, text: str, accepted: bool | None = None) -> Reply:
    """Keep the answer, write it into the trail and tell who asked."""
    words = text.strip()
    if not words and not accepted:
        raise RuleBroken(*NEEDS_TEXT)
    reply = Reply.objects.create(question=question, by=by, text=words, accepted=accepted)
    step = ACCEPTED if accepted else STEPS[Kind(question.kind)][1]
    told = f"{question.label}{change_of(question)}" if question.field else ""
    said = f"{told}{'。' if told and words else ''}{words}"
    line(case, question, step, by=by, text=said, of_office=question.is_of_firm)
    notify(ANSWERED[Kind(question.kind)], question, actor=by.pk, reply=reply)
    return reply


@door
def remind(question: Question) -> None:
    """Remind the side that owes the answer, once, from its last day on."""
    lock(question.turn.case)
    kind, told = DUE[Kind(question.kind)], Notice.objects.filter(url=question.get_absolute_url())
    still_open = Question.objects.open().due().filter(pk=question.pk).exists()
    if still_open and not told.filter(kind=kind.name).exists():
        notify(kind, question)
