"""复审通过 and the money: the oracles of domain.md §3 through the services, the voucher's dates, orders that die."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from orders.services import move_order
from policy.models import PolicyVersion
from reviews.models import Opinion
from tests.factories import drive_application, make_laboratory, make_product
from tests.helpers import afresh, new_policy, refused, ruled_out
from tests.unsaved import an_application
from vouchers.models import QuotaAccount
from vouchers.services import amount_granted, end_application, submit_application

pytestmark = pytest.mark.django_db


def sums(account):
    account.refresh_from_db()
    return account.reserved, account.approved, account.used


@pytest.mark.parametrize(
    ("contract", "most"), [("20000", 10_000), ("33333.33", 16_666), ("400000", 150_000), ("2000", 1_000)]
)
def test_oracles_1_3_4_so_much_is_taken_and_one_yuan_more_refused(world, contract, most):
    application = world.make_application(contract=contract, applied=most + 1)
    with refused("R-CAP"):
        submit_application(application, by=world.applicant)
    application.applied_amount = Decimal(most)
    application.save()
    application = submit_application(application, by=world.applicant)
    assert sums(application.account) == (most, 0, 0)


def test_oracle_2_nine_hundred_and_ninety_nine_is_under_the_minimum(world):
    with refused("R-CAP", match="999 元低于最低补贴金额 1,000 元"):
        submit_application(world.make_application(contract="1999.99", applied=999), by=world.applicant)


def test_oracle_5_of_the_year_s_rest_exactly_that_much_is_taken(world):
    drive_application(world.make_application(contract=240_000, applied=120_000), "approved", world)
    application = world.make_application(contract=100_000, applied=30_001)
    with refused("R-CAP", match="30,000 元"):
        submit_application(application, by=world.applicant)
    application.applied_amount = Decimal(30_000)
    application.save()
    application = submit_application(application, by=world.applicant)
    assert (sums(application.account), application.account.free) == ((30_000, 120_000, 0), 0)


def test_oracle_10_the_last_second_of_the_year_counts_in_it_also_if_approved_in_the_next(world):
    application = world.make_application()
    with time_machine.travel("2026-12-31 23:59:59 +0800", tick=False):
        application = submit_application(application, by=world.applicant)
    with time_machine.travel("2027-01-12 10:00 +0800", tick=False):
        application = world.decide(application, world.district, "pass_review")
        application = world.decide(application, world.body, "pass_review")
    assert (application.cycle, application.approved_at.year, application.state) == (2026, 2027, "approved")


def test_oracle_11_half_past_midnight_in_tianjin_is_the_new_year(world):
    application = world.make_application()
    with time_machine.travel("2026-12-31 16:30 +0000", tick=False):
        application = submit_application(application, by=world.applicant)
    assert (application.cycle, application.submitted_at.year) == (2027, 2026)


def test_the_cycle_stays_when_the_case_is_mended_in_the_next_year(world):
    with time_machine.travel("2026-12-30 10:00 +0800", tick=False):
        application = drive_application(world.make_application(), "district_returned", world)
    with time_machine.travel("2027-01-05 10:00 +0800", tick=False):
        application.applied_amount = Decimal(40_000)
        application.save()
        application = submit_application(application, by=world.applicant)
    assert (application.cycle, QuotaAccount.objects.count(), sums(application.account)) == (2026, 1, (40_000, 0, 0))


def test_each_year_has_a_cap_of_its_own(world):
    with time_machine.travel("2026-12-30 10:00 +0800", tick=False):
        drive_application(world.make_application(contract=300_000, applied=150_000), "district", world)
    with time_machine.travel("2027-01-05 10:00 +0800", tick=False):
        drive_application(world.make_application(contract=300_000, applied=150_000), "district", world)
    assert list(QuotaAccount.objects.order_by("cycle").values_list("cycle", "reserved")) == [
        (2026, 150_000),
        (2027, 150_000),
    ]


@pytest.mark.parametrize(("shares", "pools"), [(True, ["municipal"]), (False, ["municipal", "regional"])])
def test_whether_laboratories_share_the_cap_is_the_policy_s_choice(world, shares, pools):
    new_policy(jjj_shares_cap=shares)
    of_lab = world.make_order(product=make_product(make_laboratory().provider))
    for order in (world.make_order(), of_lab):
        drive_application(world.make_application(order=order, applied=20_000), "district", world)
    assert list(QuotaAccount.objects.order_by("pool").values_list("pool", flat=True)) == pools


@time_machine.travel("2026-11-24 10:00 +0800", tick=False)
def test_the_voucher_gets_its_number_and_its_two_dates(world):
    application = drive_application(world.make_application(), "approved", world)
    assert (application.voucher_number[:7], application.approved_amount) == ("CXQ2026", 50_000)
    assert (application.use_by, application.redeem_by) == (dt.date(2027, 11, 24), dt.date(2028, 2, 24))


@pytest.mark.bare
@pytest.mark.parametrize("amount", [0, -1, 50_001])
def test_the_body_never_raises_the_amount(amount):
    with ruled_out("R-SUM", match="不超过申请金额 50,000 元"):
        amount_granted(an_application(), Opinion(amount=Decimal(amount)))


@pytest.mark.bare
@pytest.mark.parametrize(
    ("named", "minimum", "granted"),
    [(None, 1_000, 50_000), (50_000, 1_000, 50_000), (1_000, 1_000, 1_000), (999, None, 999), (1, None, 1)],
)
def test_the_body_may_lower_the_amount_down_to_the_least_subsidy(named, minimum, granted):
    application = an_application(policy=PolicyVersion(minimum=minimum))
    assert amount_granted(application, Opinion(amount=named)) == granted


@pytest.mark.bare
def test_under_the_least_subsidy_there_is_no_voucher():
    with ruled_out("R-SUM", match=r"不能低于最低补贴金额 1,000 元"):
        amount_granted(an_application(), Opinion(amount=Decimal(999)))


def test_an_amount_that_is_refused_moves_nothing(world):
    application = drive_application(world.make_application(), "body", world)
    with refused("R-SUM", match="不超过申请金额 50,000 元"):
        world.decide(application, world.body, "pass_review", amount=Decimal(50_001))
    assert (afresh(application).state, sums(application.account)) == ("body", (50_000, 0, 0))


def test_a_rejected_application_frees_the_quota_and_says_why(world):
    application = drive_application(world.make_application(), "body_rejected", world)
    opinion = application.turns.get(state="body").opinions.get()
    assert (sums(application.account), opinion.reason) == ((0, 0, 0), "R-SCOPE")
    assert list(application.entries.values_list("kind", flat=True)) == ["reserve", "release"]


@pytest.mark.parametrize(
    ("step", "role", "state"), [("give_back", "applicant", "voided"), ("lapse", "clock", "lapsed")]
)
def test_a_voucher_given_back_or_lapsed_frees_the_quota(world, step, role, state):
    application = drive_application(world.make_application(), "approved", world)
    application = end_application(application, step, by=world.people[role])
    assert (application.state, sums(application.account)) == (state, (0, 0, 0))
    assert application.entries.last().kind == "give_back"


@pytest.mark.parametrize("state", ["draft", "district", "body_returned", "approved"])
def test_a_declined_order_ends_the_application_and_frees_the_quota(world, state):
    application = drive_application(world.make_application(), state, world)
    move_order(application.order, "decline", by=world.provider_member, words="设备检修，近期不能承接。")
    application = afresh(application)
    held = sums(application.account) if application.account else (0, 0, 0)
    assert (application.state, held, application.events.last().actor) == ("voided", (0, 0, 0), world.clock)


@pytest.mark.parametrize("state", ["district", "district_returned", "body", "approved"])
def test_an_order_is_not_cancelled_under_a_live_application(world, state):
    application = drive_application(world.make_application(), state, world)
    with refused("R-APPLIED", match="请先撤回申请或作废创新券"):
        move_order(application.order, "cancel", by=world.applicant, words="项目计划有变。")
    assert (afresh(application.order).state, afresh(application).state) == ("placed", state)


def test_a_draft_goes_with_its_cancelled_order(world):
    application = world.make_application()
    move_order(application.order, "cancel", by=world.applicant, words="项目计划有变。")
    assert afresh(application).state == "voided"


@pytest.mark.parametrize("state", ["withdrawn", "voided", "body_rejected"])
def test_an_order_is_cancelled_after_its_application_has_ended(world, state):
    application = drive_application(world.make_application(), state, world)
    assert move_order(application.order, "cancel", by=world.applicant, words="项目计划有变。").state == "cancelled"


def test_an_order_whose_voucher_was_paid_out_is_not_cancelled(world):
    application = drive_application(world.make_application(), "redeemed", world)
    with refused("R-APPLIED", match="已经兑现"):
        move_order(application.order, "cancel", by=world.applicant, words="项目计划有变。")
