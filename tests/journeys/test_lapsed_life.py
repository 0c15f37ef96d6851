"""A life in which deadlines pass: the clock reminds, ends, frees, and one may begin anew."""

import pytest
import time_machine

from notifications.models import Notice
from orders.services import move_order
from redemption import tasks as claims
from tests.factories import World, drive_application, drive_claim
from tests.helpers import afresh
from tests.journeys import person as p
from vouchers import tasks as applications

pytestmark = pytest.mark.django_db


def tick():
    """A night's work, twice: what the clock does is safe to do again."""
    for _ in range(2):
        for app in (applications, claims):
            app.remind()
            app.lapse()


def at(moment):
    return time_machine.travel(f"{moment} 10:00 +0800", tick=False)


def kinds(user):
    return list(Notice.objects.filter(recipient=user).values_list("kind", flat=True).order_by("pk"))


def test_a_return_that_nobody_mends_ends_and_a_new_application_may_begin():
    with at("2026-11-30"):
        world = World()
        application = drive_application(world.make_application(), "district_returned", world)
    with at("2026-12-08"):
        tick()
        assert kinds(world.applicant).count("application_due_soon") == 0
    for day in ("2026-12-09", "2026-12-14"):
        with at(day):
            tick()
            assert (afresh(application).state, afresh(application.account).reserved) == ("district_returned", 50_000)
    assert kinds(world.applicant).count("application_due_soon") == 2
    with at("2026-12-15"):
        tick()
        assert (afresh(application).state, afresh(application.account).reserved) == ("lapsed", 0)
        assert kinds(world.applicant).count("application_lapsed") == 1
        again = p.apply(p.Person(world.applicant), application.order, contract_amount="100000", applied_amount="50000")
        assert (again.state, afresh(again.account).reserved) == ("district", 50_000)


def test_a_voucher_that_nobody_uses_is_reminded_of_and_ends():
    with at("2026-11-30"):
        world = World()
        voucher = drive_application(world.make_application(), "approved", world)
    for day in ("2027-11-01", "2027-11-25", "2028-01-31", "2028-02-25", "2028-02-29"):
        with at(day):
            tick()
    assert afresh(voucher).state == "approved"
    told = kinds(world.applicant)
    assert (told.count("application_use_soon"), told.count("application_redeem_soon")) == (2, 3)
    with at("2028-03-01"):
        tick()
    assert (afresh(voucher).state, afresh(voucher.account).free) == ("lapsed", 150_000)


def test_a_form_that_nobody_stamps_ends_the_claim_and_not_the_voucher():
    with at("2026-11-30"):
        world = World()
        claim = drive_claim(world.make_claim(), "accepted", world)
        assert f"{claim.due_on}" == "2026-12-21"
    for day in ("2026-12-17", "2026-12-21"):
        with at(day):
            tick()
    assert (afresh(claim).state, kinds(world.applicant).count("claim_form_soon")) == ("accepted", 2)
    with at("2026-12-22"):
        tick()
        assert (afresh(claim).state, claim.invoices.get().live) == ("lapsed", False)
        assert (afresh(claim.application).state, claim.application.account.approved) == ("approved", 50_000)
        again = p.claim_for(p.Person(world.applicant), afresh(claim.application), amount="100000")
        assert (again.state, again.redeemed_amount) == ("district", 50_000)


def test_a_voucher_under_redemption_outlives_its_day_and_is_still_paid():
    with at("2026-11-30"):
        world = World()
        voucher = drive_application(world.make_application(), "approved", world)
        move_order(voucher.order, "confirm", by=world.provider_member)
    with at("2028-02-28"):
        claim = world.make_claim(afresh(voucher))
        claim.completed_on = voucher.use_by
        claim.save()
        claim = drive_claim(claim, "formal", world)
    with at("2028-03-02"):
        tick()
        assert (afresh(voucher).state, afresh(claim).state) == ("approved", "formal")
        claim = world.decide(claim, world.body, "pass_review")
    assert (claim.state, claim.redeemed_amount) == ("accepted", 50_000)


def test_what_the_provider_turns_down_ends_and_the_firm_applies_elsewhere():
    world = World()
    firm = p.Person(world.applicant)
    first = p.apply(firm, p.order(firm, world.product))
    move_order(first.order, "decline", by=world.provider_member, words="设备检修。")
    assert (afresh(first).state, afresh(first.account).reserved) == ("voided", 0)
    assert "设备检修。" in firm.reads("order_detail", first.order.number)
    second = p.apply(firm, p.order(firm, world.product))
    assert (second.state, afresh(second.account).reserved) == ("district", 10_000)
