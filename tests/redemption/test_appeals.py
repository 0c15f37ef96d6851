"""申请复核 of a redemption: where it goes on, what the ledger holds meanwhile, and what becomes of voucher and papers."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import Notice
from policy.calendar import today
from policy.working_days import add_working_days
from records.rules import RuleBroken
from redemption.form.freezing import frozen_form
from redemption.services import start_claim
from redemption.tasks import lapse
from redemption.verdicts.services import end
from reviews.appeals.permissions import may_appeal
from reviews.appeals.services import appeal
from reviews.preview import preview_letter
from reviews.progress import header_of
from reviews.reasons import Reason
from tests.factories import World, drive_claim
from tests.helpers import afresh, aside
from tests.redemption.typed import paper
from tten.demo.drive import APPEAL_WORDS, UPHELD_WORDS
from vouchers.ledger import held
from vouchers.models import Application
from vouchers.services import end_application, submit_application
from vouchers.tasks import lapse as lapse_vouchers

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def at(world, state):
    return drive_claim(world.make_claim(), state, world)


def cut(world, amount=30_000):
    claim = at(world, "experts")
    world.hear_experts(claim)
    return world.decide(claim, world.body_second, "pass_review", "部分成果不符。", amount=Decimal(amount))


def grave(world):
    return world.decide(at(world, "formal"), world.body, "reject", "发票已在别处使用。", reason=Reason.DUP)


def appealed(world, claim, **more):
    return appeal(claim, by=world.applicant, text=APPEAL_WORDS, **more)


def uphold(world, claim, reason=Reason.SCOPE, by=None):
    return world.decide(claim, by or world.other_body, "reject", UPHELD_WORDS, reason=reason)


def raised(world, claim, amount):
    return world.decide(claim, world.other_body, "pass_review", "核定。", amount=Decimal(amount))


def holds(claim):
    own = held(claim.application)
    return int(own.reserved), int(own.approved), int(own.used)


def said(act):
    with pytest.raises(RuleBroken) as refusal, aside():
        act()
    return refusal.value.sentence


def taken(claim):
    return {row.live for row in (*claim.invoices.all(), *claim.receipts.all())}


@pytest.mark.parametrize("state", ["district_rejected", "formal_rejected", "experts_rejected"])
def test_every_refusal_names_the_way(world, state):
    claim, until = at(world, state), add_working_days(today(), 10)
    assert (claim.due_on, may_appeal(claim, world.applicant)) == (until, True)
    letter = Notice.objects.get(kind=f"claim_{state}", recipient=world.applicant)
    assert f"可在 {until} 前打开这份申请，点【申请复核】" in letter.body
    assert f"可以在 {until} 前申请复核一次" in header_of(claim, world.applicant).next_sentence


def test_the_district_is_looked_at_by_the_municipal_office_and_it_goes_on_at_the_body(world):
    claim = appealed(world, at(world, "district_rejected"))
    assert (claim.turns.get(closed_at=None).office, taken(claim)) == (world.municipal_office, {True})
    assert holds(claim) == (0, 50_000, 0)
    claim = world.decide(claim, world.municipal, "pass_review", "原决定依据不足。")
    assert (claim.state, claim.turns.get(closed_at=None).office) == ("formal", world.body_office)


def test_the_printed_form_shows_the_word_that_took_the_place_of_the_refused_one(world):
    claim = appealed(world, at(world, "formal_rejected"))
    claim = world.decide(claim, world.other_body, "pass_review", "发票与合同一致。")
    assert (claim.state, claim.due_on, claim.form_version) == ("accepted", add_working_days(today(), 15), 1)
    form = frozen_form(claim)
    assert (form.body_opinion.office, form.body_opinion.verdict) == ("另一专业机构", "复核通过")
    assert (form.district_opinion.office, form.district_opinion.verdict) == ("南开区科技局", "通过")


@pytest.mark.parametrize(("amount", "paid"), [(None, 50_000), (40_000, 40_000)])
def test_experts_who_refused_are_looked_at_and_it_is_paid(world, amount, paid):
    claim = appealed(world, at(world, "experts_rejected"))
    more = {} if amount is None else {"amount": Decimal(amount)}
    claim = world.decide(claim, world.other_body, "pass_review", "成果与申请相符。", **more)
    assert (claim.state, int(claim.final_amount), bool(claim.passed_at)) == ("passed", paid, True)
    assert (claim.application.state, holds(claim), claim.due_on) == ("redeemed", (0, 0, paid), None)


def test_no_more_is_paid_than_was_asked_for(world):
    claim = appealed(world, at(world, "experts_rejected"))
    assert said(lambda: raised(world, claim, 50_001)) == "核定兑现金额应大于 0、不超过申请兑现金额 50,000 元。"


@pytest.mark.parametrize(("amount", "paid"), [(None, 50_000), (42_000, 42_000)])
def test_a_lowered_amount_is_set_anew_and_the_ledger_follows(world, amount, paid):
    claim = cut(world)
    assert (claim.due_on, holds(claim)) == (add_working_days(today(), 10), (0, 0, 30_000))
    passed_at, claim = claim.passed_at, appealed(world, claim)
    assert (claim.state, holds(claim)) == ("appeal", (20_000, 0, 30_000))
    more = {} if amount is None else {"amount": Decimal(amount)}
    claim = world.decide(claim, world.other_body, "pass_review", "成果均已提交。", **more)
    assert (claim.state, int(claim.final_amount), holds(claim)) == ("passed", paid, (0, 0, paid))
    assert (claim.passed_at, claim.due_on, claim.application.state) == (passed_at, None, "redeemed")
    letter = Notice.objects.filter(kind="claim_passed", recipient=world.applicant).latest("pk")
    assert letter.subject == f"兑现申请 {claim.number} 复核结果：复核通过"


def test_a_lowered_amount_is_not_lowered_further(world):
    claim = appealed(world, cut(world))
    assert said(lambda: raised(world, claim, 29_000)).startswith("复核通过的金额应高于原核定金额 30,000 元")


def test_a_lowered_amount_that_stands_frees_the_rest(world):
    claim = uphold(world, appealed(world, cut(world)))
    assert (claim.state, int(claim.final_amount), holds(claim)) == ("passed", 30_000, (0, 0, 30_000))
    assert said(lambda: appealed(world, claim)) == "每个决定只能申请一次复核，复核的决定不再复核。"


def test_its_quota_may_have_been_used_since(world):
    claim = cut(world)
    world.make_application(300_000, 110_000)
    other = Application.objects.latest("pk")
    submit_application(other, by=world.applicant)
    assert said(lambda: appealed(world, claim)).startswith("复核需要保留额度 20,000 元")


def test_what_was_paid_in_full_is_not_appealed(world):
    assert not may_appeal(at(world, "passed"), world.applicant)


def test_a_refusal_that_stands_frees_the_papers_and_leaves_the_voucher(world):
    claim = uphold(world, appealed(world, at(world, "formal_rejected")))
    assert (claim.state, taken(claim), claim.application.state) == ("upheld", {False}, "approved")
    assert Notice.objects.filter(kind="claim_upheld", recipient=world.applicant).count() == 1
    assert start_claim(claim.application, by=world.applicant).pk != claim.pk


def test_a_voucher_that_ended_with_its_redemption_lives_again(world):
    claim = grave(world)
    assert (claim.application.state, holds(claim)) == ("voided", (0, 0, 0))
    claim = appealed(world, claim)
    assert (claim.application.state, holds(claim), taken(claim)) == ("approved", (0, 50_000, 0), {True})
    assert claim.application.entries.last().kind == "restore"
    with aside():
        claim = uphold(world, claim, Reason.DUP)
        assert (claim.application.state, holds(claim)) == ("voided", (0, 0, 0))


def test_dropped_it_is_as_it_was_decided(world):
    claim = end(appealed(world, grave(world)), "drop_appeal", by=world.applicant)
    assert (claim.state, afresh(claim.application).state, taken(claim)) == ("formal_rejected", "voided", {False})
    claim = end(appealed(world, cut(world)), "drop_appeal", by=world.applicant)
    assert (claim.state, holds(claim), claim.turns.filter(closed_at=None).exists()) == ("passed", (0, 0, 30_000), False)


def test_a_voucher_that_lapsed_beside_its_refusal_lives_again(world):
    claim = at(world, "formal_rejected")
    Application.objects.filter(pk=claim.application_id).update(redeem_by=today() - timezone.timedelta(days=1))
    lapse_vouchers()
    assert afresh(claim.application).state == "lapsed"
    claim = appealed(world, claim)
    assert (claim.application.state, holds(claim)) == ("approved", (0, 50_000, 0))
    lapse_vouchers()
    assert afresh(claim.application).state == "approved"
    claim = uphold(world, claim)
    lapse_vouchers()
    assert afresh(claim.application).state == "lapsed"


def test_a_voucher_that_the_unit_gave_back_does_not(world):
    claim = at(world, "formal_rejected")
    end_application(claim.application, "give_back", by=world.applicant)
    assert said(lambda: appealed(world, claim)) == "这张创新券已由贵单位作废，不能恢复。"


def test_a_new_redemption_is_in_the_way(world):
    claim = at(world, "formal_rejected")
    start_claim(claim.application, by=world.applicant)
    assert said(lambda: appealed(world, claim)).startswith("这张创新券已有新的兑现申请或草稿")


def test_the_letter_of_a_grave_refusal_that_would_stand_is_foretold(world):
    for claim in (appealed(world, cut(world)), appealed(world, grave(world))):
        turn = claim.turns.get(closed_at=None)
        words = {"verdict": "reject", "text": UPHELD_WORDS, "reason": Reason.DUP}
        assert "维持原决定" in preview_letter(turn, by=world.other_body, **words).text


def test_the_days_move_later_with_the_calendar(world):
    claim = at(world, "formal_rejected")
    type(claim).objects.filter(pk=claim.pk).update(due_on=today())
    lapse()
    assert afresh(claim).due_on == add_working_days(today(), 10)


def test_the_page(world, client):
    claim = cut(world)
    client.force_login(world.applicant)
    url = reverse("claim_appeal", args=[claim.number])
    assert url in client.get(claim.get_absolute_url()).content.decode()
    sent = {"text": APPEAL_WORDS, "seen": claim.version, "papers": [paper("成果清单.pdf")]}
    assert client.post(url, sent).status_code == 302
    claim = afresh(claim)
    assert claim.state == "appeal"
    client.force_login(world.other_body)
    page = client.get(claim.turns.get(closed_at=None).get_absolute_url()).content.decode()
    assert ("不填即按 50,000 元核定" in page, "复核材料" in page) == (True, True)
    client.force_login(world.applicant)
    drop = reverse("claim_end", args=[claim.number, "drop_appeal"])
    assert client.post(drop, {"seen": claim.version}).status_code == 302
    assert afresh(claim).state == "passed"
