"""Pages of 【科技创新券】-【创新券申请】."""

from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.cases.appealing import appeal_page
from accounts.cases.copying import copy_page, earlier_of
from accounts.cases.pages import KEPT, crumbs, own, part_in
from accounts.cases.views import check, end, hand_in, handed_in, leave
from accounts.members.switching import acting_in, shown_unit
from orders.models import Order
from policy.arithmetic import Offer
from records.people import PersonRequest
from records.rules import RuleBroken
from records.steps import seen_in
from reviews import case_pages
from reviews.progress import open_corrections
from ui.fields import MoneyField
from ui.forms import missing_of
from ui.listing import exported
from ui.paging import page_of
from vouchers import pages
from vouchers.filters import ApplicationFilter
from vouchers.findings import findings_of
from vouchers.forms import ApplicationForm
from vouchers.ledger import offer_for
from vouchers.models import Application
from vouchers.pages import LISTED
from vouchers.permissions import UNCERTIFIED
from vouchers.services import end_application, save_application, start_application, submit_application

COPIED = ("project_name", "district", "content", "contact", "phone")


@exported(
    "创新券申请",
    {
        "编号": "number",
        "项目名称": "title",
        "服务机构": "order.provider.name",
        "预计合同金额": "contract_amount",
        "申请补贴金额": "applied_amount",
        "批准金额": "approved_amount",
        "创新券编号": "voucher_number",
        "使用截止": "use_by",
        "兑现截止": "redeem_by",
        "状态": "get_state_display",
        "更新": "updated_at",
    },
)
@require_GET
def application_list(request: PersonRequest) -> HttpResponse:
    """The year's quota, orders that may be applied for, and the applications."""
    unit = shown_unit(request.user)
    found = ApplicationFilter(request.GET, Application.objects.filter(unit=unit).select_related("order__provider"))
    page = page_of(request, found.qs)
    context = {
        "filter": found,
        "page": page,
        "unit": unit,
        "quotas": pages.quotas_of(unit) if unit else [],
        "uncertified": UNCERTIFIED[1],
        "crumbs": crumbs(LISTED),
        **pages.waiting_of(unit, request.user),
    }
    return render(request, "vouchers/application_list.html", context)


@require_POST
def application_start(request: PersonRequest, number: str) -> HttpResponse:
    """Begin an application on the order, or go on with the one under way."""
    order = get_object_or_404(Order.objects.bought_by(request.user), number=number)
    application = start_application(order, by=request.user, acting=acting_in(request.POST))
    if application.state in Application.EDITABLE:
        return redirect("application_edit", application.number)
    return redirect(application)


def application_edit(request: PersonRequest, number: str) -> HttpResponse:
    """The form: 保存 keeps what is there, 申请 goes on to the check once everything is right."""
    application = own(Application, request, number)
    if application.state not in Application.EDITABLE:
        return leave(request, application)
    if request.method != "POST":
        form = ApplicationForm(instance=application, corrections=open_corrections(application))
        return edit_page(request, application, form)
    act = request.POST.get("act", "save")
    form = ApplicationForm(
        request.POST,
        request.FILES,
        instance=application,
        final=act == "submit",
        corrections=open_corrections(application),
    )
    if not save(request, form, act):
        return edit_page(request, application, form)
    if act == "submit":
        return redirect("application_check", application.number)
    messages.success(request, KEPT)
    return redirect("application_edit", application.number)


def application_copy(request: PersonRequest, number: str) -> HttpResponse:
    """Choose an earlier application of the unit and take over what it says beside amounts, days and declarations."""
    application = own(Application, request, number)
    if application.state not in Application.EDITABLE:
        return leave(request, application)
    way = crumbs(LISTED, application, "复制")
    return copy_page(request, application, ApplicationForm, COPIED, save=save_application, way=way)


def save(request: PersonRequest, form: ApplicationForm, act: str) -> bool:
    """Keep what is valid; whether all of it was. What is not stays on the page with its sentence."""
    is_valid = form.is_valid()
    try:
        application = form.fill(by=request.user)
        if act == "remove-draft":
            application.contract_draft = None
        save_application(application, by=request.user, seen=seen_in(request.POST))
    except RuleBroken as refusal:
        form.refuse(refusal)
        return False
    form.is_saved = True
    return is_valid


def edit_page(request: PersonRequest, application: Application, form: ApplicationForm) -> HttpResponse:
    """The form with the order's data, the offer, what is missing and, after a return, the reviewer's words."""
    contract = form["contract_amount"].value()
    context = {
        "application": application,
        "form": form,
        "missing": missing_of(form),
        "offer": offer_on(application, contract),
        "order_sections": pages.order_sections(application),
        "returned": case_pages.last_return(application),
        "saved": application.updated_at
        if (application.version or application.content) and form.overtaken is None
        else None,
        "crumbs": crumbs(LISTED, application, "修改" if application.submitted_at else "填写"),
        "seen": form.seen(application.version),
        "may_copy": application.submitted_at is None and earlier_of(application).exists(),
        "changed": form.is_bound,
    }
    return render(request, "vouchers/application_edit.html", context)


def offer_on(application: Application, typed: object) -> Offer | None:
    """What may be applied for on the contract amount as typed; None while it is no amount: the box below it says why."""
    try:
        contract = typed if isinstance(typed, Decimal) else MoneyField(required=False).clean(typed)
    except ValidationError:
        return None
    return offer_for(application, contract) if contract else None


@require_GET
def application_offer(request: PersonRequest, number: str) -> HttpResponse:
    """The part of the form that says what may be applied for, while the contract amount is typed."""
    application = own(Application, request, number)
    context = {"application": application, "offer": offer_on(application, request.GET.get("contract_amount"))}
    return render(request, "vouchers/application_offer.html", context)


@require_GET
def application_check(request: PersonRequest, number: str) -> HttpResponse:
    """Check your answers: everything once more, and what still stands in the way."""
    application = own(Application, request, number)
    if application.state not in Application.EDITABLE:
        return redirect(application)
    return check_page(request, application)


def check_page(request: PersonRequest, application: Application, refusal: RuleBroken | None = None) -> HttpResponse:
    """All answers with the reasons why they cannot be handed in, if any."""
    return check(
        request,
        application,
        refusal,
        sections=pages.sections_to_check(application),
        refusals=pages.refusals_of(application),
        checks=findings_of(application, own=True),
        crumbs=crumbs(LISTED, application, "核对"),
    )


@require_POST
def application_submit(request: PersonRequest, number: str) -> HttpResponse:
    """Hand the application in."""
    return hand_in(
        request,
        get_object_or_404(Application.objects.written_by(request.user), number=number),
        submit_application,
        refused=lambda refusal: check_page(request, own(Application, request, number), refusal),
        said=lambda _case: handed_in("申请"),
    )


def application_end(request: PersonRequest, number: str, step: str) -> HttpResponse:
    """Withdraw the application or give the voucher back; asks once."""
    application = own(Application, request, number)
    ending = case_pages.ending_of(application, step)

    def act() -> None:
        end_application(application, step, by=request.user, seen=seen_in(request.POST))

    return end(request, application, step, ending, act, crumbs=crumbs(LISTED, application, ending.title))


def application_appeal(request: PersonRequest, number: str) -> HttpResponse:
    """申请复核 after 不通过 or a lowered amount."""
    application = own(Application, request, number)
    return appeal_page(request, application, way=crumbs(LISTED, application, "申请复核"))


@require_GET
def application_detail(request: PersonRequest, number: str) -> HttpResponse:
    """The case: who has it, until when, what can be done now; its content, papers, opinions and progress."""
    application = get_object_or_404(Application.objects.visible_to(request.user).to_read(), number=number)
    context = case_pages.case_context(application, request.user) | {
        "application": application,
        "crumbs": crumbs(LISTED, application),
        "actions": pages.actions_of(application, request.user),
        "endings": case_pages.endings_of(application, request.user, "application_end"),
    }
    request.part = part_in(application, request.user)
    context["days_told"] = any(f"{application.redeem_by}" in str(value) for _, value in context["facts"])
    return render(request, "vouchers/application_detail.html", context)
