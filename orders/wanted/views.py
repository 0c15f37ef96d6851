"""Pages of needs: for everybody, for the firm, for providers, for the curator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts.members.switching import acting_in, current_unit, shown_unit
from accounts.models import Duty
from orders.forms import known_contact
from orders.wanted import pages
from orders.wanted.filters import OfferFilter, ShownFilter, WantedFilter
from orders.wanted.forms import OfferForm, WantedForm
from orders.wanted.models import Wanted, WantedOffer
from orders.wanted.services import (
    check_publisher,
    mend_wanted,
    move_wanted,
    offer,
    publish_wanted,
    take_back,
    take_offer,
)
from records.people import PersonRequest
from records.rules import RuleBroken
from records.steps import seen_in
from records.twice import AGAIN, Twice
from reviews.forms import reason_in
from ui.listing import exported
from ui.paging import page_of


@exported("企业需求", pages.COLUMNS)
@login_not_required
@require_safe
def wanted_list(request: HttpRequest) -> HttpResponse:
    """企业需求 for everybody: what is shown, the newest first, without the names of firms."""
    found = ShownFilter(request.GET, Wanted.objects.shown().select_related("category"))
    context = {"filter": found, "page": page_of(request, found.qs), "crumbs": pages.list_crumbs()}
    return render(request, "wanted/wanted_list.html", context)


@login_not_required
@require_safe
def wanted_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One need, with what whoever reads it can do."""
    rows = Wanted.objects.visible_to(request.user).select_related("unit", "category__parent", "order_placed")
    wanted = get_object_or_404(rows, number=number)
    context = pages.detail_context(wanted, request.user)
    if context.get("offer_form") or (context.get("offers") and not context["sees_firm"]):
        vars(request)["part"] = "provider"  # a visitor's request names none
    return render(request, "wanted/wanted_detail.html", context)


@require_http_methods(["GET", "POST"])
def wanted_new(request: PersonRequest) -> HttpResponse:
    """发布需求."""
    check_publisher(current_unit(request.user), by=request.user)
    form = WantedForm(request.POST or None, initial=known_contact(request.user))
    if form.is_bound and form.is_valid():
        try:
            again = request.POST.get(AGAIN, "")
            wanted = publish_wanted(form.instance, by=request.user, acting=acting_in(request.POST), again=again)
        except Twice as twice:
            form.twice = twice
        except RuleBroken as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "需求已提交，平台审核后公布；单位名称和联系方式不公开。")
            return redirect(wanted)
    return render(request, "wanted/wanted_new.html", {"form": form, "crumbs": pages.crumbs(("发布需求", ""))})


@require_http_methods(["GET", "POST"])
def wanted_edit(request: PersonRequest, number: str) -> HttpResponse:
    """A need that the platform has not shown, written anew and handed in again."""
    wanted = get_object_or_404(Wanted.objects.of(request.user).select_related("unit"), number=number)
    if request.method == "GET" and not pages.may_mend(wanted, request.user):
        return redirect(wanted)
    form = WantedForm(request.POST if request.method == "POST" else None, instance=wanted)
    if form.is_bound and form.is_valid():
        try:
            mended = mend_wanted(wanted, form.cleaned_data, by=request.user, seen=seen_in(request.POST))
        except RuleBroken as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "已重新提交，平台审核后公布。")
            return redirect(mended)
    way = pages.crumbs((wanted.title, wanted.get_absolute_url()), ("修改", ""))
    return render(request, "wanted/wanted_edit.html", {"form": form, "wanted": wanted, "crumbs": way})


@require_POST
def wanted_move(request: PersonRequest, number: str, step: str) -> HttpResponse:
    """Show it, do not show it, close it."""
    wanted = get_object_or_404(Wanted.objects.visible_to(request.user).select_related("unit"), number=number)
    move, form = pages.move_of(step), pages.words_form(step, request.POST)
    move_wanted(wanted, step, by=request.user, words=reason_in(form), seen=seen_in(request.POST))
    messages.success(request, move.done)
    return redirect(wanted)


@require_POST
def wanted_offer(request: PersonRequest, number: str) -> HttpResponse:
    """A provider offers one of its services."""
    rows = Wanted.objects.visible_to(request.user).select_related("unit", "category__parent", "order_placed")
    wanted = get_object_or_404(rows, number=number)
    form = OfferForm(request.POST, by=request.user)
    if form.is_valid():
        try:
            offer(wanted, form.cleaned_data["product"], form.cleaned_data["words"], by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "报价已提交，企业会收到消息。选定后您会收到订单。")
            return redirect(wanted)
    context = pages.detail_context(wanted, request.user, form)
    return render(request, "wanted/wanted_detail.html", context, status=409)


@require_POST
def wanted_offer_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """A provider takes its offer back."""
    own = WantedOffer.objects.filter(provider__unit__memberships__user=request.user, taken_back_at=None)
    made = get_object_or_404(own.select_related("wanted", "provider__unit"), pk=pk)
    take_back(made, by=request.user)
    messages.success(request, f"“{made.product_name}”的报价已撤回。")
    return redirect(made.wanted)


@require_http_methods(["GET", "POST"])
def wanted_take(request: PersonRequest, number: str, pk: int) -> HttpResponse:
    """What will be ordered, asked once more; then the order."""
    wanted = get_object_or_404(Wanted.objects.of(request.user).select_related("unit"), number=number)
    made = pages.offer_of(request, wanted, pk)
    if request.method == "POST":
        order = take_offer(made, by=request.user, acting=acting_in(request.POST), seen=seen_in(request.POST))
        messages.success(request, "已按这份报价下单，等待服务机构确认；其他服务机构会收到消息。")
        return redirect(order)
    context = {
        "wanted": wanted,
        "offer": made,
        "crumbs": pages.crumbs((wanted.title, wanted.get_absolute_url()), ("下单", "")),
    }
    return render(request, "wanted/wanted_take.html", context)


@exported("我的需求", pages.OWN_COLUMNS)
@require_GET
def wanted_own(request: PersonRequest) -> HttpResponse:
    """The needs of the person's present unit."""
    unit = shown_unit(request.user)
    rows = Wanted.objects.filter(unit=unit) if unit else Wanted.objects.none()
    return listed(request, rows, "我的需求", is_own=True)


@exported("企业需求审核", pages.OWN_COLUMNS | {"发布单位": "unit.name"})
@require_GET
def wanted_desk(request: PersonRequest) -> HttpResponse:
    """All needs, for whoever keeps the catalog."""
    if request.user.duty != Duty.CATALOG:
        raise Http404
    return listed(request, Wanted.objects.all(), "企业需求审核", is_own=False)


def listed(request: PersonRequest, rows: pages.Rows, title: str, *, is_own: bool) -> HttpResponse:
    """A list that shows states; is_own: of the firm's own needs."""
    found = WantedFilter(request.GET, rows.select_related("category", "unit"))
    context = {"filter": found, "page": page_of(request, found.qs), "title": title, "crumbs": pages.own_crumbs(title)}
    return render(request, "wanted/wanted_own_list.html", context | {"is_own": is_own})


@exported("我的报价", pages.OFFER_COLUMNS)
@require_GET
def wanted_offers(request: PersonRequest) -> HttpResponse:
    """What the providers of the person's present unit have offered."""
    unit = shown_unit(request.user)
    rows = WantedOffer.objects.filter(provider__unit=unit, taken_back_at=None) if unit else WantedOffer.objects.none()
    found = OfferFilter(request.GET, rows.order_by("-pk").select_related("wanted__order_placed", "provider"))
    page = page_of(request, found.qs)
    for made in page:
        made.outcome = pages.outcome_of(made.wanted, made)
    context = {"filter": found, "page": page, "crumbs": pages.own_crumbs("我的报价")}
    return render(request, "wanted/wanted_offer_list.html", context)
