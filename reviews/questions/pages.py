"""What the pages show of 询问 and 更正建议: a part of the case and of the desk, and two pages of its own."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from records.people import Person
from reviews.course import course_of
from reviews.kinds import kind_of_review
from reviews.models import Question, ReviewedCase, Turn
from reviews.questions.amending import field_choices, row_of
from reviews.questions.forms import DeclineForm, TalkForm, Typed
from reviews.questions.permissions import may_answer, speaks_for
from reviews.questions.reading import Talk, talk_of
from ui.forms import model_field

PART = "#questions"
SAYS = "要询问的内容"
ASKS = {True: "向审核单位询问", False: "询问企业"}  # whether the firm asks → what the box is called


def talk_on_case(case: ReviewedCase, user: Person) -> dict[str, Any]:
    """The part of the page of a case: what waits for its unit first, with the boxes to answer; asks no query of its own."""
    turn, own = course_of(case).open_turn, case.has_member(user)
    speaks = own and turn is not None and speaks_for(case, user)
    return shown(talk_of(case), turn, case, own=own, speaks=speaks) | {"top": own}


def talk_on_turn(turn: Turn, *, speaks: bool) -> dict[str, Any]:
    """The part of the desk's page; speaks: whether the reader decides the turn."""
    case: ReviewedCase = turn.case
    told = shown(talk_of(case), turn, case, own=False, speaks=speaks, marks=labels(case))
    return told | {"fields": field_choices(case) if speaks else [], "top": False}


def shown(
    talk: list[Talk],
    turn: Turn | None,
    case: ReviewedCase,
    *,
    own: bool,
    speaks: bool,
    marks: list[tuple[str, str]] | None = None,
) -> dict[str, Any]:
    """Open ones with their forms, ended ones, and the form of a new question where the person may ask."""
    return {
        "turn": turn,
        "own": own,
        "open": [opened(one, case, speaks=speaks and one.to_firm == own) for one in talk if one.is_open],
        "ended": [one for one in talk if not one.is_open],
        "form": TalkForm(case=case, says=SAYS, marks=marks or (), auto_id="ask_%s") if speaks and turn else None,
        "title": ASKS[own],
    }


def opened(talk: Talk, case: ReviewedCase, *, speaks: bool) -> dict[str, Any]:
    """One that waits, with the box in which this person answers it, if it is his to answer."""
    form: Any = None
    if speaks:
        named = f"q{talk.question.pk}_%s"
        form = DeclineForm(auto_id=named) if talk.is_proposal else TalkForm(case=case, says="答复", auto_id=named)
    return {"talk": talk, "form": form}


def labels(case: ReviewedCase) -> list[tuple[str, str]]:
    """(label, label) of what a question may be about: the fields of the form, then lists of rows and of papers."""
    kind = kind_of_review(case)
    names = [name for names in (kind.form.sections if kind.form else {}).values() for name in names]
    told = [row_of(case, name).label for name in names if model_field(case, name) is not None]
    return [(label, label) for label in [*told, *(label for _, label in kind.corrections(case))]]


def find_turn(user: Person, pk: int) -> Turn:
    """The turn with its case as pages read it, for whoever sees the case; 404 for anybody else."""
    turn = get_object_or_404(Turn.objects.select_related("office", "case_type"), pk=pk)
    return with_visible_case(turn, user)


def with_visible_case(turn: Turn, user: Person) -> Turn:
    """The turn with its case; 404 for whoever does not see that."""
    model: Any = turn.case_type.model_class()
    turn.case = get_object_or_404(model.objects.visible_to(user).to_read(), pk=turn.case_id)
    return turn


def find_question(user: Person, pk: int) -> Question:
    """The question with its turn and case, for whoever sees the case; 404 for anybody else."""
    rows = Question.objects.select_related("turn__office", "turn__case_type")
    question = get_object_or_404(rows, pk=pk)
    with_visible_case(question.turn, user)
    return question


def home_of(turn: Turn, user: Person) -> str:
    """Where the person goes on with the case: its unit on its page, its office at the desk."""
    case: ReviewedCase = turn.case
    if not case.has_member(user) and Turn.objects.readable_by(user).filter(pk=turn.pk).exists():
        return f"{turn.get_absolute_url()}{PART}"
    return f"{case.get_absolute_url()}{PART}"


def crumbs(turn: Turn, user: Person, here: str) -> list[tuple[str, str]]:
    """(label, url) from the person's own start over the case to this page."""
    own = turn.case.has_member(user)
    start = ("用户中心", "user_center") if own else ("审核工作台", "turn_list")
    return [(start[0], reverse(start[1])), (turn.number, home_of(turn, user)), (here, "")]


def question_context(question: Question, user: Person, form: Typed | None = None) -> dict[str, Any]:
    """The page of one question: what was asked, and the box in which this person answers it."""
    case: ReviewedCase = question.turn.case
    talk = next(one for one in talk_of(case) if one.question.pk == question.pk)
    entry = opened(talk, case, speaks=talk.is_open and may_answer(question, case, user))
    if form is not None:
        entry["form"] = form
    return {
        "case": case,
        "turn": question.turn,
        "entry": entry,
        "own": case.has_member(user),
        "home": home_of(question.turn, user),
        "crumbs": crumbs(question.turn, user, question.get_kind_display()),
    }
