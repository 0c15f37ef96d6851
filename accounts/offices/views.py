"""单位与人员: the offices whose people somebody keeps, and what he does with each of them."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.history.sign_ins import address_of
from accounts.members.invitations import services as invitations
from accounts.offices import pages as offices
from accounts.offices.forms import OfficeFilter, OfficeInviteForm, RoleForm, StandInForm
from policy.models import PolicyVersion
from records.people import PersonRequest
from records.rules import RuleBroken
from reviews import places
from reviews.models import Office, OfficeMember
from reviews.permissions import GIVES, gives_in, leads_at, may_change_place
from reviews.stand_ins import add_stand_in
from ui.listing import exported
from ui.paging import page_of

SENT = "邀请已发出：对方会收到短信，用这个手机号登录后可以接受。{} 天内有效。"
LEAVING = {
    "expert": "停用后，该专家不再出现在专家库；没有提交意见的席位会空出，由专业机构补选。",
    "office": "停用后，该人员不再看到本单位的事项；已办理事项的记录保留，以后可以恢复。",
    "stand_in": "结束后，代理人不再看到本单位的事项；已办理事项的记录保留。",
}


def leads_of(request: PersonRequest) -> set[str]:
    """The kinds of offices whose 负责人 the person is; 404 for whoever keeps nobody."""
    leads = leads_at(request.user)
    if not leads & set(GIVES):
        raise Http404
    return leads


def find_office(request: PersonRequest, pk: int) -> tuple[Office, set[str]]:
    """The office, if its people are the person's to keep, and what he leads; 404 else."""
    leads = leads_of(request)
    return get_object_or_404(offices.offices_kept_by(leads), pk=pk), leads


def find_place(request: PersonRequest, pk: int) -> tuple[OfficeMember, set[str]]:
    """A place that the person may change; 404 for his own and for any other."""
    leads = leads_of(request)
    rows = OfficeMember.objects.select_related("office", "user", "stands_in_for__user")
    place = get_object_or_404(rows, pk=pk)
    if not may_change_place(place, request.user, leads):
        raise Http404
    return place, leads


def acted(request: PersonRequest, form: Form, act: Callable[[], object], told: str) -> bool:
    """Whether the act was done; a refusal stands in the form, with what was typed."""
    try:
        act()
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
        return False
    messages.success(request, told)
    return True


@exported(
    "单位与人员",
    {
        "单位": "name",
        "类别": "get_kind_display",
        "联系电话": "phone",
        "人数": "people",
        "待办": "waiting",
        "在用": "is_active",
    },
)
@require_GET
def office_list(request: PersonRequest) -> HttpResponse:
    """The offices with how many people and open turns they have."""
    leads = leads_of(request)
    found = OfficeFilter(request.GET, offices.offices_kept_by(leads), leads=leads)
    page = page_of(request, found.qs)
    context = {"filter": found, "page": page, "crumbs": [(offices.HERE[0], "")]}
    return render(request, "accounts/office_list.html", context)


@require_GET
def office_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """One office and its people."""
    office, leads = find_office(request, pk)
    return render(request, "accounts/office_detail.html", offices.office_page(office, request.user, leads))


@require_http_methods(["GET", "POST"])
def office_invite(request: PersonRequest, pk: int) -> HttpResponse:
    """Invite a phone number; the page says the same whether the number has an account or not."""
    office, leads = find_office(request, pk)
    if not office.is_active or not gives_in(leads, office.kind):
        raise Http404
    form = OfficeInviteForm(request.POST or None, office=office, leads=leads, by=request.user)
    told = SENT.format(PolicyVersion.objects.remembered().invitation_days)
    if request.method == "POST" and form.is_valid():
        said = {**form.said, "by": request.user, "address": address_of(request)}
        phone, role = form.cleaned_data["phone"], said.pop("role")
        if acted(request, form, lambda: invitations.invite(office, phone, role, **said), told):
            return redirect(office)
    words = {"title": "邀请人员", "text": f"邀请对方加入{office}。", "label": "发出邀请"}
    return form_page(request, office, form, words)


@require_http_methods(["GET", "POST"])
def place_role(request: PersonRequest, pk: int) -> HttpResponse:
    """Another role, or 财务专家 or not."""
    place, leads = find_place(request, pk)
    if place.is_over or place.is_stand_in:
        return redirect(place.office)
    initial = {"role": place.role, "is_financial": place.is_financial}
    form = RoleForm(request.POST or None, office=place.office, leads=leads, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = f"已保存，{place.user}已收到消息。"
        if acted(request, form, lambda: places.change_role(place, by=request.user, **form.said), told):
            return redirect(place.office)
    words = {
        "title": f"改角色：{place.user}",
        "text": "负责人可以代表本单位；审核人员办理本单位的事项。",
        "label": "保存",
    }
    return form_page(request, place.office, form, words)


@require_http_methods(["GET", "POST"])
def place_stand_in(request: PersonRequest, pk: int) -> HttpResponse:
    """安排代理 for a leave."""
    place, _ = find_place(request, pk)
    if place.is_over or place.is_stand_in or place.office.kind == Office.Kind.EXPERT:
        return redirect(place.office)
    form = StandInForm(request.POST or None, place=place)
    if request.method == "POST" and form.is_valid():
        said, days = form.cleaned_data, (form.cleaned_data["starts_on"], form.cleaned_data["ends_on"])
        told = f"已安排{said['person'].user}代理{place.user}，双方都已收到消息。"
        if acted(request, form, lambda: add_stand_in(place, said["person"].user, *days, by=request.user), told):
            return redirect(place.office)
    words = {
        "title": f"安排代理：{place.user}",
        "text": f"{place.user}请假期间，由代理人办理{place.office}的事项。",
        "label": "确认安排",
    }
    return form_page(request, place.office, form, words)


def form_page(request: PersonRequest, office: Office, form: Form, words: dict[str, str]) -> HttpResponse:
    """One short form about an office or a person there. words: title, text, label of the button."""
    crumbs = offices.crumbs((office.name, office.get_absolute_url()), (words["title"], ""))
    context = {"office": office, "form": form, **words, "crumbs": crumbs}
    return render(request, "accounts/office_form.html", context)


@require_http_methods(["GET", "POST"])
def place_end(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask once, then end a place or a stand-in."""
    place, _ = find_place(request, pk)
    if request.method == "POST":
        places.end_place(place, by=request.user)
        messages.success(request, f"已{'结束代理' if place.is_stand_in else '停用'}：{place.user}，消息已发出。")
        return redirect(place.office)
    if place.is_over:
        return redirect(place.office)
    kind = "stand_in" if place.is_stand_in else "expert" if place.office.kind == Office.Kind.EXPERT else "office"
    context = {
        "place": place,
        "text": LEAVING[kind],
        "seats": offices.seats_told(places.open_seats(place), request.user),
    }
    crumbs = offices.crumbs((place.office.name, place.office.get_absolute_url()), ("停用", ""))
    return render(request, "accounts/office_place_end.html", {**context, "crumbs": crumbs})


@require_http_methods(["GET", "POST"])
def place_return(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask once, then bring back somebody whose place has ended."""
    place, _ = find_place(request, pk)
    if request.method == "POST":
        places.bring_back(place, by=request.user)
        messages.success(request, f"已恢复：{place.user}，消息已发出。")
        return redirect(place.office)
    if not place.is_over or place.is_stand_in:
        return redirect(place.office)
    crumbs = offices.crumbs((place.office.name, place.office.get_absolute_url()), ("恢复", ""))
    return render(request, "accounts/office_place_return.html", {"place": place, "crumbs": crumbs})
