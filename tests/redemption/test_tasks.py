"""What the clock does to redemptions."""

import datetime as dt

import pytest
from django.utils import timezone

from notifications.models import Notice
from policy.working_days import add_working_days
from redemption import tasks
from redemption.models import Claim
from tests.factories import drive_application, drive_claim
from tests.helpers import afresh, publish_years
from tests.vouchers.test_tasks import run_on, sent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(db):
    """The days of the years to come are known, whatever year it is."""
    publish_years()


@pytest.mark.parametrize("state", ["district_returned", "formal_returned", "accepted", "form_returned"])
def test_what_waits_for_the_unit_lapses_after_its_day_and_frees_the_papers(world, claim, state):
    claim = drive_claim(claim, state, world)
    run_on(claim.due_on, tasks.lapse, tasks.remind)
    assert afresh(claim).state == state
    run_on(claim.due_on + dt.timedelta(1), tasks.lapse, tasks.lapse)
    assert afresh(claim).state == "lapsed"
    assert not claim.invoices.filter(live=True).exists()
    assert afresh(claim).application.state == "approved"
    assert sent("claim_lapsed", claim) == 1


def test_what_lies_at_an_office_does_not_lapse(world, claim):
    claim = drive_claim(claim, "district", world)
    run_on(timezone.localdate() + dt.timedelta(400), tasks.lapse)
    assert afresh(claim).state == "district"


def test_a_correction_is_reminded_of_once(world, claim):
    claim = drive_claim(claim, "formal_returned", world)
    run_on(add_working_days(timezone.now(), claim.policy.reminder_day), tasks.remind, tasks.remind)
    assert sent("claim_due_soon", claim) == 1


@pytest.mark.parametrize("state", ["accepted", "form_returned"])
def test_a_missing_form_is_reminded_of_five_days_before_and_on_the_day(world, claim, state):
    claim = drive_claim(claim, state, world)
    run_on(claim.due_on - dt.timedelta(6), tasks.remind)
    assert sent("claim_form_soon", claim) == 0
    run_on(claim.due_on - dt.timedelta(5), tasks.remind, tasks.remind)
    assert sent("claim_form_soon", claim) == 1
    run_on(claim.due_on, tasks.remind, tasks.remind)
    assert sent("claim_form_soon", claim) == 2


def test_every_state_that_is_reached_is_told(world, claim):
    claim = drive_claim(claim, "passed", world)
    mine = Notice.objects.filter(recipient=world.reader, url=claim.get_absolute_url()).order_by("pk")
    assert [notice.kind for notice in mine] == [
        "claim_district",
        "claim_formal",
        "claim_accepted",
        "claim_experts",
        "claim_passed",
    ]
    offices = Notice.objects.filter(kind="claim_arrived").order_by("pk").values_list("recipient__username", flat=True)
    assert set(offices) == {"district", "body", "body_second"}
    assert not Notice.objects.filter(kind="claim_arrived", deliveries__isnull=False).exists()


def test_every_notice_of_a_claim_has_its_words(world):
    states = (
        "district_returned",
        "district_rejected",
        "formal_returned",
        "formal_rejected",
        "form_returned",
        "experts_rejected",
        "withdrawn",
        "lapsed",
    )
    for state in states:
        claim = drive_claim(world.make_claim(small_voucher(world), 2000), state, world)
        notice = Notice.objects.filter(url=claim.get_absolute_url(), kind=f"claim_{state}").latest("pk")
        assert claim.number in notice.subject
        assert "None" not in notice.subject + notice.body
    assert Claim.objects.count() == len(states)


def small_voucher(world):
    """A small voucher, so that eight of them fit into one year."""
    return drive_application(world.make_application(contract=2000, applied=1000), "approved", world)
