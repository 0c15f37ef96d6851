"""拨付登记: what waits for its money, what was paid; writing it down for many, striking one line out."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Sum
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from policy.arithmetic import yuan
from records.people import PersonRequest
from records.rules import RuleBroken
from redemption.models import Claim, Payment
from redemption.payments.filters import PaymentFilter
from redemption.payments.forms import PaymentForm, StrikeForm
from redemption.payments.querysets import held_against, paid, unpaid, with_names
from redemption.payments.services import MOST, MOVED, NOTHING, record_payments, strike_payment
from reviews.permissions import is_municipal
from ui.listing import exported
from ui.paging import MOST_FIGURES, NUMBER, page_of

View = Callable[..., HttpResponse]
TITLE = "拨付登记"
COLUMNS = {
    "编号": "number",
    "申请表编号": "form_number",
    "申请单位": "unit_name",
    "统一社会信用代码": "unit.uscc",
    "所属区": "district.name",
    "收款户名": "account_name",
    "开户行": "bank_name",
    "收款账号": "account_number",
    "核定兑现金额": "final_amount",
    "专家评审通过": "passed_at",
    "拨付日期": "paid_on",
}


def city_only(view: View) -> View:
    """Not there for anybody who is not at work at 市科技局."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_municipal(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def crumbs(last: str = "") -> list[tuple[str, str]]:
    """The way back to the list."""
    return [(TITLE, reverse("payment_list")), (last, "")] if last else [(TITLE, "")]


@exported(TITLE, COLUMNS)
@require_safe
@city_only
def payment_list(request: PersonRequest) -> HttpResponse:
    """Redemptions that wait for their money, or those that were paid."""
    is_done = request.GET.get("stage") == "paid"
    found = PaymentFilter(request.GET, with_names(paid() if is_done else unpaid()))
    rows = found.qs.annotate(is_open=Exists(Claim.objects.filter(held_against(), pk=OuterRef("pk"))))
    total = None if is_done else found.qs.order_by().aggregate(total=Sum("final_amount"))["total"]
    shown = {"filter": found, "page": page_of(request, rows), "crumbs": crumbs(), "is_done": is_done}
    return render(request, "redemption/payments/payment_list.html", shown | {"total": total, "most": MOST})


def chosen(data: QueryDict) -> list[int]:
    """The keys of the claims that were ticked, each once."""
    return list(
        dict.fromkeys(int(key) for key in data.getlist("claim") if NUMBER.fullmatch(key) and len(key) <= MOST_FIGURES)
    )


@require_http_methods(["GET", "POST"])
@city_only
def payment_record(request: PersonRequest) -> HttpResponse:
    """What was ticked once more, with its sum, and when it was paid; then written down."""
    form = PaymentForm(request.POST if request.method == "POST" else None)
    keys = chosen(request.POST or request.GET)
    if form.is_bound and form.is_valid():
        try:
            made = record_payments(keys, by=request.user, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error("paid_on" if refusal.code == "R-DATE" else None, refusal.sentence)
        else:
            told = (
                f"已登记 {len(made)} 份兑现申请的拨付，共 {yuan(sum_of(row.amount for row in made))}，并通知申请单位。"
            )
            messages.success(request, told)
            return redirect("payment_list")
    return record_page(request, form, keys)


def record_page(request: PersonRequest, form: PaymentForm, keys: list[int]) -> HttpResponse:
    """The page, with what can be paid of the ticked ones; back to the list where that is nothing."""
    claims = list(with_names(unpaid().exclude(held_against()).filter(pk__in=keys[:MOST])))
    if not claims and not form.is_bound:
        messages.error(request, MOVED[1] if keys else NOTHING[1])
        return redirect("payment_list")
    total = sum_of(claim.final_amount or Decimal(0) for claim in claims)
    shown = {"form": form, "claims": claims, "total": total, "left": len(keys) - len(claims), "most": MOST}
    return render(request, "redemption/payments/payment_record.html", shown | {"crumbs": crumbs("登记拨付")})


def sum_of(amounts: Iterable[Decimal]) -> Decimal:
    """Yuan altogether."""
    return sum(amounts, Decimal(0))


@require_http_methods(["GET", "POST"])
@city_only
def payment_strike(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask why, and take the line of a claim back."""
    payment = get_object_or_404(
        Payment.objects.select_related("claim__unit", "claim__snapshot"), claim_id=pk, struck_at=None
    )
    form = StrikeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        strike_payment(payment, why=form.cleaned_data["why"], by=request.user)
        messages.success(request, "已撤销这条拨付登记，申请回到“待拨付”，并通知申请单位。")
        return redirect("payment_list")
    return render(
        request,
        "redemption/payments/payment_strike.html",
        {"form": form, "payment": payment, "crumbs": crumbs("撤销登记")},
    )
