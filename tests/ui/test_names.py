"""When two names are the same to a reader, and what a letter of a name is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.han import IDEOGRAPHS, as_characters, is_letter
from ui.names import BRACKETS, DOTS, as_compared, own_sign, same_name
from ui.words import folded

pytestmark = pytest.mark.bare
SIGNS = "样例科技天津ＡBcabｃ１２①²·．•.・()（）〔】“”\"'－—- 　\u200b\ufe00⽂⻢樂凉𠮷𲎰éﬁª"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("海河样例（天津）公司", "海河样例(天津)公司"),
        ("海河样例【天津】公司", "海河样例〔天津〕 公司"),
        ("阿不都·样例", "阿不都．样例"),
        ("阿不都•样例", "阿不都‧样例"),
        ("ＡＢＣ样例", "ABC样例"),
        ("⽂⻢样例", "文马样例"),
        ("葛\U000e0100样例", "葛样例"),
        ("“样例”公司", '"样例"公司'),
        ("样例\u200b公司", "样例公司"),
    ],
)
def test_what_looks_equal_is_equal(one, other):
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("1²", "12"), ("①00", "100"), ("样例", "样例公司"), ("ABC", "abc"), ("样㎡", "样m2")]
)
def test_what_does_not_is_not(one, other):
    assert not same_name(one, other)


@given(st.text(st.sampled_from(SIGNS), max_size=20))
def test_to_fold_again_changes_nothing(name):
    assert as_compared(as_compared(name)) == as_compared(name)
    assert as_characters(as_characters(name)) == as_characters(name)
    assert same_name(name, as_characters(name))
    assert same_name(name, f" {name}\ufeff")


@given(st.text(st.sampled_from(SIGNS), max_size=20), st.sampled_from(BRACKETS[:12]), st.sampled_from(DOTS))
def test_neither_bracket_nor_dot_tells_names_apart(name, bracket, dot):
    assert same_name(name.replace("(", bracket), name.replace("(", "("))
    assert same_name(name.replace("·", dot), name)


def test_every_character_of_every_extension_is_a_letter():
    assert all(is_letter(chr(end)) for ends in IDEOGRAPHS.ranges for end in ends)
    assert not any(is_letter(sign) for sign in "1²·（ \ue000☐")
    assert own_sign("样例", "姓名") == ""


def test_words_that_are_looked_for_are_folded_as_names_are():
    assert folded("⽂⻢ＡＢ") == "文马ab"
