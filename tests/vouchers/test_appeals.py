"""申请复核 of a voucher application: who decides, what comes of it, what the ledger holds meanwhile, and once only."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifications.models import Notice
from policy.calendar import today
from policy.working_days import add_working_days
from records.rules import StaleCase
from redemption.services import submit_claim
from reviews.appeals.permissions import may_appeal
from reviews.appeals.services import appeal
from reviews.models import Appeal, Office, Turn
from reviews.preview import preview_letter
from reviews.progress import header_of
from reviews.reasons import Reason
from tests.factories import World, drive_application
from tests.helpers import afresh, aside, constrained
from tests.vouchers.appealing import appealed, at, cut, holds, said, uphold
from tten.demo.drive import APPEAL_WORDS, UPHELD_WORDS
from vouchers.services import end_application, start_application
from vouchers.tasks import lapse

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def test_a_refusal_opens_the_days_of_the_policy_and_its_letter_names_the_way(world):
    application = at(world, "district_rejected")
    until = add_working_days(today(), 10)
    assert application.due_on == until
    letter = Notice.objects.get(kind="application_district_rejected", recipient=world.applicant)
    assert f"可在 {until} 前打开这份申请，点【申请复核】" in letter.body
    assert f"可以在 {until} 前申请复核一次" in header_of(application, world.applicant).next_sentence


def test_the_way_stands_in_the_letter_before_it_is_sent(world):
    turn = at(world, "body").turns.get(closed_at=None)
    letter = preview_letter(turn, by=world.body, verdict="reject", text="不属于支持范围。", reason=Reason.SCOPE)
    assert f"可在 {add_working_days(today(), 10)} 前打开这份申请" in letter.text


def test_the_district_is_looked_at_by_the_municipal_office(world):
    application = appealed(world, at(world, "district_rejected"))
    turn = application.turns.get(closed_at=None)
    assert (turn.office.kind, turn.stage, turn.due_on) == ("municipal", "复核", add_working_days(today(), 20))
    assert holds(application) == (50_000, 0, 0)
    application = world.decide(application, world.municipal, "pass_review", "立项文件与检测对应。")
    assert (application.state, application.turns.get(closed_at=None).office) == ("body", world.body_office)
    application = world.decide(application, world.body, "pass_review")
    assert (application.state, holds(application)) == ("approved", (0, 50_000, 0))


def test_a_body_is_looked_at_by_another_one_and_the_voucher_is_given(world):
    application = appealed(world, at(world, "body_rejected"))
    assert application.turns.get(closed_at=None).office.members.get() == world.other_body
    application = world.decide(application, world.other_body, "pass_review", "证据充分。", amount=Decimal(40_000))
    assert (application.state, application.voucher.amount, application.due_on) == ("approved", 40_000, None)
    assert (holds(application), bool(application.voucher_number)) == ((0, 40_000, 0), True)
    assert said(lambda: appealed(world, application)) == "每个决定只能申请一次复核，复核的决定不再复核。"


def test_a_decision_that_stands_ends_the_case_and_frees_the_quota(world):
    application = uphold(world, appealed(world, at(world, "body_rejected")), world.other_body)
    assert (application.state, holds(application)) == ("upheld", (0, 0, 0))
    letter = Notice.objects.get(kind="application_upheld", recipient=world.applicant)
    assert (letter.subject, UPHELD_WORDS in letter.body) == (
        f"创新券申请 {application.number} 复核结果：维持原决定",
        True,
    )
    assert start_application(application.order, by=world.applicant).pk != application.pk
    assert not may_appeal(application, world.applicant)


def test_both_offices_hear_of_it(world):
    application = appealed(world, at(world, "body_rejected"))
    assert Notice.objects.filter(kind="application_arrived", recipient=world.other_body).count() == 1
    begun = Notice.objects.get(kind="appeal_begun", recipient=world.body)
    assert (application.number in begun.subject, APPEAL_WORDS in begun.body) == (True, True)
    uphold(world, application, world.other_body)
    assert Notice.objects.get(kind="appeal_decided", recipient=world.body).subject.endswith("维持原决定")


@pytest.mark.parametrize(
    ("verdict", "amount", "approved"), [("pass_review", 45_000, 45_000), ("pass_review", None, 50_000)]
)
def test_a_lowered_amount_is_set_anew_within_what_was_asked(world, verdict, amount, approved):
    voucher = cut(world)
    dates = voucher.use_by, voucher.redeem_by, voucher.approved_at, voucher.voucher_number
    application = appealed(world, voucher)
    assert (application.state, application.is_voucher, holds(application)) == ("appeal", False, (18_000, 32_000, 0))
    more = {} if amount is None else {"amount": Decimal(amount)}
    application = world.decide(application, world.other_body, verdict, "按实际检测项目。", **more)
    assert (application.state, int(application.approved_amount)) == ("approved", approved)
    assert holds(application) == (0, approved, 0)
    assert (application.use_by, application.redeem_by, application.approved_at, application.voucher_number) == dates
    assert application.entries.last().kind == "review"


def test_a_lowered_amount_that_stands_leaves_the_voucher_alive(world):
    application = uphold(world, appealed(world, cut(world)), world.other_body)
    assert (application.state, application.voucher.amount, holds(application)) == ("approved", 32_000, (0, 32_000, 0))
    assert application.due_on is None
    letter = Notice.objects.filter(kind="application_approved", recipient=world.applicant).latest("pk")
    assert letter.subject == f"创新券申请 {application.number} 复核结果：维持原决定"
    assert "申请复核】" not in letter.body


def test_no_more_than_was_asked_and_no_less_than_there_was(world):
    application = appealed(world, cut(world))
    for amount, words in ((50_001, "不超过申请金额"), (32_000, "应高于原核定金额 32,000 元")):
        more = {"amount": Decimal(amount)}
        assert words in said(
            lambda more=more: world.decide(application, world.other_body, "pass_review", "核定。", **more)
        )


def test_what_was_granted_in_full_is_not_appealed(world):
    application = at(world, "approved")
    assert (application.due_on, may_appeal(application, world.applicant)) == (None, False)
    assert said(lambda: appealed(world, application)) == "申请复核的期限已过，或者这个决定不能申请复核。"


def test_the_last_day_counts_and_the_next_is_too_late(world, time_machine):
    application = at(world, "body_rejected")
    day = dt.datetime.combine(application.due_on, dt.time(23, 59), dt.timezone(dt.timedelta(hours=8)))
    time_machine.move_to(day, tick=False)
    assert may_appeal(application, world.applicant)
    time_machine.move_to(day + dt.timedelta(minutes=1), tick=False)
    assert not may_appeal(application, world.applicant)
    assert said(lambda: appealed(world, application)).startswith("申请复核的期限已过")


def test_it_can_be_dropped_and_is_not_asked_for_again(world):
    for application, state, balance in (
        (at(world, "body_rejected"), "body_rejected", (0, 0, 0)),
        (cut(world, 20_000), "approved", (0, 20_000, 0)),
    ):
        before = appealed(world, application)
        after = end_application(before, "drop_appeal", by=world.applicant)
        assert (after.state, holds(after), after.turns.filter(closed_at=None).count()) == (state, balance, 0)
        assert said(lambda after=after: appealed(world, after)).startswith("每个决定只能申请一次复核")
        assert after.turns.last().ending == "申请单位撤回复核"


def test_a_second_decision_of_the_case_is_a_new_one_for_somebody_else(world):
    application = appealed(world, at(world, "district_rejected"))
    application = world.decide(application, world.municipal, "pass_review", "原决定依据不足。")
    application = world.decide(application, world.body, "reject", "不属于支持范围。", reason=Reason.SCOPE)
    application = appealed(world, application)
    turn = application.turns.get(closed_at=None)
    assert (turn.office.kind, turn.round, Appeal.objects.count()) == ("body", 2, 2)
    Turn.objects.filter(pk=turn.pk).update(office=world.municipal_office)
    assert said(lambda: uphold(world, application, world.municipal)).startswith("您没有办理这一步的权限")


def test_an_office_that_had_a_part_sends_a_person_who_had_none(world):
    application = at(world, "body_rejected")
    Office.objects.filter(kind="municipal").update(is_active=False)
    world.other_body.office_memberships.update(ended_at=dt.datetime.now(dt.UTC))
    with aside():
        turn = appealed(world, application).turns.get(closed_at=None)
        assert turn.office == world.body_office
        assert said(lambda: uphold(world, application, world.body)).startswith("您没有办理")
        assert uphold(world, application, world.body_second).state == "upheld"
        transaction.set_rollback(True)
    world.body_office.memberships.exclude(user=world.body).update(ended_at=dt.datetime.now(dt.UTC))
    assert said(lambda: appealed(world, application)).startswith("复核单位尚未设置")
    Office.objects.filter(kind="municipal").update(is_active=True)
    world.municipal_office.memberships.update(ended_at=dt.datetime.now(dt.UTC))
    assert appealed(world, application).turns.get(closed_at=None).office == world.municipal_office


def test_a_member_of_the_unit_does_not_decide_it(world):
    application = at(world, "body_rejected")
    world.unit.memberships.create(user=world.other_body, role="reader")
    assert appealed(world, application).turns.get(closed_at=None).office == world.municipal_office


def test_quota_that_was_used_since_is_named(world):
    application = at(world, "body_rejected")
    other = world.make_application(300_000, 120_000)
    drive_application(other, "district", world)
    words = said(lambda: appealed(world, application))
    assert words.startswith(f"复核需要保留额度 50,000 元，{application.cycle} 年度只剩 30,000 元")
    end_application(afresh(other), "withdraw", by=world.applicant)
    assert holds(appealed(world, application)) == (50_000, 0, 0)


def test_it_counts_in_the_cycle_of_the_application_after_the_turn_of_the_year(world, time_machine):
    time_machine.move_to("2026-12-30 10:00+08:00")
    application = at(world, "body_rejected")
    time_machine.move_to("2027-01-05 10:00+08:00")
    application = appealed(world, application)
    assert (application.cycle, application.account.cycle, holds(application)) == (2026, 2026, (50_000, 0, 0))
    application = world.decide(application, world.other_body, "pass_review", "证据充分。")
    assert (application.entries.last().account.cycle, holds(application)) == (2026, (0, 50_000, 0))


def test_a_new_application_on_the_order_is_in_the_way(world):
    application = at(world, "body_rejected")
    new = start_application(application.order, by=world.applicant)
    assert said(lambda: appealed(world, application)) == "这个订单已经重新申请创新券。请先撤回新的申请，再申请复核。"
    end_application(new, "withdraw", by=world.applicant)
    application = appealed(world, application)
    assert start_application(application.order, by=world.applicant) == application


def test_a_redemption_under_way_is_in_the_way_and_its_draft_outlives_it(world):
    claim = world.make_claim(cut(world))
    with aside():
        submit_claim(claim, by=world.applicant)
        assert said(lambda: appealed(world, claim.application)) == "这张创新券正在兑现，请先撤回兑现申请。"
        transaction.set_rollback(True)
    application = appealed(world, afresh(claim.application))
    lapse()
    assert (afresh(claim).state, afresh(application).state) == ("draft", "appeal")


def test_an_order_that_dies_ends_it_and_frees_everything(world):
    application = appealed(world, cut(world))
    application = end_application(application, "void", by=world.clock, note="订单已取消。")
    assert (application.state, holds(application)) == ("voided", (0, 0, 0))


def test_words_are_needed_and_a_stale_page_is_refused(world):
    application = at(world, "body_rejected")
    for words in (" ", "不服这个决定啊啊。"):
        assert said(lambda words=words: appeal(application, by=world.applicant, text=words)).startswith(
            "请写明复核理由"
        )
    with pytest.raises(StaleCase), aside():
        appealed(world, application, seen=application.version - 1)
    assert said(lambda: appeal(application, by=world.people["reader"], text=APPEAL_WORDS)).startswith(
        "您没有办理这一步的权限"
    )


def test_the_database_holds_one_for_each_decision(world):
    application = appealed(world, at(world, "body_rejected"))
    first = Appeal.objects.get(opinion__turn__case_id=application.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.create(opinion=first.opinion, text="再一次。", by=world.applicant)
    assert str(first).startswith("复核（")


def test_an_appeal_without_words_is_refused_by_the_database(world):
    appealed(world, at(world, "body_rejected"))
    with constrained("appeal_has_words"):
        Appeal.objects.update(text="")


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.none() | st.integers(1_000, 49_999),
    end=st.sampled_from(["pass", "reject", "drop_appeal", "void"]),
    amount=st.integers(1_000, 50_000),
)
def test_whatever_comes_of_it_nothing_stays_reserved(db, first, end, amount):
    with aside():
        world = World()
        application = at(world, "body_rejected") if first is None else cut(world, first)
        application = appealed(world, application)
        assert holds(application) == (50_000 - (first or 0), first or 0, 0)
        if end in {"drop_appeal", "void"}:
            by = world.applicant if end == "drop_appeal" else world.clock
            application = end_application(application, end, by=by, note="订单已取消。")
        elif end == "reject":
            application = uphold(world, application, world.other_body)
        else:
            amount = max(amount, (first or 0) + 1)
            application = world.decide(application, world.other_body, "pass_review", "核定。", amount=Decimal(amount))
        expected = int(application.approved_amount) if application.is_voucher else 0
        account = afresh(application.account)
        assert holds(application) == (0, expected, 0) == (account.reserved, account.approved, account.used)
        transaction.set_rollback(True)
