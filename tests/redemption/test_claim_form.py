"""Content and hash of the 兑现申请表 (domain.md §6.4)."""

import datetime as dt
from dataclasses import fields, replace
from decimal import Decimal

import pytest

from redemption.form.claim_form import IDENTITY, Answer, ClaimForm, content_hash
from tests.redemption.sample_form import FROZEN_AT, sample_form


def test_equal_content_has_equal_hash_whatever_the_version_and_time():
    later = replace(sample_form(), version=9, frozen_at=FROZEN_AT + dt.timedelta(days=1), number="SQB2")
    assert later.sealed().content_hash == sample_form().content_hash


def test_every_field_but_the_identity_is_content():
    assert set(sample_form().content()) == {field.name for field in fields(ClaimForm)} - set(IDENTITY)


@pytest.mark.parametrize(
    "changed",
    [
        {"pledge": "另一份承诺"},
        {"year": 2027},
        {"invoices": ()},
        {"redemption": replace(sample_form().redemption, amount=Decimal("19999.99"))},
        {"applicant": replace(sample_form().applicant, name="天津星桥示例科技有限公司分公司")},
        {"body_opinion": None},
    ],
)
def test_changed_content_changes_the_hash(changed):
    assert replace(sample_form(), **changed).sealed().content_hash != sample_form().content_hash


def test_what_a_form_did_not_ask_yet_is_no_content_of_it():
    form = sample_form()
    assert set(form.content()["outcome"]) == {"completed", "text", "papers", "rating"}
    more = replace(form, outcome=replace(form.outcome, more=(Answer("技术指标完成情况", "全部达到。"),))).sealed()
    assert more.content()["outcome"]["more"] == ({"label": "技术指标完成情况", "text": "全部达到。"},)
    assert more.content_hash != form.content_hash


def test_the_hash_of_an_old_form_stays():
    assert sample_form().content_hash[:12] == "1dd0d826dc88"


def test_hash_does_not_depend_on_how_a_value_is_written():
    utc = {"at": FROZEN_AT.astimezone(dt.UTC), "sum": Decimal("20000.00")}
    assert content_hash(utc) == content_hash({"sum": Decimal(20000), "at": FROZEN_AT})


def test_hash_refuses_what_cannot_stand_on_a_form():
    with pytest.raises(TypeError, match="set does not stand on a form"):
        content_hash({"names": {"a"}})


def test_sums_are_exact():
    form = sample_form(lines=3)
    assert form.sums == (
        Decimal(40000),
        Decimal("56603.76"),
        Decimal("3396.24"),
        Decimal("60000.00"),
        Decimal("60000.00"),
    )


def test_a_form_is_known_by_number_version_and_the_whole_hash():
    form = sample_form()
    assert form.identity == f"SQB20260000123|2|{form.content_hash}"
    assert len(form.content_hash) == 64
