"""Questions before an order: asked on a product, answered at the institution's desk."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.models import Duty
from catalog.asking import services
from catalog.asking.filters import InquiryFilter
from catalog.asking.forms import AskForm, HideInquiryForm, ReplyForm
from catalog.models import Inquiry, Product, Provider
from records.people import PersonRequest
from records.rules import RuleBroken
from ui.listing import exported
from ui.paging import page_of

FACES = ("product__provider__unit", "asker")
OWN = "我的咨询"
COLUMNS = {
    "服务产品": "product.name",
    "服务机构": "product.provider.name",
    "问题": "text",
    "提问时间": "asked_at",
    "状态": "stage",
    "回答": "answer",
    "回答时间": "answered_at",
}


@require_http_methods(["GET", "POST"])
def product_ask(request: PersonRequest, number: str) -> HttpResponse:
    """The form, or the question."""
    products = Product.objects.visible_to(request.user).with_faces().select_related("provider__unit")
    product = get_object_or_404(products, number=number)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            inquiry = services.ask_about(product, form.cleaned_data["text"], by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "已提交问题，机构回答后会通知您。")
            return redirect(inquiry)
    crumbs = [("首页", reverse("home")), ("科淘平台", reverse("product_list"))]
    crumbs += [(product.name, product.get_absolute_url()), ("提问", "")]
    return render(request, "catalog/inquiry_ask.html", {"product": product, "form": form, "crumbs": crumbs})


@require_GET
def inquiry_list(request: PersonRequest) -> HttpResponse:
    """What was asked of the own institutions, those first that wait."""
    curates = request.user.duty == Duty.CATALOG
    if not curates and not Provider.objects.kept_by(request.user).exists():
        raise Http404
    rows, show = Inquiry.objects.kept_by(request.user), request.GET.get("show", "")
    waiting = rows.unanswered()
    page = page_of(request, (rows if show == "all" else waiting).select_related("product"))
    tabs = [
        {"label": "待回答", "url": "?", "active": show != "all", "count": waiting.count()},
        {"label": "全部", "url": "?show=all", "active": show == "all"},
    ]
    crumbs = [("用户中心", reverse("user_center")), ("客户咨询", "")]
    return render(request, "catalog/inquiry_list.html", {"page": page, "tabs": tabs, "crumbs": crumbs})


@exported(OWN, COLUMNS)
@require_safe
def inquiry_own(request: PersonRequest) -> HttpResponse:
    """What the person has asked, with what became of it, the latest first."""
    rows = Inquiry.objects.filter(asker=request.user).select_related("product__provider")
    found = InquiryFilter(request.GET, rows)
    crumbs = [("用户中心", reverse("user_center")), (OWN, "")]
    context = {"filter": found, "page": page_of(request, found.qs), "crumbs": crumbs}
    return render(request, "catalog/inquiry_own.html", context)


@require_http_methods(["GET", "POST"])
def inquiry(request: PersonRequest, pk: int) -> HttpResponse:
    """One of them: for whoever asked, for the institution that answers, for the curator who hides."""
    found = get_object_or_404(Inquiry.objects.visible_to(request.user).select_related(*FACES), pk=pk)
    form = form_for(found, request)
    if request.method == "POST" and form is None:
        raise Http404
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            messages.success(request, carried_out(found, form, request))
        except RuleBroken as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect(found)
    is_own = found.asker_id == request.user.pk
    request.part = "" if is_own else request.user.duty or "provider"
    listed = (OWN, reverse("inquiry_own")) if is_own else ("客户咨询", reverse("inquiry_list"))
    context = {"inquiry": found, "form": form, "is_own": is_own}
    crumbs = [("用户中心", reverse("user_center")), listed, (found.product.name, "")]
    return render(request, "catalog/inquiry.html", context | {"crumbs": crumbs})


def form_for(found: Inquiry, request: PersonRequest) -> forms.Form | None:
    """What the person may type about it; None where nothing."""
    sent: Any = request.POST or None
    if found.hidden_at:
        return None
    if request.user.duty == Duty.CATALOG:
        return HideInquiryForm(sent)
    may = not found.answered_at and Provider.objects.written_by(request.user).filter(pk=found.product.provider_id)
    return ReplyForm(sent) if may and may.exists() else None


def carried_out(found: Inquiry, form: forms.Form, request: PersonRequest) -> str:
    """Answer or hide it; what is said of that."""
    typed = form.cleaned_data
    if isinstance(form, HideInquiryForm):
        services.hide_inquiry(found, typed["why"], by=request.user)
        return "已隐藏，产品页不再显示。"
    services.answer_inquiry(found, typed["answer"], public=typed["public"] == "yes", by=request.user)
    return "已回答，并通知了提问人。"
