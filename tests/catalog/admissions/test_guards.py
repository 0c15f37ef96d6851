"""The conditions of 入驻 and its days: asked of admissions that were never saved."""

import datetime as dt
from contextlib import contextmanager

import pytest
import time_machine

from accounts.workflow import State as UnitState
from catalog.admissions.services import check_early
from catalog.models import Admission, Category, Qualification
from catalog.permissions import is_not_suspended
from policy.models import PolicyVersion
from policy.querysets import MEMORY
from tests.helpers import broken, ruled_out
from tests.unsaved import AT, a_unit, having

LAST = dt.date(2027, 3, 31)
TESTING = Category(name="检验检测")
NEEDED = ("summary", "region", "address", "contact", "phone")


def an_admission(scope=(TESTING,), **facts):
    """A whole draft of a certified firm, for one category."""
    whole = {
        "summary": "简介",
        "region": "tianjin",
        "address": "样例路 1 号",
        "contact": "贾经办",
        "phone": "13800000000",
    }
    return having(Admission(**{"unit": a_unit(), "pledged_at": AT, **whole, **facts}), scope=scope)


@contextmanager
def on(day):
    """At noon of the day, with the figures of a policy version as this process remembers it."""
    with time_machine.travel(f"{day} 12:00 +0800", tick=False):
        MEMORY.keep((PolicyVersion(effective_from=dt.date(2019, 1, 1), published=True),))
        yield
    MEMORY.forget()


def test_a_whole_admission_may_be_handed_in():
    assert broken(an_admission(), "submit") == []
    assert broken(an_admission(state="returned"), "submit") == []


@pytest.mark.parametrize("field", NEEDED)
def test_every_required_field_is_asked_for(field):
    assert broken(an_admission(**{field: ""}), "submit") == ["R-FIELDS"]


def test_a_scope_and_the_pledge_are_asked_for():
    assert broken(an_admission(scope=()), "submit") == ["R-SCOPE"]
    assert broken(an_admission(pledged_at=None), "submit") == ["R-PLEDGE"]


@pytest.mark.parametrize("state", UnitState.values)
def test_only_a_certified_unit_is_admitted(state):
    codes = [] if state == "certified" else ["R-CERT"]
    unit = a_unit(state=state)
    assert broken(an_admission(unit=unit), "submit") == codes
    assert broken(an_admission(unit=unit, state="pending"), "pass_review", apart=[is_not_suspended]) == codes


@pytest.mark.parametrize(("day", "codes"), [("2027-03-31", []), ("2027-04-01", ["R-DATE"])])
def test_a_suspension_is_not_lifted_past_the_last_day(day, codes):
    with on(day):
        assert broken(an_admission(state="suspended", valid_until=LAST), "resume") == codes


@pytest.mark.parametrize(
    ("day", "left", "in_force", "may_renew"),
    [
        ("2026-12-30", 91, True, False),
        ("2026-12-31", 90, True, True),
        ("2027-03-31", 0, True, True),
        ("2027-04-01", -1, False, True),
    ],
)
def test_a_renewal_starts_90_days_before_the_end(day, left, in_force, may_renew):
    admission = an_admission(state="admitted", valid_until=LAST)
    with on(day):
        assert (admission.days_left, admission.is_in_force, admission.may_renew) == (left, in_force, may_renew)


def test_who_is_early_hears_the_day_and_who_is_suspended_that():
    with on("2026-12-30"):
        with ruled_out("R-EARLY", match="入驻有效期至 2027-03-31，到期前 90 天起"):
            check_early(an_admission(state="admitted", valid_until=LAST))
        with ruled_out("R-PAUSED"):
            check_early(an_admission(state="suspended", valid_until=LAST))
    with on("2026-12-31"):
        check_early(an_admission(state="admitted", valid_until=LAST))
    check_early(None)


def test_an_admission_without_dates_has_no_last_day():
    with pytest.raises(ValueError, match="has not been admitted"):
        _ = an_admission().last_day


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, "2025-01-01 至 长期"),
        (dt.date(2026, 11, 24), "2025-01-01 至 2026-11-24"),
        (dt.date(2026, 11, 23), "2025-01-01 至 2026-11-23（已过期）"),
    ],
)
def test_the_dates_of_a_certificate_in_words(until, words):
    with on("2026-11-24"):
        assert Qualification(valid_from=dt.date(2025, 1, 1), valid_until=until).validity == words
