"""Contact data is found where somebody writes it; standards, amounts, models, dates and case numbers are none."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ui.contacts import contact_in, without_contact

FOUND = {
    "请打 13812345678 联系": "13812345678",
    "电话：138 1234 5678。": "138 1234 5678",
    "手机138-1234-5678": "138-1234-5678",
    "１３８１２３４５６７８": "13812345678",
    "+86 13812345678": "+86 13812345678",
    "022-23532900 转 817": "022-23532900",
    "（022）23532900": "(022)23532900",
    "0316 5912345": "0316 5912345",
    "发到 lab.one@sample.example.com 即可": "lab.one@sample.example.com",
    "QQ：123456789": "QQ:123456789",
    "qq群 87654321": "qq群 87654321",
    "微信号 sample_lab01": "微信号 sample_lab01",
    "微信：13812345678": "微信:13812345678",
    "加我微信sample2026": "加我微信sample2026",
    "VX: abc_12345": "VX: abc_12345",
}
NONE = (
    "GB/T 228.1-2021、ISO 6892-1:2019、ASTM E8/E8M-21",
    "微信小程序和 WeChat Pay 接口测试，支持微信登录、QQ 登录",
    "预算 13812345678 元，另有 13812345678.50 元",
    "统一社会信用代码 91120104000000019E，帐号 6222021302001234567",
    "样品批号 022-20261203，订单 DD202612031234，型号 MTS-13812345678",
    "激光 100MHz@3.5dB，5 V@2.5 A",
    "2026-12-03 09:00–11:00，温度 -40~85 ℃，1550 nm",
    "",
)
HAN = st.text(alphabet="请测试样品检验报告联系方法，。；：\n 的是在", max_size=20)


@pytest.mark.bare
@pytest.mark.parametrize(("text", "found"), FOUND.items())
def test_a_contact_is_named_as_it_was_found(text, found):
    assert contact_in(text) == found


@pytest.mark.bare
@pytest.mark.parametrize("text", NONE)
def test_what_is_none_passes(text):
    assert contact_in(text) == ""
    without_contact(text)


@pytest.mark.bare
def test_the_refusal_names_the_piece_and_says_where_contacts_stand():
    with pytest.raises(ValidationError, match=r"“13812345678”像是电话.*下单以后双方看得到"):
        without_contact("13812345678")


@given(HAN, st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), HAN)
def test_a_phone_among_chinese_is_always_found(before, phone, after):
    assert phone in contact_in(f"{before}{phone}{after}")


@given(
    HAN,
    st.sampled_from(["GB/T ", "GB ", "JB/T ", "HB ", "ISO ", "IEC ", "YY/T "]),
    st.integers(1, 99999),
    st.sampled_from(["", ".1", ".12"]),
    st.integers(1950, 2050),
    HAN,
)
def test_no_standard_is_taken_for_one(before, body, number, part, year, after):
    assert contact_in(f"{before}{body}{number}{part}-{year}{after}") == ""


@given(HAN, st.integers(0, 10**12), st.sampled_from(["元", " 元", "万元", ".50 元"]), HAN)
def test_no_amount_is_taken_for_one(before, amount, unit, after):
    assert contact_in(f"{before}{amount}{unit}{after}") == contact_in(f"{before}¥{amount:,}.00{after}") == ""


@given(HAN, st.from_regex(r"[A-Z]{1,5}[-/]?[0-9]{1,14}[A-Z]{0,2}", fullmatch=True), HAN)
def test_no_model_is_taken_for_one(before, model, after):
    if model.startswith(("QQ", "VX")):
        return
    assert contact_in(f"{before}{model}{after}") == ""
