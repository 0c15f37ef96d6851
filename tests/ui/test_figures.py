"""Figures are 0 to 9, and full width is folded by one table."""

import ast
import re

import pytest
from django import forms
from django.core.exceptions import ValidationError

from accounts.certification.forms import TenThousandField
from accounts.login.adapter import as_phone
from accounts.login.forms import CodeForm
from accounts.security.second_factor.forms import word_code
from accounts.uscc import normalise
from tests.test_house import ROOT, sources
from ui.fields import AccountNumberField, CountField, DateField, MoneyField, PhoneField
from ui.figures import UNSEEN, are_figures, half_width, looks_like_a_number
from vouchers.checks import digits

FULL = str.maketrans("0123456789-", "０１２３４５６７８９－")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PLACE = ROOT / "ui" / "figures.py"
WIDE = {"isdigit", "isdecimal", "isnumeric"}
NFKC = {
    ROOT / "ui" / name for name in ("words.py", "han.py", "names.py", "contacts.py")
}  # words that are looked for and names, no figures


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (MoneyField(), "12"),
        (TenThousandField(), "12"),
        (CountField(), "12"),
        (PhoneField(), "13812345678"),
        (AccountNumberField(), "1200000000000001"),
        (DateField(), "2026-01-31"),
    ],
)
def test_a_field_reads_full_width_and_no_digits_of_another_script(field, typed):
    assert field.clean(typed.translate(FULL)) == field.clean(typed)
    for other in (typed.translate(ARABIC), typed[:-1] + "٨", typed[:-1] + "²", typed[:-1] + "①"):
        with pytest.raises(ValidationError):
            field.clean(other)


PASTED = ["{}", "\u202a{}\u202c", "\u200b{}\ufeff", "\u2066 {}\u2069"]


@pytest.mark.parametrize("around", PASTED)
@pytest.mark.parametrize("typed", ["+8613812345678", "008613812345678", "+86 138 1234 5678", "(+86)138-1234-5678"])
def test_a_pasted_phone_number_is_read(typed, around):
    pasted = around.format(typed)
    assert PhoneField().clean(pasted) == as_phone(pasted) == digits(pasted) == "13812345678"


@pytest.mark.parametrize("around", PASTED)
def test_pasted_codes_are_read(around):
    assert normalise(around.format("9112 0104-0000 0001 9e")) == "91120104000000019E"
    assert half_width(around.format("２３４４ 2000")) == "23442000"
    factor = forms.Form()
    factor.fields["code"] = forms.CharField()
    word_code(factor, "")
    assert factor.fields["code"].clean(around.format("１23 456")) == "123456"
    form = CodeForm({"code": around.format("12 34-56")})
    assert form.is_valid()
    assert form.cleaned_data["code"] == "123456"


def test_what_nobody_sees_is_dropped_wherever_figures_are_read():
    marks = [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
    assert set(map(chr, marks)) <= set(UNSEEN)
    assert half_width(UNSEEN.join("12")) == "12"


def test_a_phone_number_in_other_digits_finds_no_account():
    assert as_phone("+86 138－1234－5678") == as_phone("１３８12345678") == "13812345678"
    assert as_phone("138" + "12345678".translate(ARABIC)) == ""


@pytest.mark.parametrize("typed", ["1²", "①00", "1_000", "1e3", "一"])
@pytest.mark.parametrize("field", [MoneyField(), TenThousandField(), CountField()])
def test_a_number_is_never_guessed(field, typed):
    with pytest.raises(ValidationError):
        field.clean(typed)


def test_full_width_is_folded_by_the_table_alone():
    assert half_width("－１，０００．５０　￥ａ") == "-1,000.50¥a"
    assert half_width("²①㎡") == "²①㎡"
    assert half_width("1—2−3") == "1-2-3"


def test_what_is_a_number_to_a_reader_is_no_user_name():
    assert looks_like_a_number("13812345678".translate(ARABIC))
    assert not are_figures("13812345678".translate(ARABIC))


def strays(tree):
    """Lines of a source that read digits of every script."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in WIDE:
            yield node.lineno
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"\\[dD](?![a-z])", node.value):
            yield node.lineno


@pytest.mark.heavy
def test_digits_are_read_in_one_place():
    found = {path: list(strays(ast.parse(path.read_text()))) for path in sources() if path != PLACE}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.heavy
def test_full_width_is_folded_in_one_place():
    assert {path for path in sources() if 'normalize("NFK' in path.read_text()} == NFKC
    scripts = (ROOT / "static" / "js").glob("*.js")
    assert [path.name for path in scripts if "normalize(" in path.read_text()] == []


def test_the_tripwire_sees_what_it_is_for():
    source = 'x.isdigit()\nre.compile(r"\\d+")\nstr.isdecimal\n"[0-9]"'
    assert sorted(strays(ast.parse(source))) == [1, 2, 3]
