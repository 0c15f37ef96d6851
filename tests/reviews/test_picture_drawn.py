"""工作情况: shares, days and bars, as they are reckoned from figures alone."""

import datetime as dt

import pytest

from reviews.models.figures import days_within, month_of, percent
from reviews.picture.bars import LABEL, LONG, bars_of

pytestmark = pytest.mark.bare


def test_the_drawing_says_in_words_what_it_shows():
    drawn = bars_of("每月办结", [("2026-10", 5), ("2026-11", 10), ("很长很长很长很长很长的一个名称", 0)])
    assert drawn.words == "每月办结：2026-10 5，2026-11 10，很长很长很长很长很长的一个名称 0。"
    assert [bar.width for bar in drawn.bars] == [LONG // 2, LONG, 1]
    assert len(drawn.bars[2].short) == LABEL
    assert bars_of("空", []).high == 0


@pytest.mark.parametrize(
    ("days", "share", "within"),
    [
        ({}, 50, None),
        ({"0": 1}, 50, 0),
        ({"5": 1}, 80, 5),
        ({"1": 1, "2": 1}, 50, 1),  # half of two is one
        ({"1": 1, "2": 1}, 51, 2),
        ({"1": 1, "2": 1, "3": 1}, 50, 2),  # the middle of three
        ({"1": 8, "3": 1, "10": 1}, 80, 1),
        ({"1": 8, "3": 1, "10": 1}, 81, 3),
        ({"10": 1, "9": 1}, 50, 9),  # days are numbers, not words
        ({"2": 4, "4": 1}, 80, 2),
        ({"2": 3, "4": 2}, 80, 4),
        ({"0": 99, "30": 1}, 100, 30),
    ],
)
def test_days_within_which_a_share_was_decided(days, share, within):
    assert days_within(days, share) == within


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 0, ""),
        (0, 3, "0%"),
        (1, 3, "33%"),
        (1, 2, "50%"),
        (2, 3, "66%"),
        (3, 3, "100%"),
        (99, 100, "99%"),
        (999, 1000, "99%"),
    ],
)
def test_a_share_is_never_rounded_up(part, whole, words):
    assert percent(part, whole) == words


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ((2026, 11, 1), (2026, 11, 1)),
        ((2026, 11, 30), (2026, 11, 1)),
        ((2028, 2, 29), (2028, 2, 1)),
        ((2026, 2, 28), (2026, 2, 1)),
        ((2026, 1, 1), (2026, 1, 1)),
        ((2026, 1, 31), (2026, 1, 1)),
        ((2026, 12, 31), (2026, 12, 1)),
        ((2027, 10, 15), (2027, 10, 1)),
    ],
)
def test_the_month_of_a_day(day, first):
    assert month_of(dt.date(*day)) == dt.date(*first)


@pytest.mark.parametrize(
    ("figures", "widths"),
    [([], []), ([0], [1]), ([0, 0], [1, 1]), ([7], [LONG]), ([1, 2], [LONG // 2, LONG]), ([1, 1000], [1, LONG])],
)
def test_the_longest_bar_fills_the_room_and_none_vanishes(figures, widths):
    drawn = bars_of("样例", [(str(number), number) for number in figures])
    assert [bar.width for bar in drawn.bars] == widths
