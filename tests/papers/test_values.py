"""One spelling for what is read; what is no such thing is nothing."""

import pytest

from papers import values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10000", "10000.00"),
        ("¥1,234,567.80", "1234567.80"),
        ("￥１，２３４．５０", "1234.50"),
        ("CNY 12.30", "12.30"),
        ("人民币100.00元", "100.00"),
        ("-104.72", "-104.72"),
        ("¥-104.72", "-104.72"),
        ("0.00", "0.00"),
        ("9433.960", "9433.96"),
        *(
            (text, "")
            for text in ("nan", "inf", "1e17", "12.345", "1,23.00", "99999999999", "", "***", "１²", "12.3.4")
        ),
    ],
)
def test_an_amount(text, value):
    assert values.amount(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026年03月01日", "2026-03-01"),
        ("2026-3-1", "2026-03-01"),
        ("2026/03/01 10:21:09", "2026-03-01"),
        ("2026-03-01T10:21:09", "2026-03-01"),
        ("20260301", "2026-03-01"),
        ("2026.03.01", "2026-03-01"),
        ("２０２６年３月１⽇", "2026-03-01"),
        ("二〇二六年三月十五日", "2026-03-15"),
        ("二○二六年十二月三十日", "2026-12-30"),
        ("二〇二五年十月二十日", "2025-10-20"),
        *(
            (text, "")
            for text in ("2026-02-30", "20261301", "1026-01-01", "2999-01-01", "二〇二六年十三月一日", "明天", "")
        ),
    ],
)
def test_a_day(text, value):
    assert values.day(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("91120104 00000001 9e", "91120104000000019E"),
        ("HT-2026-001", "HT-2026-001"),
        ("发票", ""),
        ("12", ""),
    ],
)
def test_a_code(text, value):
    assert values.code(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (" 海河 样例（天津） 有限公司 ", "海河样例（天津）有限公司"),
        ("：海河样例⼤学", "海河样例大学"),
        ("Haihe  Sample Co., Ltd", "Haihe Sample Co., Ltd"),
        ("字" * 121, ""),
        ("  ", ""),
    ],
)
def test_a_name(text, value):
    assert values.name(text) == value


@pytest.mark.parametrize("words", ["壹万元整", "壹万圆整", "壹万元正", "壹万元"])
def test_an_amount_in_words_is_compared_by_what_it_says(words):
    assert values.is_in_words("10000.00", words)
    assert not values.is_in_words("100000.00", words)
    assert not values.is_in_words("-10000.00", words)


def test_words_of_amounts_are_found_in_running_text():
    assert values.words_of_amounts("合同总金额:人民币壹仟零伍元叁角(¥1005.30),分期支付") == ["壹仟零伍元叁角"]


def test_what_looks_equal_is_alike():
    assert values.alike("海河样例（天津）有限公司", "海河样例(天津)有限公司")
    assert not values.alike("海河样例有限公司", "海河示例有限公司")
