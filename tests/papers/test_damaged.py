"""Damaged and hostile papers cost no more than their bounds, and each gets a true sentence; the bench reads all of them."""

import io

import pytest

from papers import reading
from papers.bounded import WHY, Unreadable, read_bounded
from papers.facts import Facts
from tests.papers import damaged

pytestmark = pytest.mark.heavy
EVERY = 4


def outcome(content, form):
    """The facts, or in one word why there are none."""
    try:
        return reading.read(content, form)
    except reading.Unreadable as refusal:
        return refusal.word


def test_what_is_damaged_is_read_or_refused():
    outcomes = {name: outcome(content, form) for name, form, content in [*damaged.broken()][::EVERY]}
    assert {name for name, came in outcomes.items() if not isinstance(came, Facts) and came not in WHY} == set()
    facts = [came for came in outcomes.values() if isinstance(came, Facts)]
    assert [Facts.from_json(one.as_json()) for one in facts] == facts


@pytest.mark.parametrize("name", damaged.QUICK)
def test_what_would_harm_its_reader_ends_within_its_bounds(name, settings):
    form, content = next((form, make()) for known, form, make in damaged.hostile() if known == name)
    said = bounded(io.BytesIO(content), form)
    assert said in WHY.values() or said < settings.READING_SECONDS * 1000


def bounded(file, form):
    """The milliseconds that it took, or the sentence."""
    try:
        return read_bounded(file, form).cpu
    except Unreadable as refusal:
        return refusal.sentence


def test_there_are_a_hundred_of_them():
    assert len([*damaged.broken(), *damaged.hostile()]) >= 100


def test_a_child_that_is_told_to_stop_says_so(settings):
    settings.READING_SECONDS = 0
    with pytest.raises(Unreadable, match="识读超过 0 秒，没有读完"):
        read_bounded(io.BytesIO(b"<a/>"), "xml")


def test_a_child_that_gets_no_memory_says_so(settings):
    settings.READING_MEGABYTES = 4
    with pytest.raises(Unreadable) as refusal:
        read_bounded(io.BytesIO(b"<a/>"), "xml")
    assert refusal.value.sentence in WHY.values()
