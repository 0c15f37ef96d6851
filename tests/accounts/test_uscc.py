"""Credit codes: read kindly, judged exactly."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.uscc import ALPHABET, UsccField, check, is_public_institution, normalise, problems

FIXTURES = [
    "91120104000000019E",
    "91120116000000027M",
    "91120222MA00000312",
    "121200000000000510",
    "9111010800000006X7",
    "91130100000000078U",
    "52120000000000086E",
]
GOOD = FIXTURES[0]


def codes_of(text):
    return [problem.code for problem in problems(text)]


def weighted_check(body):
    """Compute the check character from GB 32100 directly: weights 3^(i−1) mod 31."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return signs[(31 - total % 31) % 31]


@pytest.mark.parametrize("code", FIXTURES)
def test_the_fixture_codes_pass(code):
    assert check(code) == code


@pytest.mark.parametrize(
    "typed",
    [
        "91120104000000019e",
        " 9112 0104 0000 0001 9E ",
        "９１１２０１０４０００００００１９Ｅ",
        "９１１２０１０４０００００００１９ｅ",
        "911201-04000000019-E",
        "\u3000911201\u00a004000000019E\u200b",
    ],
)
def test_case_spaces_and_full_width_make_no_difference(typed):
    assert check(typed) == GOOD


def test_the_letter_o_is_named_and_never_taken_for_zero():
    with pytest.raises(ValidationError) as refusal:
        check("9112O1O4000000019E")
    assert refusal.value.messages == [
        "第 5 位“O”不是统一社会信用代码使用的字符，如应为数字 0 请改正。",
        "第 7 位“O”不是统一社会信用代码使用的字符，如应为数字 0 请改正。",
    ]


@pytest.mark.parametrize("sign", "IOSVZ津*é")
def test_a_character_outside_the_alphabet_is_named(sign):
    [problem] = problems(GOOD[:8] + sign + GOOD[9:])
    assert problem.code == "alphabet"
    assert problem.message.startswith(f"第 9 位“{sign}”")


@pytest.mark.parametrize(("typed", "length"), [(GOOD[:-1], 17), (GOOD + "0", 19), ("", 0)])
def test_a_wrong_length_says_how_long_it_is(typed, length):
    [problem] = problems(typed)
    assert (problem.code, problem.message) == ("length", f"统一社会信用代码应为 18 位，现在是 {length} 位，请核对。")


def test_a_short_code_with_a_foreign_letter_names_both():
    assert codes_of("9112O") == ["alphabet", "length"]


def test_a_letter_in_the_region_is_named():
    [problem] = problems("91A20104000000019E")
    assert problem.code == "prefix"
    assert problem.message.startswith("第 3 位“A”应为数字")


@pytest.mark.parametrize("place", range(17))
def test_any_single_wrong_digit_breaks_the_check_and_nothing_else(place):
    other = "2" if GOOD[place] == "1" else "1"
    assert codes_of(GOOD[:place] + other + GOOD[place + 1 :]) == ["checksum"]


@given(st.text("0123456789", min_size=8, max_size=8), st.text(sorted(ALPHABET), min_size=9, max_size=9))
def test_the_check_character_is_that_of_the_standard(head, organisation):
    body = head + organisation
    right = weighted_check(body)
    assert check(body + right) == body + right
    assert all(codes_of(body + sign) == ["checksum"] for sign in ALPHABET - {right})


@pytest.mark.parametrize("code", ["N1120104000000019", "Y1120104000000019", "A1120104000000019"])
def test_authorities_with_a_letter_are_known(code):
    assert codes_of(code + weighted_check(code)) == []


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing_and_never_raises(text):
    assert normalise(normalise(text)) == normalise(text)
    problems(text)


@pytest.mark.parametrize(("code", "public"), [("121200000000000510", True), (GOOD, False)])
def test_a_public_institution_is_known_by_its_code(code, public):
    assert is_public_institution(code) is public


class CodeForm(forms.Form):
    code = UsccField()
    admitted = UsccField(admit_checksum=True, required=False)


def test_a_form_cleans_to_the_normal_form():
    form = CodeForm({"code": " 91120104000000019e", "admitted": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"code": GOOD, "admitted": ""}


def test_a_form_keeps_the_check_digit_apart_so_that_the_platform_can_admit_it():
    wrong = GOOD[:-1] + "F"
    form = CodeForm({"code": wrong, "admitted": wrong})
    assert form.errors.as_data().keys() == {"code"}
    assert [error.code for error in form.errors.as_data()["code"]] == ["checksum"]


def test_what_the_platform_admits_must_still_look_like_a_code():
    form = CodeForm({"code": GOOD, "admitted": "9112O104000000019E"})
    assert [error.code for error in form.errors.as_data()["admitted"]] == ["alphabet"]


def test_an_empty_code_is_only_missing():
    form = CodeForm({"code": "  "})
    assert [error.code for error in form.errors.as_data()["code"]] == ["required"]


def test_the_input_does_not_cut_a_pasted_code():
    assert "maxlength" not in str(CodeForm()["code"])
