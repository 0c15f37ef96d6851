"""Pages of a group for its experts: the invitation, then 待评 with all its cases on one screen."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from policy.rubric import MOST_POINTS
from records.people import PersonRequest
from records.rules import RuleBroken
from reviews.forms import reason_in
from reviews.models import PanelMember
from reviews.panel import SEALED
from reviews.panels import hearing, pages
from reviews.panels.forms import AnswerForm

NOTHING_SAID = "请至少在一个事项上选择评审意见。"


def own_member(request: PersonRequest, pk: int) -> PanelMember:
    """The person's own place in the group; 404 for others, and once he has refused or left."""
    request.menu_at = reverse("seat_list")
    members = PanelMember.objects.visible_to(request.user).select_related("panel__office", "expert")
    return get_object_or_404(members, panel=pk)


@require_GET
def hearing_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """What he is asked to hear; once the group has begun, his words in one table."""
    member = own_member(request, pk)
    return hearing_page(request, member, pages.hearing_rows(member.panel, request.user))


def hearing_page(
    request: PersonRequest,
    member: PanelMember,
    rows: Sequence[dict[str, Any]],
    refusal: str = "",
) -> HttpResponse:
    """The page of the group as its expert reads it."""
    panel, owed = member.panel, [row for row in rows if row["form"]]
    context = {
        "panel": panel,
        "member": member,
        "rows": rows,
        "owed": len(owed),
        "most": MOST_POINTS,
        "is_rated": any(row["seat"].points or (row["form"] and row["form"].rated) for row in rows),
        "wrong": [row for row in owed if row["form"].is_bound and row["form"].errors],
        "turns": [] if panel.begun_at else [line.turn for line in panel.lines.select_related("turn")],
        "answer": AnswerForm(),
        "refusal": refusal,
        "crumbs": [("评审任务", reverse("seat_list")), (panel.name, "")],
    }
    return render(request, "reviews/panels/hearing_detail.html", context, status=409 if refusal else 200)


@require_POST
def hearing_answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Come, or refuse."""
    member, comes = own_member(request, pk), request.POST.get("answer") == "accept"
    form = AnswerForm(request.POST)
    try:
        member = hearing.answer(member, by=request.user, comes=comes, words="" if comes else reason_in(form))
    except RuleBroken as refusal:
        return hearing_page(request, member, pages.hearing_rows(member.panel, request.user), refusal.sentence)
    if not comes:
        messages.success(request, "已答复不参加，组建单位会另请专家。")
        return redirect("seat_list")
    messages.success(request, "已接受邀请。全部专家接受后开始评审，会有消息通知您。")
    return redirect(member)


@require_POST
def hearing_words(request: PersonRequest, pk: int) -> HttpResponse:
    """Record what was said in the rows, all or nothing."""
    member = own_member(request, pk)
    rows = pages.hearing_rows(member.panel, request.user, request.POST)
    said = {row["seat"].pk: row["form"] for row in rows if row["form"] and row["form"].has_changed()}
    if not said or not all(form.is_valid() for form in said.values()):
        return hearing_page(request, member, rows, "" if said else NOTHING_SAID)
    words = {key: pages.word_in(form) for key, form in said.items()}
    try:
        hearing.speak(member.panel, words, by=request.user)
    except RuleBroken as refusal:
        return hearing_page(request, member, rows, refusal.sentence)
    messages.success(request, f"已提交 {len(said)} 个事项的评审意见。{SEALED}")
    return redirect(member)


@require_POST
def hearing_leave(request: PersonRequest, pk: int) -> HttpResponse:
    """Leave the whole group."""
    member, form = own_member(request, pk), AnswerForm(request.POST)
    hearing.leave_group(member, by=request.user, words=reason_in(form))
    messages.success(request, "您已退出评审组，已提交的意见保留，其余由组建单位另请专家。")
    return redirect("seat_list")
