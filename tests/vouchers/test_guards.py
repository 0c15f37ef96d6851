"""The guards of submission, each asked of an application that was never saved."""

from functools import partial

import pytest

from tests.factories import FIRM
from tests.helpers import broken
from tests.unsaved import a_laboratory, a_provider, a_unit, an_application, an_order
from vouchers.permissions import in_window

NEEDED = {  # field → what it holds where nobody has said it
    "project_name": "",
    "content": "",
    "contract_amount": None,
    "applied_amount": None,
    "planned_from": None,
    "planned_to": None,
    "contact": "",
    "phone": "",
    "district_id": None,
}


def spoiled(**facts):
    return an_application(**facts)


def ordered(**facts):
    return an_application(order=an_order(**facts))


def of(**facts):
    """The application of a firm of another sort, on an order of its own."""
    unit = a_unit(**facts)
    return an_application(unit=unit, order=an_order(unit=unit))


BREAKS = {
    **{f"no {name}": ("R-FIELDS", partial(spoiled, **{name: nothing})) for name, nothing in NEEDED.items()},
    "49 characters": ("R-FIELDS", partial(spoiled, content="字" * 49)),
    "not certified": ("R-CERT", partial(of, state="expired")),
    "institution": ("R-QUAL", partial(of, kind="institution")),
    "no mark": ("R-SCOPE", partial(ordered, is_marked=False)),
    "declined": ("R-ORDER", partial(ordered, state="declined")),
    "same code": ("R-REL", lambda: ordered(provider=a_provider(uscc=FIRM))),
    "same code as the host": ("R-REL", lambda: ordered(provider=a_laboratory(host_uscc=FIRM))),
    "related": ("R-PLEDGE", partial(spoiled, declares_unrelated=False)),
    "other funds": ("R-PLEDGE", partial(spoiled, declares_no_other_funds=False)),
    "statutory": ("R-PLEDGE", partial(spoiled, declares_not_statutory=False)),
    "no pledge": ("R-PLEDGE", partial(spoiled, pledged_at=None)),
}


@pytest.mark.parametrize("what", BREAKS)
def test_each_guard_of_submission_has_its_code(what):
    code, spoil = BREAKS[what]
    assert broken(spoil(), "submit", apart=[in_window]) == [code]


def test_a_frozen_unit_is_not_certified_either():
    assert broken(of(state="frozen"), "submit", apart=[in_window]) == ["R-FROZEN", "R-CERT"]


@pytest.mark.parametrize("content", ["字" * 50, "字" * 51])
def test_fifty_characters_are_enough(content):
    assert broken(spoiled(content=content), "submit", apart=[in_window]) == []
