"""The provider's page of an instrument's hours; another time for an order; the time as a calendar file."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.models import Product
from orders.booking.calendar import event_of
from orders.booking.forms import DAY_FIELD, AddForm, ClosedDayForm, MoveForm, TimetableForm, span_in
from orders.booking.models import Booking, ClosedDay, Timetable
from orders.booking.reading import booking_of
from orders.booking.services import add_booking, close_day, keep_timetable, move_booking, open_day
from orders.booking.taking import may_add_time
from orders.booking.times import USED, booked_on, taken_ahead, use_of
from orders.models import Order
from orders.pages import crumbs, list_in
from orders.permissions import is_buyer, is_provider
from policy.calendar import today
from records.filenames import safe_name
from records.people import PersonRequest
from records.rules import RuleBroken
from records.steps import seen_in

WISHED = "机时已选定，服务机构确认接单就是同意这个时间。"
ENTERED = "机时已登记，买方会收到消息。"
KEPT = "机时已保存。已经约好的时间不受影响。"


def own_product(request: PersonRequest, number: str) -> Product:
    """The product, for whoever may change it; 404 for everybody else."""
    found: Product = get_object_or_404(Product.objects.written_by(request.user), number=number)
    return found


@require_http_methods(["GET", "POST"])
def provider_hours(request: PersonRequest, number: str) -> HttpResponse:
    """The hours of an own product: written, and what of them was used."""
    product = own_product(request, number)
    kept = Timetable.objects.filter(product=product).first()
    form = TimetableForm(request.POST if request.method == "POST" else None, instance=kept or Timetable())
    if form.is_bound and form.is_valid():
        keep_timetable(product, form.cleaned_data, by=request.user)
        messages.success(request, KEPT)
        return redirect("provider_hours", number)
    return hours_page(request, product, form, ClosedDayForm())


def hours_page(request: PersonRequest, product: Product, form: TimetableForm, closing: ClosedDayForm) -> HttpResponse:
    """The page, with whatever was refused as it was typed."""
    kept = Timetable.objects.filter(product=product).first()
    way = [("我的产品", reverse("provider_product_list")), ("机时", "")]
    shown = {"product": product, "form": form, "closing": closing, "timetable": kept, "crumbs": way, "days": USED}
    if kept:
        used, opened = use_of(kept)
        shown |= {"used": used, "opened": opened, "share": round(100 * used / opened) if opened else None}
        shown |= {"taken": taken_ahead(kept), "closed": kept.closed.filter(day__gte=today())}
    return render(request, "orders/booking/provider_hours.html", shown)


@require_POST
def provider_hours_close(request: PersonRequest, number: str) -> HttpResponse:
    """One day on which it is closed."""
    product, form = own_product(request, number), ClosedDayForm(request.POST)
    timetable = get_object_or_404(Timetable, product=product)
    if form.is_valid():
        try:
            closed = close_day(timetable, form.cleaned_data["day"], why=form.cleaned_data["why"], by=request.user)
        except RuleBroken as refusal:
            form.add_error("day", refusal.sentence)
        else:
            messages.success(request, f"{closed} 已登记为停用，不再接受这一天的预约。")
            if booked := booked_on(timetable, closed.day):
                messages.warning(
                    request,
                    f"这一天已有 {booked} 个预约，仍然有效。请在【收到的订单】里打开订单，调整机时或者联系买方。",
                )
            return redirect("provider_hours", number)
    return hours_page(request, product, TimetableForm(instance=timetable), form)


@require_POST
def provider_hours_open(request: PersonRequest, number: str, pk: int) -> HttpResponse:
    """The day can be booked again."""
    product = own_product(request, number)
    open_day(get_object_or_404(ClosedDay, pk=pk, timetable_id=product.pk), by=request.user)
    messages.success(request, "这一天已恢复开放。")
    return redirect("provider_hours", number)


@require_http_methods(["GET", "POST"])
def booking_add(request: PersonRequest, number: str) -> HttpResponse:
    """A time for an order that has none: the buyer's wish, or what the provider enters."""
    order = get_object_or_404(Order.objects.visible_to(request.user).with_parties(), number=number)
    timetable = get_object_or_404(Timetable, product=order.product_id, is_open=True)
    if request.method == "GET" and (booking_of(order) is not None or not may_add_time(order, request.user)):
        return redirect(order)
    form, own = (
        AddForm(request.POST if request.method == "POST" else None, timetable=timetable),
        is_buyer(order, request.user),
    )
    if form.is_bound and form.is_valid() and kept(request, order, form, add_booking):
        messages.success(request, WISHED if own else ENTERED)
        return redirect(order)
    shown = {"order": order, "form": form, "own": own, "crumbs": crumbs(own=own, here=order.number)}
    request.menu_at, request.part = list_in(shown["crumbs"]), "buyer" if own else ""
    return render(request, "orders/booking/booking_add.html", shown)


@require_http_methods(["GET", "POST"])
def booking_move(request: PersonRequest, number: str) -> HttpResponse:
    """Another time for an order that the provider has received."""
    order = get_object_or_404(Order.objects.visible_to(request.user).with_parties(), number=number)
    booking = get_object_or_404(Booking.objects.select_related("product__timetable"), order=order, live=True)
    if not is_provider(order, request.user):
        return redirect(order)
    form = MoveForm(request.POST if request.method == "POST" else None, timetable=booking.product.timetable)
    move = partial(move_booking, words=form.cleaned_data["words"]) if form.is_bound and form.is_valid() else None
    if move is not None and kept(request, order, form, move):
        messages.success(request, "已改期，买方会收到消息。")
        return redirect(order)
    shown = {"order": order, "booking": booking, "form": form, "crumbs": crumbs(own=False, here=order.number)}
    request.menu_at = list_in(shown["crumbs"])
    return render(request, "orders/booking/booking_move.html", shown)


def kept(request: PersonRequest, order: Order, form: MoveForm | AddForm, act: Callable[..., Booking]) -> bool:
    """Whether the time was kept; a refusal stays on the form, with what was typed."""
    span = span_in(form.cleaned_data)
    try:
        if span is not None:
            act(order, span, by=request.user, seen=seen_in(request.POST))
    except RuleBroken as refusal:
        form.add_error(DAY_FIELD if refusal.code == "R-TIME" else None, refusal.sentence)
        return False
    return True


@require_GET
def booking_calendar(request: PersonRequest, number: str) -> HttpResponse:
    """The time of an order for the calendar of whoever may see it; one that was given back is taken out there."""
    order = get_object_or_404(Order.objects.visible_to(request.user).with_parties(), number=number)
    booking = get_object_or_404(Booking, order=order)
    response = HttpResponse(event_of(order, booking), content_type="text/calendar; charset=utf-8")
    named = content_disposition_header(as_attachment=True, filename=safe_name(f"机时{order.number}.ics"))
    response.headers["Content-Disposition"] = named
    return response
