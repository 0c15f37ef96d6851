"""The conditions of 单位认证, and who may lift a lock: asked of units and people that were never saved."""

import datetime as dt

import pytest
import time_machine

from accounts.models import Duty, Unit, User
from accounts.permissions import may_unlock
from accounts.workflow import State
from records.steps import arrow_of
from tests.helpers import broken
from tests.unsaved import a_unit

NEEDED = {  # field → what it holds where nobody has said it
    "name": "",
    "uscc": "",
    "kind": "",
    "district_id": None,
    "address": "",
    "founded_on": None,
    "legal_representative": "",
    "handler_name": "",
    "handler_phone": "",
    "licence_id": None,
}
LAST = dt.date(2027, 3, 31)
WRONG = "91120222MA00000313"  # its check digit


@pytest.mark.parametrize("state", ["uncertified", "returned", "expired"])
def test_a_whole_unit_may_be_handed_in(state):
    assert broken(a_unit(state=state), "submit") == []


@pytest.mark.parametrize("field", NEEDED)
def test_every_required_field_is_asked_for(field):
    unit = a_unit(state="uncertified")
    setattr(unit, field, NEEDED[field])
    assert broken(unit, "submit") == ["R-FIELDS"]


@pytest.mark.parametrize(
    ("day", "until", "permanent", "codes"),
    [
        ("2027-03-31", LAST, False, []),
        ("2027-04-01", LAST, False, ["R-LICENCE"]),
        ("2099-01-01", None, True, []),
        ("2027-03-31", None, False, ["R-LICENCE"]),  # a term is asked for
    ],
)
def test_without_a_term_in_force_nothing_is_handed_in(day, until, permanent, codes):
    unit = a_unit(state="returned", licence_until=until, licence_permanent=permanent)
    with time_machine.travel(f"{day} 23:59 +0800", tick=False):
        assert broken(unit, "submit") == codes


@pytest.mark.parametrize(
    ("day", "passes", "expires"), [("2027-03-31", [], ["R-LICENCE"]), ("2027-04-01", ["R-LICENCE"], [])]
)
def test_a_licence_that_has_ended_is_not_passed_and_ends_the_certification(day, passes, expires):
    term = {"licence_until": LAST, "licence_permanent": False}
    with time_machine.travel(f"{day} 10:00 +0800", tick=False):
        assert broken(a_unit(state="pending", **term), "pass_review") == passes
        assert broken(a_unit(state="certified", **term), "expire") == expires


def test_a_unit_without_a_day_is_never_ended_by_the_clock():
    with time_machine.travel("2099-01-01 10:00 +0800", tick=False):
        for permanent in (True, False):  # certified before dates were asked
            assert broken(a_unit(licence_permanent=permanent), "expire") == ["R-LICENCE"]


@pytest.mark.parametrize(
    ("code", "admitted", "codes"), [(WRONG, None, ["R-CODE"]), (WRONG, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), [])]
)
def test_a_wrong_check_digit_passes_once_it_is_admitted(code, admitted, codes):
    assert broken(a_unit(state="pending", uscc=code, code_admitted_at=admitted), "pass_review") == codes


@pytest.mark.parametrize("state", State.values)
def test_only_a_certified_unit_is_frozen_and_only_a_frozen_one_released(state):
    unit = Unit(state=state)
    found = {step for step in ("freeze", "unfreeze") if arrow_of(unit, step)}
    assert found == {"certified": {"freeze"}, "frozen": {"unfreeze"}}.get(state, set())


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ({"duty": Duty.ACCOUNTS}, True),
        ({"is_superuser": True}, True),
        ({"duty": Duty.CATALOG}, False),
        ({"duty": Duty.AUDIT}, False),
        ({"is_staff": True}, False),
        ({}, False),
        ({"duty": Duty.ACCOUNTS, "is_active": False}, False),
        ({"is_superuser": True, "is_active": False}, False),
    ],
)
def test_who_may_unlock_another_and_nobody_himself(who, may):
    keeper = User(pk=1, **who)
    assert may_unlock(User(pk=2), keeper) is may
    assert may_unlock(keeper, keeper) is False
