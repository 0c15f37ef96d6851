from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ui.fields import (
    PAPERS_SINCE,
    AccountNumberField,
    DateField,
    FilesField,
    MoneyField,
    NameField,
    PersonField,
    PhoneField,
)
from ui.names import OF_ONE_MACHINE

NOON = "2026-03-10 12:00+08:00"


def refusal(field, value):
    with pytest.raises(ValidationError) as refused:
        field.clean(value)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    "typed", ["10000", "10,000.00", "１０，０００．００", " 10 000.0 ", "¥10,000", "￥10000元", "10000."]
)
def test_an_amount_is_read_however_it_is_typed(typed):
    assert MoneyField().clean(typed) == Decimal("10000.00")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0", "金额应大于 0，请填写实际金额。"),
        ("-5", "金额应大于 0，请填写实际金额。"),
        ("1.005", "金额最多两位小数（到分），请改正。"),
        ("10000000000", "金额过大，请核对单位是否为元。"),
        ("一万", "金额只能是数字，例如 10000.00，请改正。"),
        ("nan", "金额只能是数字，例如 10000.00，请改正。"),
        ("1e17", "金额只能是数字，例如 10000.00，请改正。"),
    ],
)
def test_an_amount_that_breaks_a_rule_is_told_which(typed, sentence):
    assert refusal(MoneyField(), typed) == sentence


def test_an_empty_amount_is_none_where_it_may_be():
    assert MoneyField(required=False).clean("") is None


@pytest.mark.parametrize(
    "typed", ["13812345678", "+86 138 1234 5678", "8613812345678", "１３８１２３４５６７８", "138-1234-5678"]
)
def test_a_phone_number_is_read_however_it_is_typed(typed):
    assert PhoneField().clean(typed) == "13812345678"


@pytest.mark.parametrize("typed", ["12812345678", "1381234567", "138123456789", "86138", "电话"])
def test_what_is_no_mobile_number_is_refused(typed):
    assert refusal(PhoneField(), typed) == "手机号应为 11 位数字，以 13 至 19 开头，请核对后重填。"


def test_an_account_loses_its_spaces():
    assert AccountNumberField().clean("1200 0000 ００００") == "120000000000"


@pytest.mark.parametrize("typed", ["1234567", "1" * 31, "12345678X"])
def test_an_account_has_8_to_30_figures(typed):
    assert refusal(AccountNumberField(), typed) == "银行账号应为 8 至 30 位数字，请照开户许可或银行回单填写。"


@pytest.mark.parametrize("name", ["样例科技(天津) 有限公司", "样例科技〔天津〕", "阿不都•样例", "ＡＢＣ样例"])
def test_what_was_typed_stays(name):
    assert NameField().clean(f" {name} ") == name


@pytest.mark.parametrize("name", ["阿不都·样例", "样𬭚", "㛃䶮", "〇〇", "𰻞𰻞", "𱍐𲎯", "𲎰𳑹", "𮯠𮹝"])
def test_rare_names_pass(name):
    assert NameField().clean(name) == PersonField().clean(name) == name


@pytest.mark.parametrize(
    ("typed", "name"), [("⽂⻢样例", "文马样例"), ("樂样", "樂样"), ("凉样", "凉样"), ("﨎﨏", "﨎﨏")]
)
def test_what_looks_like_a_character_becomes_it(typed, name):
    assert NameField().clean(typed) == name


def test_invisible_signs_of_a_name_are_dropped():
    assert NameField().clean("样\u200b例\u202c") == "样例"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("一", "名称至少两个字，请照证件填写全称。"),
        ("123", "名称至少两个字，请照证件填写全称。"),
        ("样\x7f例", "名称中有不可见的字符，请重新输入，不要粘贴。"),
        (
            "样\ue863例",
            OF_ONE_MACHINE.format(word="名称", place=2, code="U+E863"),
        ),
    ],
)
def test_what_is_no_name_is_refused(name, sentence):
    assert refusal(NameField(), name) == sentence


@pytest.mark.parametrize("typed", ["2026-01-31", "2026/1/31", "2026年1月31日", "20260131", "２０２６．０１．３１"])
def test_a_day_is_read_however_it_is_typed(typed):
    assert DateField().clean(typed).isoformat() == "2026-01-31"


def test_a_paper_is_not_of_tomorrow(time_machine):
    time_machine.move_to(NOON)
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert refusal(DateField(ahead=0), tomorrow) == "日期不能晚于今天，请照材料上的日期填写。"
    assert DateField().clean(tomorrow) == tomorrow


def test_the_calendar_of_a_paper_ends_today(time_machine):
    time_machine.move_to(NOON)
    field = DateField(ahead=0)
    assert f'max="{timezone.localdate().isoformat()}"' in field.widget.render("day", None)


@pytest.mark.parametrize(
    ("limits", "typed", "sentence"),
    [
        ({}, "0026-11-24", "您填写的是 0026-11-24，日期不能早于 1900-01-01，请核对年份。"),
        ({}, "9999-12-31", "您填写的是 9999-12-31，日期不能晚于 2126-11-24，请核对年份。"),
        (
            {"since": PAPERS_SINCE, "ahead": 0},
            "1999-12-31",
            "您填写的是 1999-12-31，日期不能早于 2000-01-01，请核对年份。",
        ),
        ({"back": 0, "ahead": 5}, "2026-11-23", "您填写的是 2026-11-23，日期不能早于 2026-11-24，请核对年份。"),
        ({"back": 0, "ahead": 5}, "2031-11-25", "您填写的是 2031-11-25，日期不能晚于 2031-11-24，请核对年份。"),
    ],
)
def test_a_day_lies_between_the_first_and_the_last_of_its_kind(limits, typed, sentence):
    assert refusal(DateField(**limits), typed) == sentence
    first, last = DateField(**limits).limits()
    assert DateField(**limits).clean(f"{first}") == first
    assert DateField(**limits).clean(f"{last}") == last


def test_the_calendar_offers_what_is_taken():
    assert 'min="2024-11-24" max="2029-11-24"' in DateField(back=2, ahead=3).widget.render("day", None)


def test_files_are_counted():
    files = [SimpleUploadedFile(f"{n}.pdf", b"x") for n in range(3)]
    assert FilesField(most=3).clean(files) == files
    assert refusal(FilesField(most=2), files) == "最多上传 2 个文件，请去掉多余的。"
    assert FilesField(required=False).clean([]) == []


FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


@given(st.decimals(Decimal("0.01"), Decimal("9999999999.99"), places=2))
def test_every_amount_that_is_printed_is_read_again(amount):
    for typed in (f"{amount}", f"{amount:,.2f}", f" ¥{amount:,.2f} 元", f"{amount:,.2f}".translate(FULL_WIDTH)):
        assert MoneyField().clean(typed) == amount


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", "+86 ", "86", "+86-"]))
def test_every_number_is_read_with_the_country_before_it_and_parts_apart(number, country):
    assert PhoneField().clean(f"{country}{number[:3]}-{number[3:7]} {number[7:]}") == number


@given(st.from_regex(r"[0-9]{8,30}", fullmatch=True))
def test_every_account_is_read_in_groups_of_four(number):
    assert AccountNumberField().clean(" ".join(number[at : at + 4] for at in range(0, len(number), 4))) == number
