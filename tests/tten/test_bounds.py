"""A number in the settings that cannot be is told by `manage.py check`, by its name and with what it may be."""

import re

import pytest

from tten.bounds import BOUNDS, check_bounds


def said():
    return [problem.msg for problem in check_bounds()]


def test_what_is_shipped_lies_within_the_bounds():
    assert said() == []


@pytest.mark.parametrize(("begins", "ends", "names"), [(25, 7, ["QUIET_FROM"]), (22, 24, ["QUIET_UNTIL"]), (24, 0, [])])
def test_quiet_hours_are_hours_of_a_day(settings, begins, ends, names):
    settings.NOTICES = settings.NOTICES | {"quiet": (begins, ends)}
    assert [problem.split()[0] for problem in said()] == names


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("EMAIL_PORT", 70_000, "EMAIL_PORT is 70000: it must lie between 1 and 65535 (port)."),
        ("SIGN_IN_DAYS", 30, "SIGN_IN_DAYS is 30: it must be 183 or more (days)."),
    ],
)
def test_a_value_outside_is_told_with_what_it_may_be(settings, name, value, words):
    setattr(settings, name, value)
    assert said() == [words]


def test_a_share_that_is_no_number_is_told(settings):
    settings.NOTICES = settings.NOTICES | {"sms_slow_share": float("nan")}
    assert said() == ["SMS_SLOW_SHARE is nan: it must lie between 0.01 and 1 (share of all)."]


def test_every_number_of_the_environment_has_bounds(settings):
    """Those of one register and of one reader apart, which may be 0 and are read where they are used."""
    text = "".join((settings.BASE_DIR / "tten" / name).read_text() for name in ("settings.py", "outside.py"))
    named = set(re.findall(r'env\.(?:int|float)\(\s*"([A-Z0-9_]+)"', text))
    assert named - {name for name in named if name.endswith("_A_DAY")} - set(BOUNDS) == set()
    assert set(BOUNDS) - named == set()
