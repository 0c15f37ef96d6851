"""The review desk: 待办, 已办, one turn, its decision, 转办."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from records.people import PersonRequest
from records.rules import RuleBroken, StaleCase
from records.steps import seen_in
from reviews import pages
from reviews.filters import AllFilter, DoneFilter, TurnFilter
from reviews.forms import OpinionForm, TransferForm
from reviews.models import Turn, Verdict
from reviews.permissions import is_municipal
from reviews.querysets import places_of
from reviews.services import give_opinion
from reviews.transfers import transfer

PAGE = 20  # rows
SORTS = {"due_on", "-due_on", "opened_at", "-opened_at", "closed_at", "-closed_at"}


def find_turn(request: PersonRequest, pk: int) -> Turn:
    """The turn, if it is or was one of the person's offices'; 404 for anybody else."""
    turns = Turn.objects.visible_to(request.user).select_related("office", "case_type")
    return get_object_or_404(turns, pk=pk)


def find_turn_to_read(request: PersonRequest, pk: int) -> Turn:
    """The turn, if the person may look at it; 404 for anybody else."""
    turns = Turn.objects.readable_by(request.user).select_related("office", "case_type")
    return get_object_or_404(turns, pk=pk)


def sorting(request: PersonRequest, default: str) -> str:
    """The order that the list asks for."""
    wanted = request.GET.get("sort", "")
    return wanted if wanted in SORTS else default


@require_GET
def turn_list(request: PersonRequest) -> HttpResponse:
    """待办: what lies at the person's offices, the most urgent first."""
    sort = sorting(request, "due_on")
    turns = Turn.objects.visible_to(request.user).open().with_group().select_related("office", "case_type")
    found = TurnFilter(request.GET, turns.order_by(sort, "pk"))
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort, "crumbs": pages.crumbs("待办")}
    return render(request, "reviews/turn_list.html", context | {"lent": places_of(request.user).lent()})


@require_GET
def turn_all_list(request: PersonRequest) -> HttpResponse:
    """全部事项: every turn of every office, for 市科技局 alone; 404 for anybody else."""
    if not is_municipal(request.user):
        raise Http404
    sort = sorting(request, "-opened_at")
    turns = Turn.objects.with_group().select_related("office", "case_type").prefetch_related("opinions")
    found = AllFilter(request.GET, turns.order_by(sort, "-pk"))
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort, "crumbs": [("市科技局", ""), ("全部事项", "")]}
    return render(request, "reviews/turn_all_list.html", context)


@require_GET
def turn_done_list(request: PersonRequest) -> HttpResponse:
    """已办: what the person's offices have decided, the latest first."""
    sort = sorting(request, "-closed_at")
    turns = Turn.objects.visible_to(request.user).done().select_related("office", "case_type")
    found = DoneFilter(request.GET, turns.prefetch_related("opinions").order_by(sort, "-pk"))
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort, "crumbs": pages.crumbs("已办")}
    return render(request, "reviews/turn_done_list.html", context)


@require_GET
def turn_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One case on the desk: its dossier, its papers, the checks and the decision."""
    return turn_page(request, find_turn_to_read(request, pk))


def turn_page(
    request: PersonRequest,
    turn: Turn,
    *,
    form: OpinionForm | None = None,
    refusal: RuleBroken | None = None,
    **shown: Any,
) -> HttpResponse:
    """The page of one turn. shown: `letter` and `previewed` before a verdict goes out, forms that were refused."""
    context = pages.turn_context(pages.with_case(turn), request.user) | {"refusal": refusal, "words": pages.typed(form)}
    if turn.is_open and not context["objection"]:
        form = pages.opinion_form(turn, context["dossier"], form.data if form else None)
        context["form"] = form if form.fields["verdict"].choices else None
        context["transfer"] = TransferForm(turn=turn) if context["may_transfer"] else None
    if "panel" in shown:
        context["group"][shown.pop("which")] = shown.pop("panel")
    return render(request, "reviews/turn_detail.html", context | shown, status=409 if refusal else 200)


@require_POST
def turn_opinion(request: PersonRequest, pk: int) -> HttpResponse:
    """The decision: the message is shown first, and goes out when the reviewer confirms the very same words."""
    turn, seen = find_turn(request, pk), seen_in(request.POST)
    form = pages.posted_form(turn, request.user, request.POST)
    if not turn.is_open:
        return turn_page(request, turn, form=form, refusal=StaleCase())
    if not form.is_valid():
        return turn_page(request, turn, form=form)
    previewed = pages.fingerprint(form.said, seen)
    try:
        if request.POST.get("previewed") != previewed:
            letter = pages.letter_of(turn, by=request.user, seen=seen, **form.said)
            return turn_page(request, turn, form=form, letter=letter, previewed=previewed)
        give_opinion(turn, by=request.user, seen=seen, **form.said)
    except RuleBroken as refusal:
        return turn_page(request, find_turn(request, pk), form=form, refusal=refusal)
    return go_on(request, turn, Verdict(form.said["verdict"]))


def go_on(request: PersonRequest, turn: Turn, verdict: Verdict) -> HttpResponse:
    """Say what happened, and go to the next case of the inbox."""
    messages.success(request, f"已办理：{turn.number} {turn.title}，{verdict.label}。申请单位已收到消息。")
    following = pages.inbox(request.user).first()
    return redirect(f"{following.get_absolute_url()}#content" if following else "turn_list")


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
    return redirect("turn_list")
