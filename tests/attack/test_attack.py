"""Every address × every role × own, foreign and guessed numbers, read and written, against tests/attack/table.json (ADR 0182).

`make attack` carries it out; `make attack DRAW=1` draws the table anew, for a reviewer to read its differences.
"""

import datetime as dt
import logging
import os
import sys
from contextlib import contextmanager, suppress

import pytest
import time_machine
from django.db import transaction
from django.template import Template
from django.urls import get_resolver

from tests import watch
from tests.attack import rows, tries
from tests.attack.explained import (
    ANSWERS_NOBODY,
    EVERYBODY,
    OPEN_ACTS,
    OUTSIDE,
    SEEN_FROM_OUTSIDE,
    STAFF,
    WRITTEN_FROM_OUTSIDE,
)
from tests.factories import World
from tests.recording import apart
from tests.test_forms_walk import Undone
from tests.test_house import patterns

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(1800)]
DRAW = os.environ.get("DRAW", "")
GROUPS = [EVERYBODY[start : start + 3] for start in range(0, len(EVERYBODY), 3)]
DAY = dt.datetime(2026, 11, 25, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # a Wednesday of an open cycle


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """(world, people, addresses): one for all tests of this file that a process runs; nothing of it stays."""
    block = transaction.atomic()
    block._from_testcase = True  # a verb is the outermost transaction of whoever calls it (records/doors.py)
    with django_db_blocker.unblock(), time_machine.travel(DAY, tick=False), suppress(Undone), block:
        with apart():
            world = World()
            people, books = rows.people(world), rows.sides(world)
        yield world, people, tries.all_of(books)
        raise Undone


@pytest.fixture
def _cheap(monkeypatch):
    """What pages look like, and what people may ask, is held elsewhere."""
    for held in ("judge", "check_moved", "look"):
        monkeypatch.setattr(watch, held, lambda *_: None)
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)
    monkeypatch.setattr(Template, "render", lambda *_: "")


@pytest.mark.usefixtures("_cheap")
@pytest.mark.parametrize("group", GROUPS, ids="-".join)
def test_everybody_is_answered_as_the_table_says(stage, group):
    world, people, addresses = stage
    assert people.keys() == set(EVERYBODY)
    with untraced():
        found = {who: tries.answers(people[who], world, addresses) for who in group}
    if DRAW:
        tries.keep(found)
    expected = {key: {who: a for a, names in row.items() for who in names} for key, row in tries.kept().items()}
    differs = [
        f"{who}: {key} is answered {answer}, the table says {expected.get(key, {}).get(who)}"
        for who, answered in found.items()
        for key, answer in answered.items()
        if expected.get(key, {}).get(who) != answer
    ]
    assert differs == []
    assert {key for key, row in expected.items() if any(who in row for who in group)} == found[group[0]].keys()


@contextmanager
def untraced():
    """Coverage looks away: what is asked here is walked through by the tests of each page, too."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


@pytest.fixture(scope="module")
def table():
    return tries.kept()


def test_every_address_stands_in_the_table_for_everybody(table):
    names = {key.split()[1] for key in table}
    assert {entry.name for entry in patterns(get_resolver())} - names == set()
    assert {key for key, row in table.items() if set().union(*row.values()) != set(EVERYBODY)} == set()


def test_nothing_breaks_and_nothing_is_written_by_whoever_reads_or_is_refused(table):
    answers = {answer for row in table.values() for answer in row}
    assert {answer for answer in answers if answer.startswith("5") or answer.endswith("!")} == set()


def test_a_guessed_number_finds_nothing(table):
    led_on = {*tries.REFUSED, "302"}
    found = {key.split()[1] for key, row in table.items() if key.endswith(" guessed") and not row.keys() <= led_on}
    assert found - SEEN_FROM_OUTSIDE.keys() - WRITTEN_FROM_OUTSIDE.keys() == set()


def test_whoever_has_no_duty_gets_to_nothing_of_the_administration(table):
    doors = {key: row for key, row in table.items() if key.split()[1].startswith("admin:")}
    inside = {
        who for row in doors.values() for answer, names in row.items() if answer not in tries.REFUSED for who in names
    }
    assert inside == STAFF
    assert len(doors) > 300


def let_through(table, method):
    """{name: who}: addresses with a number of a side that answer to somebody who has nothing to do with it."""
    found = {}
    for key, row in table.items():
        asked, name, side = key.split(maxsplit=2)
        for who in OUTSIDE.get(side, ()) if asked == method else ():
            answer = tries.answer_to(who, row)
            if answer not in tries.REFUSED and not name.startswith("admin:"):
                found.setdefault(name, set()).add(who)
    return found


def test_each_page_that_is_shown_to_an_outsider_is_explained(table):
    assert {name: sorted(who) for name, who in let_through(table, "GET").items() if name not in SEEN_FROM_OUTSIDE} == {}


def test_each_act_that_an_outsider_gets_to_is_explained(table):
    found = {name: sorted(who) for name, who in let_through(table, "POST").items()}
    assert {name: who for name, who in found.items() if name not in WRITTEN_FROM_OUTSIDE} == {}


def test_no_explanation_is_left_over(table):
    assert SEEN_FROM_OUTSIDE.keys() - let_through(table, "GET").keys() == set()
    assert WRITTEN_FROM_OUTSIDE.keys() - let_through(table, "POST").keys() == set()


def test_each_address_with_a_number_answers_to_somebody(table):
    """An address that is refused to its own people, too, shows nothing about others."""
    found = {}
    for key, row in table.items():
        _, name, side = key.split(maxsplit=2)
        if side in OUTSIDE and not name.startswith("admin:"):
            found[name] = found.get(name, False) or not row.keys() <= tries.REFUSED
    assert {name for name, is_there in found.items() if not is_there} == ANSWERS_NOBODY.keys()


def test_a_visitor_gets_to_no_act_but_those_of_getting_in(table):
    posts = [(key.split()[1], row) for key, row in table.items() if key.startswith("POST ")]
    acts = {name for name, row in posts if tries.answer_to("nobody", row) not in tries.REFUSED}
    assert acts == OPEN_ACTS


def test_where_a_page_is_not_there_no_form_is_drawn(table):
    """Who does not find what a GET shows is shown nothing by a POST either."""
    drawn = set()
    for key, row in table.items():
        method, _, place = key.partition(" ")
        read = table.get(f"GET {place}", {}) if method == "POST" else {}
        drawn |= {f"{key} {who}" for who in row.get("200", ()) if tries.answer_to(who, read) in {"403", "404"}}
    assert drawn == set()
