"""What was asked and proposed about a case, with the answers; a case about which nothing was asked costs no query."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from records.models import Case, Document
from reviews.course import course_of
from reviews.models import Question, QuestionPaper, Reply, ReviewedCase, Turn
from reviews.querysets import TurnQuerySet

C = TypeVar("C", bound=ReviewedCase)
FACTS = ("id", "name", "size", "is_locked", "sha256", "received_sha256")  # of a paper
MEMORY = "talk"  # of a case: (its turns' number of questions, the talk)


@dataclass(frozen=True)
class Talk:
    """A question or a proposal with its answer, if there is one."""

    question: Question
    turn: Turn  # with its office
    reply: Reply | None
    is_followed: bool = False
    papers: list[Document] = field(default_factory=list)
    reply_papers: list[Document] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether the other side still owes a word."""
        return self.reply is None and not self.is_followed and self.turn.is_open

    @property
    def is_late(self) -> bool:
        """Whether it owes it since yesterday or longer."""
        return self.is_open and timezone.localdate() > self.question.due_on

    @property
    def is_proposal(self) -> bool:
        """Whether it is a 更正建议."""
        return self.question.kind == Question.Kind.SUGGEST

    @property
    def to_firm(self) -> bool:
        """Whether the firm answers."""
        return not self.question.is_of_firm

    @property
    def outcome(self) -> str:
        """What has become of it, in words."""
        if self.reply is not None:
            return {None: "已答复", True: "已接受", False: "未接受"}[self.reply.accepted]
        if self.is_followed:
            return "已由新的建议代替"
        return "等待答复" if self.is_open else "环节已办结，未答复"


def talk_of(case: Case) -> list[Talk]:
    """Everything that was asked and proposed about the case, oldest first; none of a draft or of what no office reviews."""
    if not isinstance(case, ReviewedCase) or case.pk is None:
        return []
    turns = {turn.pk: turn for turn in course_of(case).turns if turn.asked}
    if not turns:
        return []
    key = sum(turn.asked for turn in turns.values())
    known = case.memory.get(MEMORY)
    if known is None or known[0] != (key, case.version):
        known = case.memory[MEMORY] = ((key, case.version), read_talk(turns))
    talk: list[Talk] = known[1]
    return talk


def read_talk(turns: dict[int, Turn]) -> list[Talk]:
    """The questions of these turns with answers and papers, in one query."""
    facts = {name: F(f"document__{name}") for name in FACTS}
    papers = QuestionPaper.objects.filter(question=OuterRef("pk")).order_by("pk")
    files = ArraySubquery(papers.values(told=JSONObject(of_reply=F("of_reply"), **facts)))
    rows = Question.objects.filter(turn__in=turns).select_related("reply").annotate(files=files)
    questions: list[Any] = list(rows.order_by("pk"))
    followed = {question.follows_id for question in questions}
    return [
        Talk(
            question,
            turns[question.turn_id],
            getattr(question, "reply", None),
            is_followed=question.pk in followed,
            papers=[paper_of(file) for file in question.files if not file["of_reply"]],
            reply_papers=[paper_of(file) for file in question.files if file["of_reply"]],
        )
        for question in questions
    ]


def paper_of(file: dict[str, Any]) -> Document:
    """The paper as a page names it; nothing else of it is known."""
    return Document(**{name: file[name] for name in FACTS})


def first_due(case: Case, *, to_firm: bool) -> dt.date | None:
    """The day by which the firm, or the office, owes its next answer; None where it owes none."""
    return min((one.question.due_on for one in talk_of(case) if one.is_open and one.to_firm == to_firm), default=None)


def with_asked(cases: QuerySet[C]) -> QuerySet[C]:
    """The cases with `asked`, the key of the question that their firm is to answer first, and `asked_by`, its day."""
    kind = ContentType.objects.get_for_model(cases.model)
    rows = Question.objects.open().to_firms().filter(turn__case_type=kind, turn__case_id=OuterRef("pk"))
    first = rows.order_by("due_on", "pk")
    named: Any = cases.annotate(asked=Subquery(first.values("pk")[:1]), asked_by=Subquery(first.values("due_on")[:1]))
    return cast("QuerySet[C]", named)


def with_questions(turns: TurnQuerySet) -> TurnQuerySet:
    """The turns with `owed_by` and `awaited_by`: until when the office is to answer its firm, and the firm it; `…_late`."""
    rows = Question.objects.open().filter(turn=OuterRef("pk")).order_by("due_on")
    first = {"owed": rows.to_offices(), "awaited": rows.to_firms()}
    late = {name: Q(**{f"{name}_by__lt": timezone.localdate()}) for name in first}
    dated: Any = turns.annotate(**{f"{name}_by": Subquery(found.values("due_on")[:1]) for name, found in first.items()})
    told = dated.annotate(
        **{f"{name}_late": ExpressionWrapper(is_late, BooleanField()) for name, is_late in late.items()}
    )
    return cast("TurnQuerySet", told)
