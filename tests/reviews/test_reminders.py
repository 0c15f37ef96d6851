"""Offices, their heads, experts, firms and 市科技局 hear in time of a promised day, each once."""

import datetime as dt

import pytest
import time_machine

from notifications.models import Channel, Delivery, Notice
from policy.calendar import SHANGHAI
from policy.models import CalendarDay
from policy.working_days import add_working_days
from reviews.models import Office, PanelSeat, Turn
from reviews.panel import form_panel
from reviews.watch.reading import Morning, morning_at, silent_since, unreached_at
from reviews.watch.services import remind_office, remind_seat, tell_city
from reviews.watch.tasks import tell_the_city, watch_offices, watch_seats
from tests.factories import World, drive_application, drive_claim
from tests.reviews.desk import open_turn

MONDAY = dt.date(2026, 3, 2)  # four weeks without a feast follow
pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(at_nine(0), tick=False) as travel:
        yield lambda day: travel.move_to(at_nine(day))


def at_nine(day):
    return dt.datetime.combine(MONDAY + dt.timedelta(days=day), dt.time(9), SHANGHAI)


@pytest.fixture
def world(clock):
    made = World()
    made.district.offices.get().memberships.update(role="lead")
    type(made.district).objects.update(last_login=at_nine(0))
    return made


@pytest.fixture
def case(world):
    """At the district since Monday, promised for the Monday after: the seventh day."""
    return drive_application(world.make_application(), "district", world)


def heard(person):
    """The kinds of reminders that the person has got, in order."""
    kinds = ("office_due", "office_overdue", "office_trouble", "city_week", "seat_due", "promise_passed")
    return list(Notice.objects.filter(recipient=person, kind__in=kinds).order_by("pk").values_list("kind", flat=True))


def days_told(person, kind, clock, days, *tasks):
    """On which of these days the person hears it, where each task runs twice a day."""
    told = []
    for day in days:
        clock(day)
        before = heard(person).count(kind)
        for task in (*tasks, *tasks):
            task()
        now = heard(person).count(kind)
        assert now - before <= 1
        told += [day] * (now - before)
    return told


def test_an_office_is_reminded_before_on_and_after_the_day_on_working_days(world, case, clock):
    assert open_turn(case).due_on == MONDAY + dt.timedelta(7)
    assert days_told(world.district, "office_due", clock, range(10), watch_offices) == [3, 4, 7, 8, 9]
    subjects = Notice.objects.filter(kind="office_due").order_by("pk").values_list("subject", flat=True)
    assert [words.strip() for words in subjects] == [
        *["待办到期提醒：即将到期 1 件"] * 2,
        "待办到期提醒：今天到期 1 件",
        *["待办到期提醒：超期 1 件"] * 2,
    ]
    assert heard(world.other_district) == []


def test_the_head_hears_what_is_newly_overdue_and_once_a_week_what_still_is(world, case, clock):
    assert days_told(world.district, "office_overdue", clock, range(22), watch_offices) == [8, 14, 21]
    first = Notice.objects.filter(kind="office_overdue").order_by("pk").first()
    assert "1 件是上次提醒之后新超期的" in first.body


def test_the_firm_hears_once_that_its_promised_day_has_passed(world, case, clock):
    assert days_told(world.applicant, "promise_passed", clock, range(22), watch_offices) == [8]
    notice = Notice.objects.filter(kind="promise_passed").first()
    assert (notice.url, str(open_turn(case).due_on) in notice.body) == (case.get_absolute_url(), True)


def test_after_an_outage_of_ten_days_each_hears_once(world, case, clock):
    days = [*range(5), *range(16, 20)]
    tasks = (watch_offices, tell_the_city)
    assert days_told(world.applicant, "promise_passed", clock, days, *tasks) == [16]
    assert heard(world.district).count("office_overdue") == 1
    assert heard(world.municipal) == ["city_week"]


def test_the_city_hears_weekly_what_is_overdue_by_office(world, case, clock):
    assert days_told(world.municipal, "city_week", clock, range(22), tell_the_city) == [14, 21]
    words = Notice.objects.filter(kind="city_week").first()
    assert words.subject == "各审核单位超期情况：共 1 件"
    assert words.body.startswith("南开区科技局：超期 1 件，最早的一件承诺在 2026-03-09 办结。")


@pytest.mark.parametrize(("eve", "back"), [("2025-01-27", "2025-02-05"), ("2026-02-13", "2026-02-24")])
def test_over_a_spring_festival_nobody_hears_and_the_first_morning_after_tells_once(eve, back):
    day, last = dt.date.fromisoformat(eve), dt.date.fromisoformat(back)
    with time_machine.travel(f"{eve} 09:00 +0800", tick=False) as travel:
        world = World()
        case = drive_application(world.make_application(), "district", world)
        Turn.objects.filter(pk=open_turn(case).pk).update(due_on=eve)
        watch_offices()
        assert heard(world.district) == ["office_due"]
        told = []
        while day <= last:
            travel.move_to(dt.datetime.combine(day, dt.time(9), SHANGHAI))
            watch_offices()
            told += [day] * (heard(world.applicant).count("promise_passed") - len(told))
            day += dt.timedelta(1)
    assert told == [add_working_days(dt.date.fromisoformat(eve), 1)]


def test_a_day_off_that_was_entered_late_moves_reminders(world, case, clock):
    for day in (3, 4):
        CalendarDay.objects.create(date=MONDAY + dt.timedelta(day), is_working=False)
    assert days_told(world.district, "office_due", clock, range(8), watch_offices) == [1, 2, 7]


def test_an_office_without_anybody_who_can_sign_in_is_told_to_the_city(world, case, clock):
    type(world.district).objects.filter(pk=world.district.pk).update(is_active=False)
    tell_city(world.municipal_office)
    assert Notice.objects.get(kind="city_week").body.splitlines()[0] == (
        "南开区科技局：有待办事项，但没有可以登录的在岗人员。"
    )


def test_a_queue_that_nobody_opened_is_told_to_the_head_then_to_the_city(world, case, clock):
    Turn.objects.update(due_on=MONDAY + dt.timedelta(60))
    assert days_told(world.district, "office_trouble", clock, range(21), watch_offices) == [7, 14]
    assert "2026-03-02 以后没有在岗人员登录" in Notice.objects.filter(kind="office_trouble").first().body
    Notice.objects.all().delete()
    Office.objects.update(watched_on=None)
    with_head = days_told(world.municipal, "city_week", clock, (7, 14, 21), tell_the_city)
    assert with_head == [14, 21]
    world.district.offices.get().memberships.update(role="reviewer")
    Office.objects.update(watched_on=None)
    assert days_told(world.municipal, "city_week", clock, (7,), tell_the_city) == [7]


def test_a_sign_in_or_an_empty_desk_is_no_trouble(world, case, clock):
    office = world.district.offices.get()
    clock(7)
    assert silent_since(office) == MONDAY
    type(world.district).objects.filter(pk=world.district.pk).update(last_login=None)
    assert silent_since(office) == MONDAY  # since the case came
    type(world.district).objects.filter(pk=world.district.pk).update(last_login=at_nine(1))
    assert silent_since(office) is None
    assert silent_since(world.body_office) is None


def given_up(person, day, *, sent=False):
    notice = Notice.objects.create(
        recipient=person, kind="office_due", subject="提醒", body="请办理。", at=at_nine(day)
    )
    ended = {"sent_at" if sent else "failed_at": at_nine(day)}
    return Delivery.objects.create(notice=notice, address="x@example.cn", **ended)


def test_a_person_whose_mails_do_not_arrive_is_named_to_the_head_then_to_the_city(world, clock):
    office = world.district.offices.get()
    mail = given_up(world.district, 0)
    Delivery.objects.create(notice=mail.notice, channel=Channel.SMS, address="13800000000", sent_at=at_nine(0))
    assert (unreached_at(office), unreached_at(office, 2)) == ([world.district], [])
    clock(7)
    assert unreached_at(office, 2) == [world.district]
    remind_office(office)
    assert str(world.district) in Notice.objects.get(kind="office_trouble").body
    given_up(world.district, 1, sent=True)
    assert unreached_at(office) == []


@pytest.mark.bare
def test_a_quiet_morning_leads_to_what_is_near():
    assert Morning(Office()).get_absolute_url().endswith("?tab=soon")
    assert Morning(Office(), past=1).get_absolute_url().endswith("?tab=past")


def test_an_expert_is_reminded_once_before_once_on_and_once_after_the_day(world, clock):
    claim = drive_claim(world.make_claim(), "experts", world)
    turn = open_turn(claim)
    form_panel(turn, world.experts, by=world.body)
    Turn.objects.filter(pk=turn.pk).update(due_on=MONDAY + dt.timedelta(10))
    assert days_told(world.expert_1, "seat_due", clock, range(22), watch_seats) == [8, 10, 11]
    subjects = Notice.objects.filter(kind="seat_due", recipient=world.expert_1).order_by("pk")
    assert [notice.subject.partition("：")[0] for notice in subjects] == [
        "请提交评审意见",
        "评审意见今天到期",
        "评审意见已过期限",
    ]
    Notice.objects.all().delete()
    seat = turn.seats.get(expert=world.expert_1)
    PanelSeat.objects.filter(pk=seat.pk).update(recused_at=at_nine(20))
    remind_seat(seat)  # he stepped aside while the clock was at others
    assert heard(world.expert_1) == []


def test_who_was_asked_today_is_not_reminded_today(world, clock):
    claim = drive_claim(world.make_claim(), "experts", world)
    turn = open_turn(claim)
    Turn.objects.filter(pk=turn.pk).update(due_on=MONDAY)
    form_panel(turn, world.experts, by=world.body)
    watch_seats()
    assert heard(world.expert_1) == []


def test_what_is_not_near_is_no_news(world, case, clock):
    remind_office(world.district.offices.get())
    tell_city(world.municipal_office)
    assert not Notice.objects.filter(kind__in=("office_due", "city_week")).exists()
    assert morning_at(world.district.offices.get(), None).is_due is False


def test_an_expert_whose_day_is_far_hears_nothing(world, clock):
    claim = drive_claim(world.make_claim(), "experts", world)
    form_panel(open_turn(claim), world.experts, by=world.body)
    remind_seat(open_turn(claim).seats.first())
    assert heard(world.expert_1) == []
