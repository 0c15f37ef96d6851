"""机时 after the order: wished until it is confirmed, entered afterwards, within the wanted day, and told to calendars."""

import pytest
from django.test import Client
from django.urls import reverse

from notifications.models import Notice
from orders.booking.models import Booking, Timetable
from orders.booking.services import add_booking, move_booking
from orders.forms import order_form
from orders.services import move_order
from tests.factories import World
from tests.helpers import afresh, refused
from tests.orders.booking import MONDAY, placed, span

pytestmark = pytest.mark.django_db
TYPED = {"time_day": "2026-12-07", "time_start": "09:00", "time_minutes": "120"}


@pytest.fixture
def world(db, time_machine):
    time_machine.move_to("2026-12-04 08:00+08:00", tick=False)
    return World()


@pytest.fixture
def hours(world):
    return Timetable.objects.create(product=world.product, most=4)


@pytest.fixture
def as_(world):
    def signed(name):
        client = Client()
        client.force_login(world.people[name])
        return client

    return signed


def told(kind):
    return list(Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True))


class TestAdding:
    def test_the_buyer_adds_a_wish_which_confirming_consents_to(self, world, hours, as_):
        order = placed(world, None)
        page, add = order.get_absolute_url(), reverse("booking_add", args=[order.number])
        assert add in as_("applicant").get(page).content.decode()
        assert add not in as_("provider_member").get(page).content.decode()
        assert as_("provider_member").get(add).url == page
        assert "开放时间：周一至周五" in as_("applicant").get(add).content.decode()
        assert as_("applicant").post(add, TYPED | {"seen": order.version}).url == page
        assert f"{Booking.objects.get(order=order)}" == "2026-12-07 周一 09:00–11:00"
        assert told("order_booking_wished") == ["provider_member"]
        move_order(afresh(order), "confirm", by=world.provider_member)
        assert "09:00–11:00（已确认）" in as_("applicant").get(page).content.decode()
        assert "选择机时" in as_("applicant").get(page).content.decode()
        assert as_("applicant").get(add).url == page

    def test_afterwards_the_provider_enters_what_was_agreed_later_days_too(self, world, hours, as_):
        order = move_order(placed(world, None, wanted_on=MONDAY), "confirm", by=world.provider_member)
        add = reverse("booking_add", args=[order.number])
        assert as_("applicant").get(add).url == order.get_absolute_url()
        later = TYPED | {"time_day": "2026-12-08"}
        assert as_("provider_member").post(add, later).url == order.get_absolute_url()
        assert set(told("order_booking_set")) == {"applicant", "reader"}
        words = Notice.objects.filter(kind="order_booking_set").first().body
        assert "2026-12-08 周二 09:00–11:00。这个时间在期望完成时间 2026-12-07 之后。" in words
        assert order.events.latest("sequence").step == "set_time"

    def test_what_is_refused(self, world, hours, as_):
        order = placed(world, None)
        for name, code in (("stranger", "R-PERM"), ("reader", "R-PERM"), ("provider_member", "R-PERM")):
            with refused(code):
                add_booking(order, span(), by=world.people[name])
        with refused("R-STALE"):
            add_booking(order, span(), by=world.applicant, seen=order.version + 5)
        with refused("R-TIME", match="在期望完成时间 2026-12-20 之后"):
            add_booking(order, span(day=MONDAY.replace(day=21)), by=world.applicant)
        page = as_("applicant").post(reverse("booking_add", args=[order.number]), TYPED | {"time_day": "2026-12-06"})
        assert "不开放" in page.context["form"].errors["time_day"][0]
        add_booking(order, span(), by=world.applicant)
        with refused("R-TIME", match="已经有机时"):
            add_booking(order, span(11), by=world.applicant)
        Timetable.objects.update(is_open=False)
        assert as_("applicant").get(reverse("booking_add", args=[order.number])).status_code == 404
        other = placed(world, None, budget=3100)
        assert "booking_add" not in as_("applicant").get(other.get_absolute_url()).content.decode()

    def test_what_has_ended_gets_no_time(self, world, hours):
        order = move_order(placed(world, None), "cancel", by=world.applicant, words="不需要了。")
        for person in (world.applicant, world.provider_member):
            with refused("R-PERM"):
                add_booking(order, span(), by=person)
        assert not Booking.objects.exists()


class TestWantedDay:
    def test_a_wish_lies_within_it_in_the_form_and_under_the_lock(self, world, hours):
        said = {"requirement": "需要对样件做拉伸试验，提供报告。", "budget": "3000", "wanted_on": "2026-12-06"}
        form = order_form(hours, said | {"contact": "贾经办", "phone": "13800000000"} | TYPED)
        assert form.errors["time_day"] == [
            "机时在期望完成时间 2026-12-06 之后，请选早一些的时间，或者改晚期望完成时间。"
        ]
        with refused("R-TIME", match="之后"):
            placed(world, span(), wanted_on=MONDAY.replace(day=6))

    def test_a_later_time_of_the_provider_s_is_said_to_be_one(self, world, hours):
        order = placed(world, span(), wanted_on=MONDAY)
        move_booking(order, span(day=MONDAY.replace(day=8)), words="设备检修", by=world.provider_member)
        assert "新的时间在期望完成时间 2026-12-07 之后。" in Notice.objects.filter(kind="order_booking_moved")[0].body


class TestCalendar:
    def lines(self, client, order):
        answer = client.get(reverse("booking_calendar", args=[order.number]))
        found = dict(line.split(":", 1) for line in answer.content.decode().split("\r\n") if ":" in line)
        return found["UID"], int(found["SEQUENCE"]), found["STATUS"], found["DTSTAMP"]

    def test_each_change_is_a_later_version_of_one_entry_until_it_is_cancelled(self, world, hours, as_, time_machine):
        order, buyer, seen = placed(world, span()), as_("applicant"), []
        seen.append(self.lines(buyer, order))
        steps = (
            lambda: move_booking(order, span(10), words="停电", by=world.provider_member),
            lambda: move_order(order, "confirm", by=world.provider_member),
            lambda: move_order(order, "cancel", by=world.applicant, words="不需要了。"),
        )
        for hour, step in enumerate(steps, 9):
            time_machine.move_to(f"2026-12-04 {hour:02}:00+08:00", tick=False)
            step()
            seen.append(self.lines(buyer, order))
        assert [status for _, _, status, _ in seen] == ["TENTATIVE", "TENTATIVE", "CONFIRMED", "CANCELLED"]
        assert {uid for uid, _, _, _ in seen} == {f"{order.number}@tten"}
        versions, stamps = [version for _, version, _, _ in seen], [at for _, _, _, at in seen]
        assert versions == sorted(set(versions))
        assert stamps == [f"20261204T0{hour}0000Z" for hour in range(4)]
        assert "从日历里移除机时" in buyer.get(order.get_absolute_url()).content.decode()
