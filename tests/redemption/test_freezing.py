"""The 兑现申请表 as it was frozen: number, version, content and hash, whatever changes afterwards."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.certification.snapshots import take_snapshot
from redemption.form.freezing import build, freeze_form, frozen_form, restore
from redemption.forms import RESULT, ClaimForm
from tests.factories import World, drive_application, drive_claim, make_laboratory, make_product
from tests.helpers import afresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def accepted(world):
    return drive_claim(world.make_claim(amount=80_000), "accepted", world)


def test_acceptance_gives_number_version_hash_and_amount(world):
    claim = accepted(world)
    assert (claim.form_number[:3], claim.form_version, len(claim.form_hash), claim.redeemed_amount) == (
        "SQB",
        1,
        64,
        40_000,
    )
    assert claim.accepted_at is not None


def test_what_is_read_back_is_what_was_frozen_to_the_last_digit(world):
    claim = accepted(world)
    form = frozen_form(claim)
    assert form == build(claim).sealed()
    assert form.sums == claim.sums
    assert form.sealed().content_hash == claim.form_hash == form.content_hash
    assert (form.number, form.version, form.frozen_at) == (claim.form_number, 1, claim.accepted_at)


def test_the_form_tells_the_whole_case(world):
    form = frozen_form(accepted(world))
    assert (form.applicant.name, form.applicant.founded) == ("海河样例科技有限公司", dt.date(2018, 5, 1))
    assert (form.service.provider, form.service.laboratory, form.service.approved_amount) == (
        "样例检测服务中心",
        "",
        50_000,
    )
    assert (form.redemption.base, form.redemption.ratio, form.redemption.amount) == (80_000, Decimal("0.5"), 40_000)
    assert (form.sums.contract, form.sums.gross, form.sums.receipts) == (80_000, 80_000, 80_000)
    assert (form.outcome.rating, form.outcome.papers) == (5, ("report.pdf",))
    assert (form.district_opinion.office, form.body_opinion.office) == ("南开区科技局", "样例专业机构")
    assert form.district_opinion.text == "材料齐全，情况属实。"


def test_the_unit_s_change_leaves_the_form_as_it_was(world):
    claim = accepted(world)
    before = frozen_form(claim)
    world.unit.name, world.unit.address = "更名样例科技有限公司", "另一条样例路 9 号"
    world.unit.capital, world.unit.honours = Decimal("1200.50"), ["high_tech"]
    world.unit.save()
    claim = afresh(claim)
    assert frozen_form(claim) == before
    assert build(claim).sealed().content_hash == claim.form_hash  # it is built from what was certified


def test_freezing_equal_content_again_keeps_the_version(world):
    claim = accepted(world)
    number, content_hash = claim.form_number, claim.form_hash
    freeze_form(claim)
    assert (claim.form_number, claim.form_version, claim.form_hash) == (number, 1, content_hash)


def test_other_content_raises_the_version_and_drops_the_old_scan(world):
    claim = drive_claim(world.make_claim(amount=80_000), "experts", world)
    content_hash = claim.form_hash
    assert claim.stamped_form is not None
    claim.effect += "补充说明。"
    claim.save()
    freeze_form(claim)
    assert (claim.form_version, claim.form_hash == content_hash, claim.stamped_form) == (2, False, None)


def test_a_unit_that_tells_all_and_a_laboratory_stand_on_the_form(world):
    world.unit.capital, world.unit.honours = Decimal("1200.50"), ["high_tech", "eagle"]
    world.unit.staff_count, world.unit.revenue = 42, Decimal(3000)
    world.unit.save()
    take_snapshot(world.unit)
    order = world.make_order(product=make_product(make_laboratory().provider))
    type(order).objects.update(state="serving")
    claim = world.make_claim(drive_application(world.make_application(order=order), "approved", world))
    form = frozen_form(drive_claim(claim, "accepted", world))
    assert (form.applicant.registered_capital, form.applicant.qualifications) == (
        "1,200.50 万元",
        "高新技术企业、雏鹰",
    )
    assert (form.service.provider, form.service.laboratory, form.service.provider_uscc) == (
        "北京样例研究院",
        str(order.provider),
        "9111010800000006X7",
    )


def test_a_draft_s_form_has_no_opinions_yet(world):
    claim = world.make_claim()
    claim.policy, claim.redeemed_amount = claim.application.policy, Decimal(40_000)
    form = build(claim)
    assert (form.number, form.district_opinion, form.body_opinion) == ("", None, None)


@pytest.fixture
def asked(monkeypatch):
    """The section on the result asks more: columns of several kinds, one of which stays empty."""
    more = ["bank_name", "redeemed_amount", "due_on", "submitted_at", "result_papers", "passed_at"]
    names = ["completed_on", "effect", *more]
    monkeypatch.setattr("redemption.form.freezing.PLACED", {"completed_on", "effect"})
    monkeypatch.setitem(ClaimForm.sections, RESULT, names)


@pytest.mark.usefixtures("asked")
def test_a_further_field_of_the_result_is_frozen_in_words_and_read_back(world):
    claim = accepted(world)
    form = frozen_form(claim)
    assert [answer.label for answer in form.outcome.more] == [
        "开户行",
        "申请兑现金额",
        "截止日期",
        "首次提交时间",
        "服务成果证明",
    ]
    at = timezone.localtime(claim.submitted_at)
    due, moment = f"{claim.due_on:%Y-%m-%d}", f"{at:%Y-%m-%d %H:%M}"
    assert [answer.text for answer in form.outcome.more] == [
        claim.bank_name,
        "¥\u00a040,000.00",
        due,
        moment,
        "report.pdf",
    ]
    assert form.sealed().content_hash == claim.form_hash


def test_a_field_that_came_later_raises_no_version_while_it_is_empty(world, monkeypatch):
    claim = accepted(world)
    before = (claim.form_version, claim.form_hash, claim.form_content)
    monkeypatch.setitem(ClaimForm.sections, RESULT, [*ClaimForm.sections[RESULT], "passed_at"])
    freeze_form(claim)
    assert (claim.form_version, claim.form_hash, claim.form_content) == before
    assert "more" not in claim.form_content["outcome"]


@pytest.mark.bare
def test_a_value_that_json_kept_as_it_is_comes_back_as_it_is():
    assert restore(bool, True) is True
    assert restore(dt.date, "2026-11-24") == dt.date(2026, 11, 24)
    assert restore(dt.datetime, "2026-11-24T10:00:00+08:00").day == 24
