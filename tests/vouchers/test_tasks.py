"""What the clock does to applications and vouchers."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from notifications.models import Notice
from policy.calendar import SHANGHAI
from policy.working_days import add_working_days
from redemption import tasks as claim_tasks
from tests.factories import drive_application, drive_claim
from tests.helpers import afresh, publish_years
from vouchers import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(db):
    """The days of the years to come are known, whatever year it is."""
    publish_years()


def morning(day):
    """Half past eight in Tianjin."""
    return time_machine.travel(dt.datetime.combine(day, dt.time(8, 30), SHANGHAI), tick=False)


def sent(kind, case):
    """How many such notices the administrator of the unit got about the case."""
    return Notice.objects.filter(kind=kind, url=case.get_absolute_url(), recipient__username="applicant").count()


def run_on(day, *runs):
    with morning(day):
        for run in runs:
            run()


def test_a_returned_application_lapses_the_day_after_its_deadline_and_frees_the_quota(world):
    application = drive_application(world.make_application(), "body_returned", world)
    run_on(application.due_on, tasks.lapse, tasks.remind)
    assert afresh(application).state == "body_returned"
    run_on(application.due_on + dt.timedelta(1), tasks.lapse, tasks.lapse)
    assert afresh(application).state == "lapsed"
    assert afresh(application).account.reserved == 0
    assert afresh(application).events.filter(step="lapse").count() == 1
    assert sent("application_lapsed", application) == 1


def test_a_voucher_lapses_after_its_redeem_by_day(world):
    voucher = drive_application(world.make_application(), "approved", world)
    run_on(voucher.redeem_by, tasks.lapse)
    assert afresh(voucher).state == "approved"
    run_on(voucher.redeem_by + dt.timedelta(1), tasks.lapse)
    assert afresh(voucher).state == "lapsed"
    assert afresh(voucher).account.approved == 0


def test_a_voucher_with_a_redemption_under_way_stays_and_others_lapse(world):
    redeeming = drive_claim(world.make_claim(), "district", world).application
    idle = drive_application(world.make_application(contract=20_000, applied=10_000), "approved", world)
    run_on(idle.redeem_by + dt.timedelta(1), tasks.lapse)
    assert (afresh(redeeming).state, afresh(idle).state) == ("approved", "lapsed")


def test_the_draft_of_a_dead_voucher_lapses_with_it(world):
    claim = world.make_claim()
    last = claim.application.redeem_by
    run_on(last, claim_tasks.lapse)
    assert (afresh(claim.application).state, afresh(claim).state) == ("approved", "draft")
    run_on(last + dt.timedelta(1), claim_tasks.lapse, claim_tasks.lapse)
    assert (afresh(claim.application).state, afresh(claim).state) == ("lapsed", "lapsed")


def test_a_correction_is_reminded_of_from_the_policy_s_day_on_and_on_the_last_day(world):
    application = drive_application(world.make_application(), "district_returned", world)
    day = add_working_days(timezone.now(), application.policy.reminder_day)
    run_on(day - dt.timedelta(1), tasks.remind)
    assert sent("application_due_soon", application) == 0
    run_on(day, tasks.remind, tasks.remind)
    assert sent("application_due_soon", application) == 1
    run_on(application.due_on, tasks.remind, tasks.remind)
    first, last = Notice.objects.filter(kind="application_due_soon", recipient=world.applicant).order_by("pk")
    assert first.subject == last.subject == f"请在 {application.due_on} 前修改创新券申请 {application.number}"
    assert [notice.body.startswith("今天是最后一天。") for notice in (first, last)] == [False, True]


@pytest.mark.parametrize(
    ("date", "kind"), [("use_by", "application_use_soon"), ("redeem_by", "application_redeem_soon")]
)
def test_a_voucher_is_reminded_of_30_and_7_days_before_its_dates_and_on_the_day(world, date, kind):
    voucher = drive_application(world.make_application(), "approved", world)
    last = getattr(voucher, date)
    counts = []
    for days in (31, 30, 29, 8, 7, 6, 0, -1):
        run_on(last - dt.timedelta(days), tasks.remind, tasks.remind)
        counts.append(sent(kind, voucher))
    assert counts == [0, 1, 1, 1, 2, 2, 3, 3]


def test_who_is_redeeming_is_not_reminded(world):
    voucher = drive_claim(world.make_claim(), "district", world).application
    run_on(voucher.use_by, tasks.remind)
    assert sent("application_use_soon", voucher) == 0
