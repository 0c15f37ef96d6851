"""机时预约: hours, closed days and places; time that an order takes, that is moved, and that comes back."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from notifications.models import Notice
from orders.booking.calendar import escaped, folded
from orders.booking.models import TIANJIN, Booking, ClosedDay, Timetable, span_words
from orders.booking.services import close_day, move_booking, open_day
from orders.booking.times import Span, check_span, is_full
from orders.models import Order
from orders.services import move_order
from tests.factories import World
from tests.helpers import at_once, constrained, refused
from tests.orders.booking import MONDAY, placed, span

NINE = dt.time(9)


@pytest.fixture
def world(db, time_machine):
    time_machine.move_to("2026-12-04 08:00+08:00", tick=False)
    return World()


@pytest.fixture
def hours(world):
    return Timetable.objects.create(product=world.product, most=4)


class TestTime:
    def test_an_order_takes_its_time_and_shows_it(self, world, hours):
        order = placed(world, span())
        booking = order.booking
        assert (f"{booking}", booking.live) == ("2026-12-07 周一 09:00–11:00", True)
        client = Client()
        client.force_login(world.applicant)
        assert "2026-12-07 周一 09:00–11:00（待服务机构确认）" in client.get(order.get_absolute_url()).content.decode()
        move_order(order, "confirm", by=world.provider_member)
        assert "09:00–11:00（已确认）" in client.get(order.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(
        ("changes", "wrong", "says"),
        [
            ({}, span(day=MONDAY - dt.timedelta(days=1)), "2026-12-06 不开放，开放时间是周一至周五 09:00–17:00"),
            ({}, span(at=8), "机时应在 09:00–17:00 之间开始和结束，开始时间以 1 小时为一格"),
            ({}, span(at=16), "机时应在 09:00–17:00 之间"),
            ({"step": 120}, span(at=10), "开始时间以 2 小时为一格"),
            ({}, span(hours=5), "一次最多预约 4 小时"),
            ({}, span(day=dt.date(2026, 12, 3)), "已经过去"),
            ({}, span(day=dt.date(2027, 6, 7)), "90 天以后"),
            ({"is_open": False}, span(), "不接受机时预约"),
        ],
    )
    def test_what_is_not_to_be_had_is_refused_with_a_way_out(self, world, hours, changes, wrong, says):
        Timetable.objects.update(**changes)
        with refused("R-TIME", match=says):
            placed(world, wrong)
        assert not Order.objects.exists()

    def test_a_product_without_hours_takes_none(self, world):
        with refused("R-TIME"):
            placed(world, span())

    def test_a_closed_day_says_why_until_it_is_open_again(self, world, hours):
        closed = close_day(hours, MONDAY, why="检修", by=world.provider_member)
        with refused("R-TIME", match="2026-12-07 停用（检修）"):
            placed(world, span())
        with refused("R-TIME", match="已经登记为停用"):
            close_day(hours, MONDAY, why="", by=world.provider_member)
        open_day(closed, by=world.provider_member)
        assert placed(world, span()).booking.live
        words = list(world.product.events.order_by("sequence").values_list("text", flat=True))
        assert words[-2:] == ["停用 2026-12-07：检修", "恢复开放 2026-12-07"]

    def test_places_are_counted_at_each_moment(self, world, hours):
        Timetable.objects.update(places=2)
        hours.refresh_from_db()
        placed(world, span(9, 2))
        placed(world, span(11, 2), budget=3100)
        check_span(hours, span(9, 4))  # two short ones, one after the other, leave a place
        placed(world, span(10, 2), budget=3200)
        with refused("R-TIME", match="已经约满，请换一个时间。已约：2026-12-07 周一 09:00–11:00、"):
            placed(world, span(10, 1), budget=3300)
        assert not is_full(hours, span(13, 1), None)

    def test_the_time_of_a_dead_order_is_free_again(self, world, hours):
        first = placed(world, span())
        with refused("R-TIME"):
            placed(world, span(), budget=3100)
        move_order(first, "decline", by=world.provider_member, words="设备检修。")
        assert placed(world, span(), budget=3100).booking.live
        assert not Booking.objects.get(order=first).live


class TestMoving:
    def test_the_provider_moves_it_and_the_buyer_is_told(self, world, hours):
        order = placed(world, span())
        booking = move_booking(order, span(10), words="上午停电", by=world.provider_member)
        assert (f"{booking}", booking.moves, booking.words) == ("2026-12-07 周一 10:00–12:00", 1, "上午停电")
        told = Notice.objects.get(kind="order_booking_moved", recipient=world.applicant)
        assert "由 2026-12-07 周一 09:00–11:00 改为 2026-12-07 周一 10:00–12:00" in told.body
        assert order.events.latest("sequence").step == "move_time"

    def test_who_may_and_when(self, world, hours):
        order = placed(world, span())
        with refused("R-PERM"):
            move_booking(order, span(10), words="样例", by=world.applicant)
        with refused("R-STALE"):
            move_booking(order, span(10), words="样例", by=world.provider_member, seen=order.version + 5)
        move_order(order, "cancel", by=world.applicant, words="不需要了。")
        with refused("R-TIME", match="没有可以改期"):
            move_booking(order, span(10), words="样例", by=world.provider_member)

    def test_the_same_time_is_no_move(self, world, hours):
        order = placed(world, span())
        with refused("R-TIME", match="时间没有变化"):
            move_booking(order, span(), words="样例", by=world.provider_member)
        assert (order.booking.moves, Notice.objects.filter(kind="order_booking_moved").count()) == (0, 0)

    def test_not_onto_somebody_else(self, world, hours):
        order = placed(world, span(9))
        placed(world, span(11), budget=3100)
        with refused("R-TIME", match="约满"):
            move_booking(order, span(10), words="样例", by=world.provider_member)
        assert move_booking(order, span(9, 1), words="缩短", by=world.provider_member).moves == 1


class TestDatabase:
    def test_it_holds_the_places_itself(self, world, hours):
        first, second = placed(world, span()), placed(world, span(13), budget=3100)
        with constrained("booking_fits_places"):
            Booking.objects.filter(order=second).update(starts_at=span(10).start, ends_at=span(10).end)
        with constrained("booking_ends_after_it_begins"):
            Booking.objects.filter(order=first).update(ends_at=span().start)

    @pytest.mark.parametrize(
        ("name", "values"),
        [
            ("timetable_ends_after_it_begins", {"closes_at": NINE}),
            ("timetable_weekdays_known", {"weekdays": "21"}),
            ("timetable_step_known", {"step": 45}),
            ("timetable_figures_fit", {"places": 0}),
        ],
    )
    def test_it_refuses_hours_that_cannot_be(self, hours, name, values):
        with constrained(name):
            Timetable.objects.update(**values)

    def test_a_day_is_closed_once(self, hours):
        with constrained("closed_day_once"):
            for _ in range(2):
                ClosedDay.objects.create(timetable=hours, day=MONDAY)

    def test_what_is_taken_is_found_by_its_index(self, hours):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert "booking_of_product" in Booking.objects.filter(product=hours.pk, live=True, starts_at__gt=NOW).explain()


NOW = timezone.now()


@pytest.mark.django_db(transaction=True)
def test_two_who_want_the_last_place_at_once(time_machine):
    time_machine.move_to("2026-12-04 08:00+08:00", tick=False)
    world = World()
    Timetable.objects.create(product=world.product)
    answers = at_once(
        lambda: placed(world, span()).number and 1, lambda: placed(world, span(), by=world.stranger).number and 1
    )
    assert sorted(answers, key=str) == [1, "R-TIME"]
    assert Booking.objects.filter(live=True).count() == 1


@pytest.mark.bare
def test_lines_of_a_calendar_are_folded_between_signs():
    line = "SUMMARY:" + "机时" * 40
    pieces = folded(line).split("\r\n ")
    assert "".join(pieces) == line
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert escaped("一,二;三\\四\n五") == "一\\,二\\;三\\\\四\\n五"


@pytest.mark.bare
def test_a_span_is_told_in_tianjins_time():
    start = dt.datetime(2026, 12, 6, 23, tzinfo=dt.UTC)
    assert span_words(start, start + dt.timedelta(hours=2)) == "2026-12-07 周一 07:00–09:00"
    assert Span.of(MONDAY, NINE, 60).start == dt.datetime(2026, 12, 7, 9, tzinfo=TIANJIN)
