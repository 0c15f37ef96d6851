"""A decision that rests is signed or sent back by a second person, taken back, or takes its step, by any visit when it is due."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from records.people import PersonRequest
from records.rules import RuleBroken
from reviews.models import Rest, Turn
from reviews.pages import crumbs
from reviews.rests.forms import SecondForm
from reviews.rests.pages import foretold
from reviews.rests.services import send_back, sign, take_back, take_now
from reviews.views import find_turn, to_own_case, turn_page
from reviews.worklist import following, way_of

OWN_WORDS = "您写的意见在下面，可以修改后重新提交。"


def find_rest(request: PersonRequest, pk: int) -> Rest:
    """The decision, if its turn is one of the person's offices'; 404 for anybody else."""
    rests = Rest.objects.filter(turn__in=Turn.objects.visible_to(request.user)).select_related(
        "turn", "reviewer", "second"
    )
    return get_object_or_404(rests, pk=pk)


@require_POST
def rest_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Take it back; its words stand in the form again."""
    rest = find_rest(request, pk)
    take_back(rest, by=request.user)
    own = rest.reviewer_id == request.user.pk
    messages.success(request, "已撤回，决定没有生效，也没有发出消息。" + (OWN_WORDS if own else "决定仍在等复核签。"))
    return redirect(f"{rest.turn.get_absolute_url()}{way_of(request.GET)}#decision")


@require_POST
def rest_take(request: PersonRequest, pk: int) -> HttpResponse:
    """Let it take its step; the page that follows says how the turn ended, or why it did not."""
    rest = find_rest(request, pk)
    take_now(rest, by=request.user)
    after = f"{rest.turn.get_absolute_url()}{way_of(request.GET)}#content"
    return HttpResponseClientRedirect(after) if request.htmx else redirect(after)


@require_GET
def rest_letter(request: PersonRequest, pk: int) -> HttpResponse:
    """The message that a decision would send which waits for its second person: a part of its page, without script a page."""
    rest = find_rest(request, pk)
    turn = find_turn(request, rest.turn_id)
    if not rest.is_unsigned or not turn.is_open:
        return redirect(f"{turn.get_absolute_url()}{way_of(request.GET)}")
    if turn.case.has_member(request.user):
        return to_own_case(request, turn.case)
    told, way = foretold(rest), way_of(request.GET)
    if request.htmx:
        return render(request, "reviews/letter.html", told)
    told |= {"turn": turn, "way": way, "crumbs": crumbs(turn.number, way=way)}
    return render(request, "reviews/rests/letter_page.html", told)


def second_act(request: PersonRequest, pk: int, act: Callable[[Rest, str], object], done: str) -> HttpResponse:
    """Do it with the words that were typed, say so, and go on to the next of the list; a refusal stands on the page."""
    rest, form = find_rest(request, pk), SecondForm(request.POST)
    turn = find_turn(request, rest.turn_id)
    if not form.is_valid():
        return turn_page(request, turn, second=form)
    try:
        act(rest, form.cleaned_data["text"])
    except RuleBroken as refusal:
        return turn_page(request, find_turn(request, turn.pk), second=form, refusal=refusal)
    messages.success(request, f"{done}：{turn.number} {turn.title}。")
    coming, way = following(turn, request.user, request.GET), way_of(request.GET)
    return redirect(f"{coming.get_absolute_url()}{way}#content" if coming else f"{reverse('turn_list')}{way}")


@require_POST
def rest_sign(request: PersonRequest, pk: int) -> HttpResponse:
    """复核签 as the second person."""
    return second_act(request, pk, lambda rest, text: sign(rest, by=request.user, text=text), "已复核签")


@require_POST
def rest_return(request: PersonRequest, pk: int) -> HttpResponse:
    """Send it back unsigned, with words."""
    return second_act(
        request, pk, lambda rest, text: send_back(rest, by=request.user, text=text), "已退回给作出决定的人"
    )
