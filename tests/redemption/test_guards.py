"""The guards of submission, each asked of a claim that was never saved; the papers are in test_services."""

import datetime as dt
from functools import partial

import pytest
import time_machine

from redemption.permissions import has_group_agreed, has_nothing_dropped, has_papers, in_window, is_group_heard
from tests.helpers import broken
from tests.unsaved import a_claim, a_unit, a_voucher, an_order

NEEDED = {  # field → what it holds where nobody has said it
    "completed_on": None,
    "effect": "",
    "account_name": "",
    "bank_name": "",
    "account_number": "",
    "rating": None,
}
ASKING = [in_window, has_papers, has_nothing_dropped]  # these ask the database


def spoiled(rows=None, **facts):
    return a_claim(rows, **facts)


def of_voucher(**facts):
    return a_claim(application=a_voucher(**facts))


def of_unit(state):
    unit = a_unit(state=state)
    return of_voucher(unit=unit, order=an_order(unit=unit))


BREAKS = {
    **{f"no {name}": (["R-FIELDS"], partial(spoiled, **{name: nothing})) for name, nothing in NEEDED.items()},
    "99 characters": (["R-FIELDS"], partial(spoiled, effect="字" * 99)),
    "no result": (["R-FIELDS"], partial(spoiled, {"result_papers": []})),
    "redeem-by": (["R-LATE"], partial(of_voucher, redeem_by=dt.date(2026, 11, 23))),
    "not certified": (["R-CERT"], partial(of_unit, "expired")),
    "frozen": (["R-FROZEN", "R-CERT"], partial(of_unit, "frozen")),
    "given back": (["R-VOUCHER"], partial(of_voucher, state="voided")),
    "not confirmed": (["R-ORDER"], lambda: of_voucher(order=an_order(state="placed"))),
    "nothing": ([], spoiled),
    "the redeem-by day itself": ([], partial(of_voucher, redeem_by=dt.date(2026, 11, 24))),
}


@pytest.mark.parametrize("what", BREAKS)
@time_machine.travel("2026-11-24 10:00 +0800", tick=False)
def test_each_guard_of_submission_has_its_code(what):
    codes, spoil = BREAKS[what]
    assert broken(spoil(), "submit", apart=ASKING) == codes


@pytest.mark.bare
@pytest.mark.parametrize("state", ["district", "formal", "experts"])
@pytest.mark.parametrize("voucher", ["approved", "voided", "lapsed", "redeemed"])
def test_each_pass_asks_again_whether_the_voucher_lives(state, voucher):
    claim = a_claim(state=state, application=a_voucher(state=voucher))
    expected = [] if voucher == "approved" else ["R-VOUCHER"]
    assert broken(claim, "pass_review", apart=[is_group_heard, has_group_agreed]) == expected
