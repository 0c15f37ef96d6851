"""Capitals against the examples of domain.md §3 and a reader written for this test."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.capitals import capitals

UNITS = {"仟": 1000, "佰": 100, "拾": 10}
DIGITS = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}


def read_group(text):
    total, digit = 0, 0
    for sign in text:
        if sign in UNITS:
            total, digit = total + digit * UNITS[sign], 0
        else:
            digit = DIGITS[sign]
    return total + digit


def read(text):
    """Read capitals back into yuan; a second way, from the text alone."""
    yuan, fraction = text.removesuffix("整").split("元") if "元" in text else ("", text)
    value = Decimal(0)
    for sign, weight in (("亿", 10**8), ("万", 10**4), ("", 1)):
        part, yuan = yuan.split(sign, 1) if sign and sign in yuan else ("", yuan)
        value += read_group(part if sign else yuan) * weight
    for digit, weight in re.findall("(.)([角分])", fraction):
        value += Decimal(DIGITS[digit]) / (10 if weight == "角" else 100)
    return value


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("150000.00", "壹拾伍万元整"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("1.50", "壹元伍角"),
        ("10", "壹拾元整"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("100500", "壹拾万零伍佰元整"),
        ("100000001", "壹亿零壹元整"),
        ("100010000", "壹亿零壹万元整"),
        ("100005000", "壹亿零伍仟元整"),
        ("20010000000", "贰佰亿壹仟万元整"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_the_form_writes_amounts_as_banks_do(amount, text):
    assert capitals(Decimal(amount)) == text


@pytest.mark.parametrize("amount", ["-0.01", "1000000000000", "0.001", "NaN", "Infinity"])
def test_what_no_form_can_hold_is_refused(amount):
    with pytest.raises(ValueError, match="cannot write"):
        capitals(Decimal(amount))


@given(st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2))
def test_capitals_read_back_to_the_amount(amount):
    assert read(capitals(amount)) == amount


@given(st.decimals(min_value=0, max_value=Decimal("999999999999.99"), places=2))
def test_capitals_never_carry_two_zeros_in_a_row_nor_a_zero_before_a_unit(amount):
    text = capitals(amount)
    assert "零零" not in text
    assert not re.search("零[仟佰拾万亿角分]|.零元", text)
    assert text.endswith("整") == (amount == amount.to_integral_value())
