"""Pages of groups for the office that forms them: the list, a new one, one group with its result."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from records.people import PersonRequest
from records.rules import RuleBroken
from reviews.models import Panel, PanelMember, Turn
from reviews.panels import pages, services
from reviews.panels.closing import close_hearing
from reviews.panels.forms import GroupForm, MemberForm, ProposalForm, first_days
from reviews.panels.permissions import check_body
from ui.listing import exported
from ui.paging import page_of

LIST = ("评审组", "group_list")


@exported(
    "评审组",
    {
        "名称": "name",
        "状态": "standing",
        "事项": "cases",
        "专家": "came",
        "答复期限": "reply_by",
        "提交意见期限": "due_on",
    },
)
@require_GET
def group_list(request: PersonRequest) -> HttpResponse:
    """The groups of own offices, the latest first."""
    check_body(request.user)
    panels = Panel.objects.visible_to(request.user).with_counts()
    waiting = pages.turns_to_hear(request.user).count()
    context = {"page": page_of(request, panels), "waiting": waiting, "crumbs": [(LIST[0], "")]}
    return render(request, "reviews/panels/group_list.html", context)


@require_GET
def group_new(request: PersonRequest) -> HttpResponse:
    """First step: which cases, how many experts, of which fields."""
    check_body(request.user)
    turns = pages.turns_to_hear(request.user)
    context = {"turns": turns[: services.MOST], "form": ProposalForm(), "crumbs": crumbs("组建评审组")}
    return render(request, "reviews/panels/group_new.html", context)


def group_propose(request: PersonRequest) -> HttpResponse:
    """Second step: whom the system proposes for these cases; the office decides and asks them."""
    check_body(request.user)
    data = request.POST if request.method == "POST" else request.GET
    turns = list(pages.turns_to_hear(request.user).filter(pk__in=pages.keys_in(data, "turn")[: services.MOST]))
    if not turns:
        messages.info(request, services.NO_CASES[1])
        return redirect("group_new")
    if request.method == "POST":
        return group_form(request, turns)
    asked = ProposalForm(request.GET)
    size, specialties = (asked.cleaned_data["size"], asked.cleaned_data["specialties"]) if asked.is_valid() else (5, [])
    chosen = pages.proposal_for(turns, size, specialties)
    if len(chosen) < size:
        messages.warning(
            request, f"没有利害关系的专家只有 {len(chosen)} 位，不足 {size} 位。请减少人数，或把事项分到几个评审组。"
        )
    form = GroupForm(turns=turns, initial={"experts": chosen, **first_days(turns)})
    return propose_page(request, turns, form)


def group_form(request: PersonRequest, turns: list[Turn]) -> HttpResponse:
    """Ask those who were chosen."""
    form = GroupForm(request.POST, turns=turns)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "reply_by", "due_on")}
        experts = list(form.cleaned_data["experts"])
        try:
            panel = services.form_group(turns, experts, by=request.user, **said)
        except RuleBroken as refusal:
            form.add_error("experts", refusal.sentence)
        else:
            messages.success(request, f"已向 {len(experts)} 位专家发出邀请；全部接受后自动开始评审。")
            return redirect(panel)
    return propose_page(request, turns, form)


def propose_page(request: PersonRequest, turns: list[Turn], form: GroupForm) -> HttpResponse:
    """The page of the second step."""
    context = {"turns": turns, "form": form, "crumbs": crumbs("选择专家")}
    return render(request, "reviews/panels/group_propose.html", context)


def crumbs(here: str) -> list[tuple[str, str]]:
    """The way to a page below the list."""
    return [(LIST[0], reverse(LIST[1])), (here, "")]


def own_panel(request: PersonRequest, pk: int) -> Panel:
    """The group, if its office is the person's; 404 for anybody else."""
    return get_object_or_404(Panel.objects.visible_to(request.user).select_related("office"), pk=pk)


def own_member(request: PersonRequest, pk: int) -> PanelMember:
    """A member of such a group."""
    members = PanelMember.objects.filter(panel__in=Panel.objects.visible_to(request.user))
    return get_object_or_404(members.select_related("panel__office", "expert"), pk=pk)


@require_GET
def group_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One group: who has come, and what it says of each case once it has spoken."""
    panel = own_panel(request, pk)
    context = pages.group_context(panel, request.user) | {"panel": panel, "crumbs": crumbs(panel.name)}
    return render(request, "reviews/panels/group_detail.html", context)


def group_replace(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask somebody else in the place of a member."""
    member = own_member(request, pk)
    form = pages.member_form(member, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            asked = services.replace_member(member, form.cleaned_data["expert"], by=request.user)
        except RuleBroken as refusal:
            form.add_error("expert", refusal.sentence)
        else:
            messages.success(request, f"已改请{asked.expert}，邀请已发出。")
            return redirect(member.panel)
    return replace_page(request, member, form)


def replace_page(request: PersonRequest, member: PanelMember, form: MemberForm) -> HttpResponse:
    """The page that asks whom."""
    way = [*crumbs(""), ("更换专家", "")]
    way[1] = (member.panel.name, member.panel.get_absolute_url())
    context = {"member": member, "form": form, "crumbs": way}
    return render(request, "reviews/panels/group_replace.html", context)


@require_POST
def group_dissolve(request: PersonRequest, pk: int) -> HttpResponse:
    """Let the group go."""
    services.dissolve(own_panel(request, pk), by=request.user)
    messages.success(request, "评审组已解散，专家已收到消息；这些事项可以重新组建。")
    return redirect("group_list")


@require_POST
def group_close(request: PersonRequest, pk: int) -> HttpResponse:
    """End the hearing of every case of the group of which enough experts have spoken."""
    panel = own_panel(request, pk)
    closed = close_hearing(panel, by=request.user)
    messages.success(request, f"已结束 {closed} 个事项的评审，意见已公开给本单位，可以记录结果。")
    return redirect(panel)
