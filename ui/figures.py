"""What people type as figures: 0 to 9 alone. Full width is folded by a table, as static/js/figures.js does."""

import re
from decimal import Decimal

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"  # hyphens, dashes and the minus sign
UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"  # comes along when pasted
NUMBER = re.compile(r"[+-]?([0-9]{1,20}\.?[0-9]*|\.[0-9]+)")
FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0xFFE5: "¥"} | dict.fromkeys(map(ord, DASHES), "-")
GREATEST = Decimal(10) ** 10  # yuan; the column holds twelve figures
AMOUNT_FAULTS = {  # code of a fault → what is said of an amount, by the server and while it is typed
    "invalid": "金额只能是数字，例如 10000.00，请改正。",
    "min_value": "金额应大于 0，请填写实际金额。",
    "max_value": "金额过大，请核对单位是否为元。",
    "max_decimal_places": "金额最多两位小数（到分），请改正。",
}
PHONE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(
    r"(0[0-9]{2,3}-?)?[0-9]{7,8}([-转][0-9]{1,6})?|[48]00-?[0-9]{3,4}-?[0-9]{3,4}|1[0-9]{4}|9[0-9]{4,5}"
)
COUNTRY = re.compile(r"^(\+|00)?86(?=1[0-9]{10}$)")


def visible(text: str) -> str:
    """The text without what nobody sees: marks of direction and of width that a pasted number brings along."""
    return text.translate(dict.fromkeys(map(ord, UNSEEN)))


def half_width(text: str) -> str:
    """The text with full-width letters, figures and signs as half-width ones, and neither a space nor an invisible sign.

    A table, not NFKC: that reads 1² as 12 and ①00 as 100.
    """
    return "".join(visible(text).translate(FOLDED).split())


def are_figures(text: str) -> bool:
    """Whether the text is 0 to 9 alone; digits of other scripts are none, though int() takes them."""
    return text.isascii() and text.isdigit()


def looks_like_a_number(text: str) -> bool:
    """Whether a reader takes the text for a number, in figures of whatever script and with + before it."""
    return all(sign == "+" or sign.isdecimal() for sign in text)


def bare_phone(text: str) -> str:
    """A phone number without spaces, hyphens, brackets and the country's code; whether it is one is not asked."""
    return COUNTRY.sub("", re.sub(r"[-()]", "", half_width(text)))


def bare_landline(text: str) -> str:
    """A number of an institution: a mobile one bare, any other in half width with its hyphens, the area code without brackets."""
    typed = half_width(text)
    mobile = bare_phone(typed)
    return mobile if PHONE.fullmatch(mobile) else re.sub(r"^\((0[0-9]{2,3})\)-?", r"\1-", typed)
