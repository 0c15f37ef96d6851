"""Time as it passes: two Spring Festivals, an outage of ten days, a calendar that is filled late.

The clock works as tten/clock.py has it, each day of the span in the order of its hours, and everything twice. What people
hear comes in its order, once, and no right is taken away.
"""

import datetime as dt

import pytest
import time_machine

from accounts.members.joining.tasks import put_off_promises
from notifications.models import Notice
from policy.calendar import SHANGHAI
from policy.feasts import statutory
from policy.models import CalendarDay
from policy.working_days import add_working_days, is_working_day
from redemption import tasks as claims
from reviews.appeals.permissions import may_appeal
from reviews.appeals.services import appeal
from reviews.watch.tasks import tell_the_city, watch_offices, watch_seats
from tests.factories import World, drive_application, drive_claim
from tests.helpers import afresh
from tten.clock import SCHEDULE
from vouchers import tasks as vouchers

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)
NIGHT = (put_off_promises, vouchers.lapse, claims.lapse)
MORNING = (vouchers.remind, claims.remind, watch_offices, watch_seats, tell_the_city)
OF_TIME = {  # what is told because time passes → its short name here
    "application_due_soon": "remind",
    "application_lapsed": "end",
    "claim_due_soon": "remind claim",
    "claim_form_soon": "remind form",
    "claim_lapsed": "end claim",
    "promise_passed": "promise",
    "office_due": "due",
    "office_overdue": "overdue",
    "city_week": "week",
}


def run_clock(day):
    """One day of the clock, each task twice."""
    for hour, tasks in ((0, NIGHT), (9, MORNING)):
        with time_machine.travel(dt.datetime.combine(day, dt.time(hour, 30), SHANGHAI), tick=False):
            for task in tasks:
                task()
                task()


def live_through(first, last, *, away=()):
    """Each day from the first to the last, but for those on which the clock is away."""
    day = first
    while day <= last:
        if day not in away:
            run_clock(day)
        day += A_DAY


def heard(person):
    """[(month-day, what)] of the notices that time brought, in their order."""
    notices = Notice.objects.filter(recipient=person, kind__in=OF_TIME).order_by("pk")
    return [(f"{notice.at.astimezone(SHANGHAI):%m-%d}", OF_TIME[notice.kind]) for notice in notices]


def morning_of(day):
    return time_machine.travel(dt.datetime.combine(day, dt.time(10), SHANGHAI), tick=False)


@pytest.mark.bare
def test_the_clock_here_goes_as_the_clock_there():
    """The tasks stand in the schedule, those of the night before those of the morning, in this order."""
    at = {row["task"]: (min(row["schedule"].hour), min(row["schedule"].minute)) for row in SCHEDULE.values()}
    times = [at[task.name] for task in (*NIGHT, *MORNING)]
    assert times == sorted(times)


FESTIVALS = {  # the day before → what the firm, the district with its head, and 市科技局 hear of two cases that lie still
    "2025-01-22": (
        [("02-06", "promise"), ("02-07", "remind"), ("02-11", "remind"), ("02-12", "end")],
        ["01-26", "01-27", "02-05", "02-06", "02-07", "02-08", "02-10", "02-11", "02-12"],
        ["02-06", "02-10"],
        ["02-10"],
    ),
    "2026-02-10": (
        [("02-26", "remind"), ("02-25", "promise"), ("03-02", "remind"), ("03-03", "end")],
        ["02-13", "02-14", "02-24", "02-25", "02-26", "02-27", "02-28", "03-02", "03-03"],
        ["02-25", "03-02"],
        ["03-02"],
    ),
}


@pytest.mark.parametrize("day", FESTIVALS)
def test_over_a_spring_festival_everything_comes_in_order_and_once(day):
    firm, due, overdue, week = FESTIVALS[day]
    first = dt.date.fromisoformat(day)
    with morning_of(first):
        world = World()
        world.district_office.memberships.update(role="lead")
        returned = drive_application(world.make_application(), "district_returned", world)
        waiting = drive_application(world.make_application(20_000, 10_000), "district", world)
    last = add_working_days(first, 10) + A_DAY
    live_through(first, last)
    assert (afresh(returned).state, afresh(waiting).state) == ("lapsed", "district")
    assert heard(world.applicant) == sorted(firm)
    told = heard(world.district)
    assert [at for at, what in told if what == "due"] == due
    assert [at for at, what in told if what == "overdue"] == overdue
    assert [at for at, what in heard(world.municipal) if what == "week"] == week
    assert all(is_working_day(dt.date.fromisoformat(f"{first.year}-{at}")) for at, _ in told)


def test_after_an_outage_of_ten_days_nothing_has_ended_unwarned_and_all_is_told_once():
    """A return, a form and an overdue office: their reminders and their ends all fell into the ten days."""
    first = dt.date(2026, 3, 2)
    with morning_of(first):
        world = World()
        world.district_office.memberships.update(role="lead")
        returned = drive_application(world.make_application(), "district_returned", world)
        waiting = drive_application(world.make_application(20_000, 10_000), "district", world)
    back = dt.date(2026, 3, 20)
    outage = {dt.date(2026, 3, 10) + number * A_DAY for number in range(10)}
    live_through(first, back - A_DAY, away=outage)
    assert afresh(returned).due_on == dt.date(2026, 3, 16)  # it was over in the outage
    run_clock(back)
    assert afresh(returned).state == "district_returned"
    given = add_working_days(back, 3)  # the days that lie between reminder and end
    assert afresh(returned).due_on == given
    live_through(back + A_DAY, given + A_DAY)
    assert [what for _, what in heard(world.applicant)] == ["remind", "promise", "remind", "end"]
    assert heard(world.applicant)[0][0] == "03-20"
    assert heard(world.applicant)[-1] == (f"{given + A_DAY:%m-%d}", "end")
    overdue = [at for at, what in heard(world.district) if what == "overdue"]
    assert overdue == ["03-20", "03-23"]
    assert [at for at, what in heard(world.municipal) if what == "week"] == ["03-20", "03-23"]
    assert afresh(waiting).state == "district"


def test_after_an_outage_claim_voucher_and_draft_end_in_their_order_in_one_night():
    """The claim ends first, then the voucher that it kept alive: nobody finds a voucher that is dead under a living claim."""
    with morning_of(dt.date(2025, 3, 3)):
        world = World()
        voucher = drive_application(world.make_application(), "approved", world)
    with morning_of(voucher.redeem_by - 3 * A_DAY):
        claim = world.make_claim(afresh(voucher))
        claim.completed_on = voucher.use_by
        claim.save()
        claim = drive_claim(claim, "district_returned", world)
    with morning_of(claim.due_on):
        claims.remind()
    back = claim.due_on + 10 * A_DAY
    run_clock(back)
    assert (afresh(claim).state, afresh(voucher).state) == ("lapsed", "lapsed")
    ends = [what for _, what in heard(world.applicant) if what.startswith("end")]
    assert ends == ["end claim", "end"]
    run_clock(back + A_DAY)
    assert len([what for _, what in heard(world.applicant) if what.startswith("end")]) == 2


def test_nothing_ends_by_a_calendar_that_is_filled_late():
    """Due in a year that nobody has published: it waits for the calendar, and then for the later day that this gives."""
    first = dt.date(2028, 12, 20)
    with morning_of(first):
        world = World()
        returned = drive_application(world.make_application(), "district_returned", world)
    guessed = returned.due_on
    assert guessed.year == 2029
    for year in (2027, 2028):
        fill(year)
    live_through(guessed - 3 * A_DAY, guessed + 5 * A_DAY)
    assert (afresh(returned).state, afresh(returned).due_on) == ("district_returned", guessed)
    assert [what for _, what in heard(world.applicant)].count("end") == 0
    entered = guessed + 6 * A_DAY
    with morning_of(entered):
        fill(2029)
        CalendarDay.objects.update_or_create(date=guessed, defaults={"is_working": False})
    run_clock(entered)
    later = afresh(returned).due_on
    assert later > guessed
    assert afresh(returned).state == "district_returned" or later < entered
    live_through(entered + A_DAY, max(later, entered) + 5 * A_DAY)
    assert afresh(returned).state == "lapsed"
    assert [what for _, what in heard(world.applicant)].count("end") == 1
    assert [what for _, what in heard(world.applicant)][-1] == "end"


def test_a_decision_may_be_held_against_until_the_day_that_a_late_calendar_gives():
    """The days for 申请复核 were guessed into a year that nobody had published: they end by the calendar, not by the guess."""
    for year in (2027, 2028):
        fill(year)
    with morning_of(dt.date(2028, 12, 20)):
        world = World()
        refused = drive_application(world.make_application(), "body_rejected", world)
    guessed = refused.due_on
    run_clock(guessed + A_DAY)
    with morning_of(guessed + 2 * A_DAY):
        assert may_appeal(afresh(refused), world.applicant)
        fill(2029)
        for number in range(6):
            CalendarDay.objects.update_or_create(date=guessed - number * A_DAY, defaults={"is_working": False})
        assert not may_appeal(afresh(refused), world.applicant)  # until the night counts anew
    run_clock(guessed + 3 * A_DAY)
    later = afresh(refused).due_on
    assert later == add_working_days(dt.date(2028, 12, 20), 10)
    assert later >= guessed + 3 * A_DAY
    with morning_of(later):
        assert appeal(afresh(refused), by=world.applicant, text="立项文件与检测项目对应。").state == "appeal"
    with morning_of(later + A_DAY):
        run_clock(later + A_DAY)
    assert afresh(refused).state == "appeal"


def fill(year):
    """The statutory days of the year, as 市科技局 enters them."""
    for day in statutory(year):
        CalendarDay.objects.update_or_create(date=day, defaults={"is_working": False})
