"""What a group of experts is and what it says: rules over people and words that stand in no database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews import panel
from reviews.models import OfficeMember, PanelSeat, Turn
from tests.helpers import ruled_out
from tests.unsaved import AT, having

ASKED, CUT = Decimal(50_000), Decimal("43210.00")


def group(number, financial=1):
    """So many experts, of whom so many are financial; nobody of them is known to the database."""
    return [OfficeMember(is_financial=place < financial) for place in range(number)]


@pytest.mark.parametrize("number", [0, 1, 2, 4, 6])
def test_a_group_is_odd_and_at_least_three(number):
    with ruled_out("R-PANEL", match=f"现在选了 {number} 人"):
        panel.check_group(group(number))


@pytest.mark.parametrize("number", [3, 5, 7])
def test_an_odd_number_with_a_financial_expert_is_a_group(number):
    panel.check_group(group(number))
    panel.check_group(group(number, financial=number))
    with ruled_out("R-PANEL", match="财务专家"):
        panel.check_group(group(number, financial=0))


@pytest.mark.parametrize(("word", "named", "meant"), [("agree", 1, ASKED), ("refuse", 1, 0), ("cut", CUT, CUT)])
def test_each_word_has_its_amount(word, named, meant):
    assert panel.amount_meant(word, Decimal(named), asked=ASKED, text="理由。") == meant


@pytest.mark.parametrize("word", ["cut", "refuse"])
@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_a_cut_and_a_refusal_need_words(word, text):
    with ruled_out("R-WORDS"):
        panel.amount_meant(word, CUT, asked=ASKED, text=text)


@pytest.mark.parametrize("amount", [None, 0, -1, 50_000, 50_001])
def test_a_cut_lies_below_what_is_asked_for(amount):
    with ruled_out("R-SUM"):
        panel.amount_meant("cut", amount, asked=ASKED, text="理由。")


def heard(*words):
    """A turn whose group has given these words: agree, refuse, or yuan for a cut; `None` has stepped aside."""
    seats = [
        PanelSeat(recused_at=AT)
        if word is None
        else PanelSeat(
            word="cut" if isinstance(word, int) else word,
            given_at=AT,
            amount={"agree": 50_000, "refuse": 0}.get(word, word),
        )
        for word in words
    ]
    return having(Turn(), seats=seats)


@pytest.mark.parametrize(
    ("words", "amount", "is_for"),
    [
        (("agree", "agree", "agree"), 50_000, True),
        (("agree", "refuse", "agree"), 50_000, True),
        (("agree", "refuse", "refuse"), 0, False),
        ((30_000, 20_000, "agree"), 30_000, True),
        ((30_000, 20_000, "refuse"), 20_000, True),
        (("refuse", None, "agree", 10_000), 10_000, True),
        (("refuse", "refuse", 40_000, 30_000, "agree"), 30_000, True),
        (("refuse", "refuse", "refuse", 30_000, "agree"), 0, False),
    ],
)
def test_the_group_names_the_median_and_refuses_by_half(words, amount, is_for):
    turn = heard(*words)
    assert (panel.group_amount(turn), panel.is_group_for(turn)) == (amount, is_for)


@given(st.lists(st.integers(0, 50_000), min_size=3, max_size=9).filter(lambda amounts: len(amounts) % 2))
def test_half_of_the_group_names_as_much_and_half_no_more(amounts):
    named = panel.group_amount(heard(*amounts))
    assert sum(amount >= named for amount in amounts) * 2 > len(amounts)
    assert sum(amount <= named for amount in amounts) * 2 > len(amounts)
