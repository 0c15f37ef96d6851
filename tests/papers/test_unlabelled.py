"""What a paper says without a label is taken where a rule holds it, and left where it could be something else."""

import pytest

from papers.facts import Kind
from papers.merging import merged
from papers.readers.text import read_text
from tests.papers.test_layout import set_out


def read(*lines):
    """One page of lines, each a text or (x, text) parts; a blank is half a sign of room."""
    glyphs = []
    for row, line in enumerate(lines):
        for x, text in [(0.0, line)] if isinstance(line, str) else line:
            for place, word in enumerate(text.split(" ")):
                before = sum(len(other) for other in text.split(" ")[:place])
                glyphs += set_out(word, x=x + 10.0 * before + 3.0 * place, y=20.0 * row)
    return merged([read_text([glyphs])])


def said(facts, *names):
    return tuple(facts.value(name) for name in names)


def test_a_sum_under_a_longer_word_is_no_word_that_is_set_downwards():
    facts = read(
        "电子发票（普通发票）",
        [(30.0, "合"), (44.0, "计"), (200.0, "¥100.00"), (400.0, "¥6.00")],
        [(14.0, "价税合计（大写）"), (200.0, "壹佰零陆元整"), (400.0, "¥106.00")],
    )
    assert said(facts, "net", "tax", "gross") == ("100.00", "6.00", "106.00")


def test_a_label_that_is_repeated_in_english_announces_what_stands_below_it():
    facts = read("转账业务回单", "流水号SerialNo.", "A260301", "付款人账号PayerA/C", "0302710400")
    assert said(facts, "serial", "payer_account") == ("A260301", "0302710400")


def test_a_serial_that_begins_like_an_english_word_is_whole():
    assert read("电子回单", "流水号：NO20260301").value("serial") == "NO20260301"


def test_a_blank_behind_a_label_at_the_beginning_of_a_line_is_enough():
    facts = read("增值税专用发票", "购买方名称 海河样例科技有限公司")
    assert facts.value("buyer") == "海河样例科技有限公司"
    assert read("增值税专用发票", "见购买方名称 海河样例科技有限公司").value("buyer") == ""


def test_the_number_of_the_payment_counts_before_that_of_the_paper():
    facts = read("网上银行电子回单", "电子回单号码：991100220033", "交易流水号：20260301AB")
    assert facts.value("serial") == "20260301AB"


def test_the_only_day_of_a_receipt_is_read_but_not_sure():
    facts = read("客户专用回单", "币别：人民币", "2026年1月21日", "打印日期：2026-11-20")
    assert (facts.value("paid_on"), facts.of("paid_on").is_sure) == ("2026-01-21", False)
    assert read("客户专用回单", "2026年1月21日", "2026年1月22日").value("paid_on") == ""


CONTRACT = ("样机试验技术服务合同", "甲方：海河样例科技有限公司")


def test_an_amount_beside_the_same_in_words_is_that_of_the_contract_and_sure():
    facts = read(*CONTRACT, "技术服务费为人民币壹万贰仟元整（¥12,000.00）。")
    assert (facts.value("amount"), facts.of("amount").is_sure) == ("12000.00", True)


@pytest.mark.parametrize(
    "lines",
    [
        ("费用为人民币壹万贰仟元整（¥12,100.00）。",),  # figures and words differ
        ("首付款人民币叁仟元整（¥3,000.00）。",),
        ("先付人民币叁仟元整（¥3,000.00）。", "全部费用¥12,000.00"),  # something is greater
        ("人民币叁仟元整（¥3,000.00）。", "人民币玖仟元整（¥9,000.00）。"),  # two, and neither is called the whole
    ],
)
def test_an_amount_in_words_that_may_be_a_part_is_none(lines):
    assert read(*CONTRACT, *lines).value("amount") == ""


def test_of_several_amounts_in_words_the_one_that_is_called_the_whole_counts():
    lines = ("总额人民币壹万贰仟元整（¥12,000.00）。", "再付人民币叁仟元整（¥3,000.00）。")
    assert read(*CONTRACT, *lines).value("amount") == "12000.00"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("样机试验技术服务合同", "项目名称：样机试验"), "样机试验技术服务合同"),
        (("技术服务合同", "项目名称：样机试验"), "样机试验"),
        (("技术服务合同", "甲方：海河样例科技有限公司"), "技术服务合同"),
        (("样机试验技术服务合同", "合同名称：样机可靠性试验合同"), "样机可靠性试验合同"),
    ],
)
def test_a_contract_is_called_by_its_title_unless_that_names_no_matter(lines, name):
    facts = read(*lines)
    assert (facts.kind, facts.value("name")) == (Kind.CONTRACT, name)


def test_a_term_in_running_text_is_read():
    facts = read(*CONTRACT, "三、服务期限自2026年01月05日起至2026年06月30日止。")
    assert said(facts, "valid_from", "valid_until") == ("2026-01-05", "2026-06-30")


def test_a_certificate_says_what_it_is_for_whom_and_until_when():
    facts = read(
        "检验检测机构资质认定证书",
        "证书编号：220020340123",
        "名称：样例检测服务中心",
        "发证日期：2024年03月01日",
        "有效期至：2030年02月28日",
    )
    assert facts.kind == Kind.CERTIFICATE
    assert said(facts, "title", "number", "name", "granted_on", "valid_until") == (
        "资质认定证书",
        "220020340123",
        "样例检测服务中心",
        "2024-03-01",
        "2030-02-28",
    )
    assert {fact.name for fact in facts.facts if fact.is_sure} == {"granted_on", "valid_until"}


def test_the_number_of_a_certificate_ends_before_the_bracket_in_which_it_stands():
    facts = read("实验室认可证书", "（注册号：CNAS L12345）", "兹证明：", "样例检测服务中心")
    assert said(facts, "number", "name") == ("CNAS L12345", "样例检测服务中心")


@pytest.mark.parametrize("title", ["委托检测合同（附资质认定证书）", "开户许可证"])
def test_what_speaks_of_a_certificate_is_none(title):
    assert read(title, "编号：220020340123").kind != Kind.CERTIFICATE
