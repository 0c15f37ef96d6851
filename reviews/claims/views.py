"""Who has a turn: claim, release, skip, take over, hand over, put aside."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from records.people import PersonRequest
from records.rules import RuleBroken
from reviews.claims import services
from reviews.claims.forms import AsideForm, HandOverForm
from reviews.claims.pages import claim_context
from reviews.ended import ending_of
from reviews.models import Turn
from reviews.pages import crumbs
from reviews.permissions import objection_to
from reviews.views import find_turn, to_own_case, turn_page
from reviews.worklist import following, from_the_start, skipping, way_of
from ui.forms import SectionsMixin

NOTHING_NEW = 204


def back(request: PersonRequest, turn: Turn) -> HttpResponse:
    """To the page of the turn, with its list."""
    return redirect(f"{turn.get_absolute_url()}{way_of(request.GET)}")


def to_list(request: PersonRequest) -> HttpResponse:
    """To the list, from its start."""
    return redirect(f"{reverse('turn_list')}{way_of(from_the_start(request.GET))}")


def state_part(request: PersonRequest, turn: Turn, *, shown: str | None = None) -> HttpResponse:
    """Who has the turn, as a part of its page; nothing where that is what the page shows already."""
    claim = claim_context(turn, request.user, may=not objection_to(turn, turn.case, request.user))
    if shown is not None and shown == claim["key"]:
        return HttpResponse(status=NOTHING_NEW)
    context = {"turn": turn, "way": way_of(request.GET), "claim": claim, "trigger": "alive"}
    return render(request, "reviews/claim_state.html", context)


def ended_part(request: PersonRequest, turn: Turn) -> HttpResponse:
    """That the turn is decided, by whom and when, as a part of its page."""
    return render(request, "reviews/claim_ended.html", {"ended": ending_of(turn), "url": turn.get_absolute_url()})


@require_POST
def turn_claim(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the turn, or tell that one is still at it; the page asks by itself, and reads who has it."""
    turn = find_turn(request, pk)
    if not request.htmx:
        return act_on(request, turn, lambda: services.claim(turn, by=request.user))
    if not turn.is_open:
        return ended_part(request, turn)
    try:
        services.claim(turn, by=request.user)
    except RuleBroken:
        turn = find_turn(request, pk)
        return state_part(request, turn, shown=request.POST.get("shown")) if turn.is_open else ended_part(request, turn)
    return state_part(request, find_turn(request, pk), shown=request.POST.get("shown"))


def act_on(request: PersonRequest, turn: Turn, act: Callable[[], object], done: str = "") -> HttpResponse:
    """Do it and come back to the page; a refusal stands on it."""
    try:
        act()
    except RuleBroken as refusal:
        return turn_page(request, find_turn(request, turn.pk), refusal=refusal)
    if done:
        messages.success(request, done)
    return back(request, turn)


@require_POST
def turn_release(request: PersonRequest, pk: int) -> HttpResponse:
    """Give it back, and go to the list."""
    turn = find_turn(request, pk)
    try:
        is_released = services.release(turn, by=request.user)
    except RuleBroken as refusal:
        return turn_page(request, find_turn(request, pk), refusal=refusal)
    if is_released:
        messages.success(request, f"已放开：{turn.number} {turn.title}，同事可以办理。")
    return to_list(request)


@require_POST
def turn_skip(request: PersonRequest, pk: int) -> HttpResponse:
    """On to the next case of the list that the person can decide; this one is left to others, and comes no more on this way."""
    turn = find_turn(request, pk)
    services.leave(turn, by=request.user)
    query = skipping(request.GET, turn)
    coming = following(turn, request.user, query)
    if coming is None:
        messages.info(request, "列表里没有其他可以办理的事项；跳过的还在待办里。")
        return to_list(request)
    return redirect(f"{coming.get_absolute_url()}{way_of(query)}#content")


@require_POST
def turn_take_over(request: PersonRequest, pk: int) -> HttpResponse:
    """Take it from a colleague; the page has asked."""
    turn = find_turn(request, pk)
    if not request.htmx:
        return act_on(request, turn, lambda: services.take_over(turn, by=request.user), "已由您接手。")
    services.take_over(turn, by=request.user)
    return state_part(request, find_turn(request, pk))


@require_http_methods(["GET", "POST"])
def turn_hand_over(request: PersonRequest, pk: int) -> HttpResponse:
    """交给同事: to whom, with which words."""
    turn = find_turn(request, pk)
    if request.method == "GET" and not turn.is_open:
        return back(request, turn)
    form = HandOverForm(request.POST or None, turn=turn, by=request.user)
    if not form.is_valid():
        return claim_page(request, turn, form, "交给同事", "交给他", obstacle=form.obstacle)
    person, note = form.cleaned_data["place"].user, form.cleaned_data["note"]
    try:
        services.hand_over(turn, person, note=note, by=request.user)
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
        return claim_page(request, turn, form, "交给同事", "交给他")
    messages.success(request, f"已交给{person}：{turn.number} {turn.title}，他已收到消息。")
    return to_list(request)


@require_http_methods(["GET", "POST"])
def turn_aside(request: PersonRequest, pk: int) -> HttpResponse:
    """搁置: until when, and what it waits for."""
    turn = find_turn(request, pk)
    if request.method == "GET" and not turn.is_open:
        return back(request, turn)
    form = AsideForm(request.POST or None, turn=turn)
    if not form.is_valid():
        return claim_page(request, turn, form, "搁置", "搁置")
    until, words = form.cleaned_data["until"], form.cleaned_data["words"]
    try:
        services.put_aside(turn, until, words=words, by=request.user)
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
        return claim_page(request, turn, form, "搁置", "搁置")
    done = f"已搁置至 {until:%Y-%m-%d}：{turn.number} {turn.title}，到这一天自动回到待办。"
    messages.add_message(request, messages.WARNING if form.warning else messages.SUCCESS, done + form.warning)
    return to_list(request)


@require_POST
def turn_take_up(request: PersonRequest, pk: int) -> HttpResponse:
    """取消搁置."""
    turn = find_turn(request, pk)
    return act_on(request, turn, lambda: services.take_up(turn, by=request.user), "已取消搁置，事项回到待办。")


def claim_page(
    request: PersonRequest, turn: Turn, form: SectionsMixin, title: str, label: str, *, obstacle: str = ""
) -> HttpResponse:
    """The page that asks for what an act on a turn needs, or says why it cannot be done; not to somebody of the applicant's unit."""
    if turn.case.has_member(request.user):
        return to_own_case(request, turn.case)
    way = way_of(request.GET)
    context = {"turn": turn, "form": form, "title": title, "label": label, "way": way, "obstacle": obstacle}
    here = [*crumbs(way=way), (turn.number, f"{turn.get_absolute_url()}{way}"), (title, "")]
    return render(request, "reviews/claim_form.html", context | {"crumbs": here})
