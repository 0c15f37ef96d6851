"""Pages of orders: 【立刻申请】 and 【确认申请】, 【我买到的产品】, and the provider's desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.members.switching import acting_in, current_unit, shown_unit
from catalog.mall.benefit import tell_benefits
from catalog.models import Product, Provider
from orders import pages
from orders.filters import OrderFilter, ReceivedFilter
from orders.forms import OrderForm, WordsForm, contact_before, known_contact, order_form
from orders.models import Order
from orders.services import check_buyer, check_orderable, move_order, place_order
from records.people import PersonRequest
from records.rules import RuleBroken
from records.steps import may_take, seen_in
from records.twice import AGAIN, Twice
from ui.listing import exported

COLUMNS = {  # of a list that is taken away
    "编号": "number",
    "产品": "product_name",
    "服务机构": "provider.name",
    "下单单位": "buyer_name",
    "参考价格（元）": "price",
    "计价单位": "price_unit",
    "创新券": "is_marked",
    "状态": "get_state_display",
    "下单时间": "created_at",
    "期望完成时间": "wanted_on",
}
PLACED = "订单已提交，等待服务机构确认。"
THEN_VOUCHER = "这个产品可用创新券，现在就可以点“申请创新券”。"


@require_http_methods(["GET", "POST"])
def order_place(request: PersonRequest, number: str) -> HttpResponse:
    """The form of 【立刻申请】, as a dialog's part or as a page; 【确认申请】 places the order."""
    products = Product.objects.visible_to(request.user).with_faces().select_related("timetable")
    product = get_object_or_404(products, number=number)
    sent, known = (request.POST or None, request.FILES or None), known_contact(request.user)
    form = order_form(getattr(product, "timetable", None), *sent, initial=known)
    if form.is_bound:
        order = placed_order(form, product, request)
        if order is not None:
            messages.success(request, PLACED + (THEN_VOUCHER if order.is_marked else ""))
            return redirect(order)
    if request.method == "GET" and (refusal := why_not_order(request, product)) is not None:
        return render(request, "orders/order_refused_dialog.html", {"refusal": refusal})
    return placing_page(request, form, product)


def why_not_order(request: PersonRequest, product: Product) -> RuleBroken | None:
    """The rule that refuses the order, for the dialog to say; on a page of its own the refusal is the page."""
    try:
        check_orderable(product, by=request.user)
        check_buyer(current_unit(request.user), by=request.user)
    except RuleBroken as refusal:
        if not request.htmx:
            raise
        return refusal
    return None


def placing_page(request: PersonRequest, form: OrderForm, product: Product) -> HttpResponse:
    """The form as the part that htmx puts into the dialog, which takes the focus, or as a page."""
    tell_benefits([product])
    form.known = contact_before(form, request.user)
    template = "orders/order_place.html"
    if request.htmx:
        template = "orders/order_place_dialog.html"
        form.fields["requirement"].widget.attrs["autofocus"] = True
    crumbs = [("科淘平台", reverse("product_list")), (product.name, product.get_absolute_url()), ("立刻申请", "")]
    return render(request, template, {"form": form, "product": product, "crumbs": crumbs})


def placed_order(form: OrderForm, product: Product, request: PersonRequest) -> Order | None:
    """The order that was placed; None where the form or a rule refused: all that was chosen and typed stays there."""
    is_valid, by = form.is_valid(), request.user
    said = {"acting": acting_in(request.POST), "again": request.POST.get(AGAIN, "")}
    try:
        papers = form.keep_papers(by=by)
        if is_valid:
            return place_order(form.instance, product, by=by, documents=papers, time=form.time, **said)
    except Twice as twice:
        form.twice = twice
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
    return None


@exported("我买到的产品", COLUMNS)
@require_GET
def order_list(request: PersonRequest) -> HttpResponse:
    """【我买到的产品】: the orders of the person's present unit, and those that he placed without one."""
    unit = shown_unit(request.user)
    orders = Order.objects.bought_for(unit, request.user)
    found = OrderFilter(request.GET, orders.select_related("buyer", "unit", "provider"))
    context = {"page": pages.bought_page(request, found.qs, unit), "filter": found, "crumbs": pages.crumbs(own=True)}
    return render(request, "orders/order_list.html", context)


@exported("收到的订单", COLUMNS)
@require_GET
def provider_order_list(request: PersonRequest) -> HttpResponse:
    """The orders that the providers of the person's present unit received."""
    unit = shown_unit(request.user)
    providers = list(Provider.objects.filter(unit=unit).values_list("pk", "name")) if unit else []
    orders = Order.objects.sold_by([pk for pk, _ in providers])
    found = ReceivedFilter(request.GET, orders, providers=providers)
    context = {"page": pages.received_page(request, found.qs), "filter": found, "crumbs": pages.crumbs(own=False)}
    return render(request, "orders/provider_order_list.html", context)


@require_GET
def order_detail(request: PersonRequest, number: str) -> HttpResponse:
    """One order: who has it, what comes next, its content, papers and progress."""
    rows = Order.objects.visible_to(request.user).with_parties().select_related("product__timetable")
    order = get_object_or_404(rows, number=number)
    context = pages.order_context(order, request.user)
    request.menu_at = pages.list_in(context["crumbs"])
    request.part = pages.part_in(context["crumbs"])
    return render(request, "orders/order_detail.html", context)


@require_http_methods(["GET", "POST"])
def order_move(request: PersonRequest, number: str, step: str) -> HttpResponse:
    """Confirm, decline, complete or cancel: the dialog's target, and the same question as a page."""
    order = get_object_or_404(Order.objects.visible_to(request.user).with_parties(), number=number)
    move = pages.move_of(step)
    form = pages.words_form(step, request.POST if request.method == "POST" else None)
    if request.method == "GET" and not may_take(order, step, request.user):
        return redirect(order)
    if request.method == "POST" and form.is_valid() and moved(request, order, step, form):
        messages.success(request, move.done)
        return redirect(order)
    own = order.has_member(request.user)
    context = {"order": order, "move": move, "form": form, "crumbs": pages.crumbs(own=own, here=order.number)}
    request.menu_at = pages.list_in(context["crumbs"])
    request.part = pages.part_in(context["crumbs"])
    return render(request, "orders/order_move.html", context, status=409 if form.non_field_errors() else 200)


def moved(request: PersonRequest, order: Order, step: str, form: WordsForm) -> bool:
    """Whether the step was taken; a refusal stays on the form, with what was typed."""
    words = form.cleaned_data.get("words", "")
    try:
        move_order(order, step, by=request.user, words=words, seen=seen_in(request.POST))
    except RuleBroken as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True
