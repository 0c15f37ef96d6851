"""After an outage, and with a calendar that is known late, the clock ends nothing of which nobody was told, and in the right order."""

import datetime as dt

import pytest
import time_machine

from notifications.models import Notice
from policy.calendar import SHANGHAI
from policy.feasts import statutory
from policy.models import CalendarDay
from policy.working_days import PACKAGE_UNTIL, add_working_days, first_guess
from redemption import tasks as claims
from redemption.models import Claim
from tests.factories import World, drive_application, drive_claim
from tests.helpers import afresh
from vouchers import tasks as vouchers
from vouchers.models import Application

pytestmark = pytest.mark.django_db
TASKS = (vouchers.lapse, claims.lapse, vouchers.remind, claims.remind)
UNKNOWN = PACKAGE_UNTIL + 1  # a year that nobody has published


def on(day, *tasks):
    """Let the tasks run on the day, each twice."""
    with time_machine.travel(dt.datetime.combine(day, dt.time(9), SHANGHAI), tick=False):
        for task in (*tasks, *tasks):
            task()


def days(first, many):
    return [first + dt.timedelta(n) for n in range(many)]


def made(state, moment):
    """A case of this state since the moment, with its first unit."""
    with time_machine.travel(f"{moment} 10:00 +0800", tick=False):
        world = World()
        if state in ("district_returned", "body_returned"):
            return world, drive_application(world.make_application(), state, world)
        return world, drive_claim(world.make_claim(), state, world)


def told(world, kind):
    return Notice.objects.filter(recipient=world.applicant, kind=kind).count()


@pytest.mark.parametrize("order", [TASKS, TASKS[::-1], (*TASKS[2:], *TASKS[:2])], ids=["ends", "claims", "reminds"])
def test_after_ten_days_without_a_clock_a_unit_is_told_first_whatever_runs_first(order):
    world, case = made("district_returned", "2026-03-02")
    assert f"{case.due_on}" == "2026-03-16"
    for day in (dt.date(2026, 3, 2), dt.date(2026, 3, 9)):
        on(day, *order)
    assert told(world, "application_due_soon") == 0
    on(dt.date(2026, 3, 20), *order)
    case = afresh(case)
    assert (case.state, f"{case.due_on}") == ("district_returned", "2026-03-25")
    assert case.events.get(step="put_off").text == ("到期前没有发出提醒，截止日期由 2026-03-16 顺延至 2026-03-25。")
    for day in (dt.date(2026, 3, 23), dt.date(2026, 3, 25)):
        on(day, *order)
        assert afresh(case).state == "district_returned"
    on(dt.date(2026, 3, 26), *order)
    assert (afresh(case).state, told(world, "application_due_soon")) == ("lapsed", 2)


@pytest.mark.parametrize(
    ("state", "kind", "due", "later"),
    [
        ("formal_returned", "claim_due_soon", "2026-03-16", "2026-03-25"),
        ("accepted", "claim_form_soon", "2026-03-23", "2026-03-30"),
        ("form_returned", "claim_form_soon", "2026-03-23", "2026-03-30"),
    ],
)
def test_the_same_of_redemptions(state, kind, due, later):
    world, claim = made(state, "2026-03-02")
    assert f"{claim.due_on}" == due
    day = dt.date(2026, 3, 20) if due < "2026-03-20" else dt.date(2026, 3, 25)
    on(day, claims.lapse, claims.remind)
    claim = afresh(claim)
    assert (claim.state, f"{claim.due_on}", told(world, kind)) == (state, later, 1)
    on(claim.due_on + dt.timedelta(1), claims.lapse)
    assert afresh(claim).state == "lapsed"


def test_a_unit_without_anybody_to_tell_holds_its_quota_no_longer():
    world, case = made("district_returned", "2026-03-02")
    world.unit.members.update(is_active=False)
    on(case.due_on + dt.timedelta(1), vouchers.lapse)
    assert afresh(case).state == "lapsed"


@pytest.mark.parametrize("tasks", [(claims.lapse,), (vouchers.lapse, claims.lapse), (claims.lapse, vouchers.lapse)])
def test_claim_then_voucher_then_draft_end_in_one_night(tasks):
    world, claim = made("formal_returned", "2026-03-02")
    voucher = claim.application
    on(claim.due_on, claims.remind)
    Application.objects.filter(pk=voucher.pk).update(redeem_by=claim.due_on)
    on(claim.due_on + dt.timedelta(1), *tasks)
    assert (afresh(claim).state, afresh(voucher).state) == ("lapsed", "lapsed")
    assert not Claim.objects.exclude(state__in=Claim.DEAD).exists()
    assert afresh(voucher).account.approved == 0
    assert told(world, "claim_lapsed") == told(world, "application_lapsed") == 1


@pytest.mark.parametrize(
    ("returned", "due"), [("2025-01-24", "2025-02-13"), ("2026-02-12", "2026-03-04")], ids=["2025", "2026"]
)
def test_over_a_spring_festival_the_days_of_a_correction_stand_still(returned, due):
    world, case = made("district_returned", returned)
    assert f"{case.due_on}" == due
    first, last = dt.date.fromisoformat(returned), dt.date.fromisoformat(due)
    for day in days(first, (last - first).days + 1):
        on(day, *TASKS)
        assert afresh(case).state == "district_returned"
    assert told(world, "application_due_soon") == 2
    on(last + dt.timedelta(1), *TASKS)
    assert afresh(case).state == "lapsed"


def enter(year, *more):
    """The year is published: its statutory days, and what is exchanged."""
    free = statutory(year) | set(more)
    CalendarDay.objects.bulk_create(CalendarDay(date=day, is_working=False) for day in sorted(free))


@pytest.mark.parametrize(("state", "task"), [("body_returned", vouchers), ("accepted", claims)])
@pytest.mark.parametrize("exchanged", [False, True], ids=["as guessed", "with more days off"])
def test_nothing_lapses_by_a_day_of_a_year_that_nobody_has_published(state, task, exchanged):
    _, case = made(state, f"{UNKNOWN}-03-01")
    due = case.due_on
    for day in (due, due + dt.timedelta(1), due + dt.timedelta(29)):
        on(day, task.remind, task.lapse)
    assert (afresh(case).state, afresh(case).due_on) == (state, due)
    enter(UNKNOWN, *([due, due + dt.timedelta(1)] if exchanged else []))
    on(due + dt.timedelta(30), task.lapse)
    assert afresh(case).state == "lapsed"
    assert afresh(case).due_on == (add_working_days(due - dt.timedelta(1), 1) if exchanged else due)


def test_what_is_published_late_moves_the_day_before_anything_ends():
    _, case = made("body_returned", f"{UNKNOWN}-03-01")
    due = case.due_on
    on(due, vouchers.remind)
    enter(UNKNOWN, *days(due, 7))
    on(due + dt.timedelta(1), vouchers.lapse)
    case = afresh(case)
    assert (case.state, case.due_on > due + dt.timedelta(6)) == ("body_returned", True)
    assert case.events.filter(step="put_off").count() == 1


def test_the_first_guess_is_the_year_that_nobody_has_published():
    known, unknown = dt.date(PACKAGE_UNTIL, 12, 31), dt.date(UNKNOWN, 5, 6)
    assert (first_guess(known), first_guess(unknown)) == (known, dt.date(UNKNOWN, 1, 1))
    enter(UNKNOWN)
    assert first_guess(unknown) == unknown
