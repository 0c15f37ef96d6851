"""The forms and pages of 机时预约."""

import pytest
from django.test import Client
from django.urls import reverse

from orders.booking.models import ClosedDay, KeptHours, Timetable
from orders.booking.times import use_of
from orders.forms import order_form
from orders.models import Order
from orders.services import move_order
from tests.factories import World
from tests.orders.booking import placed, said_of, span


@pytest.fixture
def world(db, time_machine):
    time_machine.move_to("2026-12-04 08:00+08:00", tick=False)
    return World()


@pytest.fixture
def hours(world):
    return Timetable.objects.create(product=world.product, most=4)


class TestForms:
    def typed(self, **time):
        said = {"requirement": "需要对样件做拉伸试验，提供报告。", "budget": "3000", "wanted_on": "2026-12-20"}
        return said | {"contact": "贾经办", "phone": "13800000000"} | time

    def test_a_time_is_wished_whole_or_not_at_all(self, hours):
        assert order_form(hours, self.typed()).is_valid()
        form = order_form(hours, self.typed(time_day="2026-12-07", time_start="09:00"))
        assert list(form.errors) == ["time_minutes"]
        form = order_form(hours, self.typed(time_day="2026-12-07", time_start="09:00", time_minutes="120"))
        assert form.is_valid()
        assert form.time == span()

    def test_a_time_that_is_taken_is_said_at_the_day(self, world, hours):
        placed(world, span())
        form = order_form(hours, self.typed(time_day="2026-12-07", time_start="10:00", time_minutes="60"))
        assert "已经约满" in form.errors["time_day"][0]
        assert "已约：2026-12-07 周一 09:00–11:00" in form.fields["time_day"].help_text

    def test_a_time_that_was_wished_before_the_hours_closed_is_not_forgotten(self, hours):
        hours.is_open = False
        form = order_form(hours, self.typed(time_day="2026-12-07", time_start="09:00", time_minutes="60"))
        assert "不接受机时预约" in form.non_field_errors()[0]

    def test_without_hours_nothing_is_asked(self, hours):
        hours.is_open = False
        for table in (None, hours):
            form = order_form(table, self.typed())
            assert form.is_valid()
            assert (form.time, "time_day" in form.fields) == (None, False)


class TestPages:
    @pytest.fixture
    def provider(self, client, world):
        client.force_login(world.provider_member)
        return client

    def said(self, **more):
        hours = {"is_open": "on", "weekdays": ["2", "1"], "opens_at": "08:30", "closes_at": "12:30"}
        return hours | {"step": "60", "most": "4", "places": "3"} | more

    def test_hours_are_kept_and_told_on_the_product(self, world, provider):
        place = reverse("provider_hours", args=[world.product.number])
        assert "没有保存过的产品不显示机时" in provider.get(place).content.decode()
        assert provider.post(place, self.said()).url == place
        kept = Timetable.objects.get(product=world.product)
        assert (kept.words, kept.places) == ("周一、周二 08:30–12:30", 3)
        page = Client().get(world.product.get_absolute_url()).content.decode()
        assert "周一、周二 08:30–12:30，下单时可以选择时间" in page
        assert world.product.events.latest("sequence").text == "机时：周一、周二 08:30–12:30，机位 3 个"
        provider.post(place, {name: value for name, value in self.said().items() if name != "is_open"})
        assert "机时" not in Client().get(world.product.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"weekdays": []}, "请至少勾选一个开放日"),
            ({"closes_at": "08:30"}, "结束时间应晚于开始时间"),
            ({"closes_at": "09:00"}, "至少够一个预约单位"),
            ({"places": "0"}, "1"),
        ],
    )
    def test_what_cannot_be_is_said(self, world, provider, wrong, says):
        answer = provider.post(reverse("provider_hours", args=[world.product.number]), self.said(**wrong))
        assert says in answer.content.decode()
        assert "error-summary" in answer.content.decode()
        assert not Timetable.objects.exists()

    def test_days_are_closed_and_opened_on_the_page(self, world, hours, provider):
        place = reverse("provider_hours_close", args=[world.product.number])
        assert provider.post(place, {"day": "2026-12-07", "why": "检修"}).status_code == 302
        assert "已经登记为停用" in provider.post(place, {"day": "2026-12-07"}).content.decode()
        [closed] = ClosedDay.objects.all()
        assert (
            "2026-12-07　检修" in provider.get(reverse("provider_hours", args=[world.product.number])).content.decode()
        )
        provider.post(reverse("provider_hours_open", args=[world.product.number, closed.pk]))
        assert not ClosedDay.objects.exists()

    def test_a_closed_day_that_is_booked_is_told_and_shown_to_buyers(self, world, hours, provider):
        placed(world, span())
        place = reverse("provider_hours_close", args=[world.product.number])
        page = provider.post(place, {"day": "2026-12-07", "why": ""}, follow=True).content.decode()
        assert "这一天已有 1 个预约，仍然有效" in page
        buyer = Client()
        buyer.force_login(world.applicant)
        assert "停用：2026-12-07。" in buyer.get(reverse("order_place", args=[world.product.number])).content.decode()

    def test_use_is_told_in_hours_and_share(self, world, hours, provider, time_machine):
        KeptHours.objects.create(timetable=hours, since="2026-01-01", places=1, **said_of(hours))
        move_order(placed(world, span(9, 4)), "confirm", by=world.provider_member)
        time_machine.move_to("2026-12-08 08:00+08:00", tick=False)
        used, opened = use_of(hours)
        assert (used, opened % 8, opened > 400) == (4, 0, True)
        provider.force_login(world.provider_member)
        page = provider.get(reverse("provider_hours", args=[world.product.number])).content.decode()
        assert f"<dd>{opened} 小时</dd>" in page

    def test_ordered_with_a_time_moved_and_put_into_a_calendar(self, world, hours, provider):
        buyer = Client()
        buyer.force_login(world.applicant)
        place = reverse("order_place", args=[world.product.number])
        assert "开放时间：周一至周五 09:00–17:00" in buyer.get(place).content.decode()
        typed = TestForms().typed(time_day="2026-12-07", time_start="09:00", time_minutes="120")
        order = Order.objects.get(number=buyer.post(place, typed).url.split("/")[-2])
        move = reverse("booking_move", args=[order.number])
        assert "现在的时间：2026-12-07 周一 09:00–11:00" in provider.get(move).content.decode()
        new = {"time_day": "2026-12-08", "time_start": "13:00", "time_minutes": "120", "words": "样品未到"}
        assert "不开放" in provider.post(move, new | {"time_day": "2026-12-06"}).content.decode()
        assert provider.post(move, new).url == order.get_absolute_url()
        file = buyer.get(reverse("booking_calendar", args=[order.number]))
        lines = file.content.decode().split("\r\n")
        assert file["Content-Type"] == "text/calendar; charset=utf-8"
        assert {"DTSTART:20261208T050000Z", "DTEND:20261208T070000Z", "SEQUENCE:1"} < set(lines)
        assert max(len(line.encode()) for line in lines) <= 75

    def test_who_finds_which_page(self, world, hours):
        order = placed(world, span())
        number = [world.product.number]
        pages = {
            reverse("provider_hours", args=number): {"provider_member": 200},
            reverse("booking_move", args=[order.number]): {"provider_member": 200, "applicant": 302, "municipal": 302},
            reverse("booking_calendar", args=[order.number]): dict.fromkeys(
                ("provider_member", "applicant", "municipal"), 200
            ),
        }
        for page, answers in pages.items():
            for name in ("provider_member", "applicant", "stranger", "district", "municipal"):
                client = Client()
                client.force_login(getattr(world, name))
                assert (page, name, client.get(page).status_code) == (page, name, answers.get(name, 404))
