"""The review desk: one turn, its decision, 转办."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from records.people import PersonRequest
from records.rules import RuleBroken, StaleCase
from records.steps import seen_in
from reviews import letters, pages
from reviews.ended import ended_context
from reviews.forms import TransferForm
from reviews.models import Opinion, Rest, ReviewedCase, Turn, Verdict
from reviews.news.querysets import with_unreached
from reviews.offices import with_colleague
from reviews.permissions import OWN_CASE
from reviews.preview import Letter
from reviews.rests.pages import noted, rests_beside, rule_told
from reviews.rests.services import decide
from reviews.services import DESK
from reviews.transfers import transfer
from reviews.worklist import following, way_of


def find_turn(request: PersonRequest, pk: int) -> Turn:
    """The turn, if it is or was one of the person's offices'; 404 for anybody else."""
    turns = Turn.objects.visible_to(request.user).select_related(*DESK, "case_type")
    return get_object_or_404(with_colleague(turns, request.user), pk=pk)


def find_turn_to_read(request: PersonRequest, pk: int) -> Turn:
    """The turn, if the person may look at it; 404 for anybody else."""
    turns = Turn.objects.readable_by(request.user).select_related(*DESK, "case_type")
    return get_object_or_404(with_unreached(with_colleague(turns, request.user)), pk=pk)


@require_GET
def turn_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One case on the desk: its dossier, its papers, the checks and the decision."""
    turn = find_turn_to_read(request, pk)
    return letter_page(request, turn) if "letter" in request.GET and turn.is_open else turn_page(request, turn)


def letter_page(request: PersonRequest, turn: Turn) -> HttpResponse:
    """The message that waits to be confirmed, as often as it is asked for; without one the page of the turn."""
    waiting = letters.waiting_in(request, turn)
    if waiting is None:
        return turn_page(request, turn)
    return turn_page(request, turn, data=waiting.data, letter=waiting.letter)


def turn_page(
    request: PersonRequest,
    turn: Turn,
    *,
    data: QueryDict | None = None,
    refusal: RuleBroken | None = None,
    letter: Letter | None = None,
    **shown: object,
) -> HttpResponse:
    """The page of one turn. data: a decision as it was typed; letter: its message before it goes; shown: forms that were refused.

    Who belongs to the applicant's unit comes to its own page instead, which shows him what applicants see.
    """
    pages.with_case(turn).case.applicant.know(request.user)
    if turn.case.has_member(request.user):
        return to_own_case(request, turn.case)
    context = pages.turn_context(turn, request.user, request.GET) | {"refusal": refusal, "words": pages.typed(data)}
    context |= letters.shown(letter, data, context["case"]) if letter and data else {}
    beside = rests_beside(turn, request.user)
    context |= beside
    if beside["rest"]:
        context["claim"] = None  # what is decided is nobody's to claim
    if turn.is_open and not context["objection"] and not beside["rest"]:
        context["paired"] = rule_told(turn)
        form = pages.opinion_form(turn, context["dossier"], data or beside["said"])
        context["form"] = form if form.fields["verdict"].choices else None
        context["transfer"] = TransferForm(turn=turn) if context["may_transfer"] else None
    if not turn.is_open:
        context |= ended_context(turn, request.user, request.GET, is_sent=request.method == "POST")
    if "panel" in shown:
        context["group"][shown.pop("which")] = shown.pop("panel")
    return render(request, "reviews/turn_detail.html", context | shown, status=409 if refusal else 200)


def to_own_case(request: PersonRequest, case: ReviewedCase) -> HttpResponse:
    """Lead somebody of the applicant's unit from the desk to the page of the case; what he wanted to do there is refused."""
    if request.method == "POST":
        raise RuleBroken("R-REL", OWN_CASE)
    messages.info(request, OWN_CASE)
    return redirect(case)


@require_POST
def turn_opinion(request: PersonRequest, pk: int) -> HttpResponse:
    """The decision, in one POST: its message stood beside it while it was filled in (`turn_letter`)."""
    turn = find_turn(request, pk)
    form = pages.posted_form(turn, request.POST)
    if not turn.is_open:
        return turn_page(request, turn, data=request.POST, refusal=StaleCase())
    if not form.is_valid():
        return turn_page(request, turn, data=request.POST)
    try:
        said = decide(turn, by=request.user, seen=seen_in(request.POST), **form.said)
    except RuleBroken as refusal:
        return turn_page(request, find_turn(request, pk), data=request.POST, refusal=refusal)
    letters.forget(request, turn)
    return go_on(request, turn, said)


@require_POST
def turn_letter(request: PersonRequest, pk: int) -> HttpResponse:
    """The message that the decision would send as it stands; writes nothing. Without script it gets a page of its own."""
    turn = find_turn(request, pk)
    form = pages.posted_form(turn, request.POST)
    if turn.case.has_member(request.user):
        return to_own_case(request, turn.case)
    told = letters.told(turn, form, by=request.user, seen=seen_in(request.POST))
    if request.htmx:
        return render(request, "reviews/letter.html", told)
    if "letter" in told:
        return letters.show(request, turn, told["letter"])
    return turn_page(request, turn, data=request.POST, refusal=told.get("refusal"))


def go_on(request: PersonRequest, turn: Turn, said: Opinion | Rest) -> HttpResponse:
    """Say what happened, and go to the next case of the same list that the person can decide."""
    done = f"已办理：{turn.number} {turn.title}，{Verdict(said.verdict).label}。申请单位已收到消息。"
    messages.success(request, noted(said) if isinstance(said, Rest) else done)
    coming, way = following(turn, request.user, request.GET), way_of(request.GET)
    return redirect(f"{coming.get_absolute_url()}{way}#content" if coming else f"{reverse('turn_list')}{way}")


@require_POST
def turn_transfer(request: PersonRequest, pk: int) -> HttpResponse:
    """转办 to another district, with words."""
    turn = find_turn(request, pk)
    form = TransferForm(request.POST, turn=turn)
    if not form.is_valid():
        return turn_page(request, turn, transfer=form)
    office, words = form.cleaned_data["office"], form.cleaned_data["words"]
    try:
        transfer(turn, office, by=request.user, text=words, seen=seen_in(request.POST))
    except RuleBroken as refusal:
        return turn_page(request, find_turn(request, pk), transfer=form, refusal=refusal)
    messages.success(request, f"已转给{office}，申请单位和接收单位都已收到消息。")
    return redirect(f"{reverse('turn_list')}{way_of(request.GET)}")
