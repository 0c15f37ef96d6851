"""Of Bootstrap what a page can need, no more and no less."""

import pytest

from tten.local.make_styles import CHOSEN, chosen_of, drawn


@pytest.mark.heavy
def test_the_choice_is_the_one_that_the_pages_ask_for():
    """A template uses a class that none had before: python -m tten.local.make_styles."""
    assert CHOSEN.read_text() == drawn()


def test_a_rule_stays_for_a_class_that_is_used_and_goes_with_one_that_is_not():
    sheet = ".btn{a:b}.btn,.nav{c:d}.nav{e:f}p{g:h}.btn:not(.nav){i:j}.btn .nav{k:l}"
    assert chosen_of(sheet, {"btn"}) == ".btn{a:b}.btn{c:d}p{g:h}.btn:not(.nav){i:j}"


def test_a_class_that_a_template_puts_together_stays():
    assert chosen_of(".btn-primary{a:b}.badge{c:d}", set(), {"btn-"}) == ".btn-primary{a:b}"


def test_what_is_nested_is_chosen_too_and_an_empty_frame_goes():
    sheet = '@charset "UTF-8";/* who */@media print{.nav{a:b}p{c:d}}@media screen{.nav{a:b}}[data-bs-theme=dark] p{e:f}'
    assert chosen_of(sheet, set()) == "@media print{p{c:d}}"
