"""Files dropped on the lists: they come, are read, are looked at, and become rows one by one or all at once."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.cases.pages import own
from accounts.cases.services import not_editable
from records.people import PersonRequest
from records.pictures.places import number_in
from records.rules import RuleBroken
from redemption.models import Claim
from redemption.rows.dropping import Bar, Waiting, keep_valid, waiting_of
from redemption.rows.kinds import KINDS, Line
from redemption.rows.pages import EDIT_PAGE, Shown, edit_context
from redemption.rows.services import GONE, move_dropped, remove_dropped
from redemption.rows.taking import take_files, take_from_box
from redemption.rows.views import claim_and_kind, fresh, whole_page

PARTS = "redemption/dropped_parts.html"


def written(request: PersonRequest, number: str) -> Claim:
    """The claim, without its rows; 404 where the person does not write it, a refusal where it takes nothing now."""
    claim, _ = claim_and_kind(request, number, next(iter(KINDS)))
    if request.method == "POST" and claim.state not in Claim.EDITABLE:
        raise not_editable(claim)
    return claim


def away(request: PersonRequest, claim: Claim) -> HttpResponse:
    """From lines of a claim that is no longer written to the claim."""
    return HttpResponseClientRedirect(claim.get_absolute_url()) if request.htmx else redirect(claim)


@require_POST
def claim_drop(request: PersonRequest, number: str, kind: str) -> HttpResponse:
    """Files come, on one of the lists; each stands there as a line at once and is read meanwhile. One out of the box stands open."""
    if kind not in KINDS:
        raise Http404
    claim = written(request, number)
    if "box" in request.POST:
        return take_box(request, claim, kind)
    taken = take_files(claim, request.FILES.getlist("papers"), kind, by=request.user)
    if request.htmx:
        ones, new = waiting_of(claim, request.user), {dropped.pk for dropped in taken.dropped}
        added = [one for one in ones if one.pk in new]
        return answer(request, claim, ones, added=added, said=taken.refusals, at=[kind])
    for refusal in taken.refusals:
        messages.warning(request, refusal)
    if taken.dropped:
        messages.success(request, f"收到 {len(taken.dropped)} 个文件，正在读取。读完后请核对并保存。")
    return whole_page(claim, KINDS[kind])


def take_box(request: PersonRequest, claim: Claim, kind: str) -> HttpResponse:
    """A contract out of the unit's box: its row stands open, with its file and what was read of it."""
    taken = take_from_box(claim, request.POST["box"], kind, by=request.user)
    key = taken.dropped[0].pk if taken.dropped else 0
    if not request.htmx:
        for refusal in taken.refusals:
            messages.warning(request, refusal)
        return whole_page(claim, KINDS[kind], f"?open={key}" if key else "")
    ones = waiting_of(claim, request.user)
    added = [one for one in ones if one.pk == key]
    for one in added:
        one.form = one.opened()
        one.line.take_focus()
    return answer(request, claim, ones, added=added, said=taken.refusals, at=[kind])


def claim_dropped_all(request: PersonRequest, number: str) -> HttpResponse:
    """What has been read since the page was shown; 【全部保存】 keeps every line and row in which nothing is wrong."""
    claim = written(request, number)
    ones = waiting_of(claim, request.user)
    if request.method == "POST":
        return save_all(request, claim, ones)
    if claim.state not in Claim.EDITABLE:
        return away(request, claim)
    if not request.htmx:
        return redirect("claim_edit", number)
    asked = {number_in(sent) for sent in request.GET.getlist("waiting")}
    arrived = [one for one in ones if one.pk in asked and one.is_read]
    gone = sorted(asked - {one.pk for one in ones} - {0})
    if not arrived and not gone:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return answer(request, claim, ones, arrived=arrived, gone=gone)


def claim_dropped(request: PersonRequest, number: str, pk: int) -> HttpResponse:
    """One line: 填写 opens it, 收起 closes it, 保存 makes it a row, 移除 and 改放 say that it is none, or one of another list."""
    claim = written(request, number)
    ones = waiting_of(claim, request.user)
    one = next((one for one in ones if one.pk == pk), None)
    if request.method == "POST":
        return act(request, claim, ones, one) if one else act_on_gone(request, claim, ones, pk)
    if claim.state not in Claim.EDITABLE:
        return away(request, claim)
    if one is None:
        return gone(request, claim, ones)
    if not request.htmx:
        return whole_page(claim, one.kind, f"?open={pk}")
    one.form = None if "close" in request.GET else one.opened()
    return render(request, "redemption/row_dropped.html", {"claim": claim, "one": one})


def gone(request: PersonRequest, claim: Claim, ones: list[Waiting]) -> HttpResponse:
    """Somebody else has saved or removed the line that was to be opened: it goes, and the page says why."""
    if not request.htmx:
        raise RuleBroken(*GONE)
    return render(request, "redemption/row_gone.html", {"claim": claim, "bar": Bar.of(ones), "sentence": GONE[1]})


def act(request: PersonRequest, claim: Claim, ones: list[Waiting], one: Waiting) -> HttpResponse:
    """What one of its buttons asks for."""
    verb, _, name = request.POST.get("act", "save").partition("-")
    if verb == "remove":
        remove_dropped(one.dropped, by=request.user)
        return answer(request, claim, [left for left in ones if left is not one], gone=[one.pk])
    if verb == "move":
        return move(request, claim, ones, one, name)
    return save(request, claim, ones, [one])


def act_on_gone(request: PersonRequest, claim: Claim, ones: list[Waiting], pk: int) -> HttpResponse:
    """Somebody else has saved or removed the paper: who wants it removed is content, who wants it saved is told."""
    if request.POST.get("act") != "remove":
        raise RuleBroken(*GONE)
    return answer(request, claim, ones, gone=[pk])


def move(request: PersonRequest, claim: Claim, ones: list[Waiting], one: Waiting, name: str) -> HttpResponse:
    """To another list, where it stands open: its questions are others."""
    if name not in KINDS:
        raise Http404
    move_dropped(one.dropped, name, by=request.user)
    if not request.htmx:
        return whole_page(claim, one.kind, f"?open={one.pk}")
    there = Waiting(one.dropped, one.reading, claim, request.user)
    there.form = there.opened()
    return answer(request, claim, ones, gone=[one.pk], added=[there])


def save_all(request: PersonRequest, claim: Claim, ones: list[Waiting]) -> HttpResponse:
    """Every line that was shown and every row that stands open."""
    shown = {number_in(mark.partition(".")[0]) for mark in request.POST.getlist("shown")}
    return save(request, claim, ones, [one for one in ones if one.pk in shown or one.was_sent(request.POST)])


def save(request: PersonRequest, claim: Claim, ones: list[Waiting], tried: list[Waiting]) -> HttpResponse:
    """Keep those in which nothing is wrong; the others stay, open, with what is wrong and all that was typed."""
    refused = keep_valid(claim, tried, request.POST, by=request.user)
    saved = [one for one in tried if one not in refused]
    left = [one for one in ones if one not in saved]
    if request.htmx:
        lines = [(one, Line(one.kind, one.form.instance)) for one in saved if one.form]
        return answer(request, claim, left, changed=refused, saved=lines)
    if saved:
        messages.success(request, f"已保存 {len(saved)} 行。")
    if not refused:
        return redirect("claim_edit", claim.number)
    return render(request, EDIT_PAGE, edit_context(own(Claim, request, claim.number), Shown(left)))


def answer(request: PersonRequest, claim: Claim, left: list[Waiting], **parts: list[Any]) -> HttpResponse:
    """What changes on the page: lines that came, went or were refused, rows that were saved with all that they move, and how many wait.

    left: what waits now. parts: gone (keys), added, changed and arrived (Waiting), saved (with the Line of the row).
    """
    if not request.htmx:
        return redirect("claim_edit", claim.number)
    moved = fresh(request, claim) if parts.get("saved") else {"claim": claim}
    return render(request, PARTS, moved | {"bar": Bar.of(left)} | parts)
