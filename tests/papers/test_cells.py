"""What a narrow cell breaks: a name over two lines, a heading over two lines, and sides at slightly different heights."""

from itertools import chain

import pytest

from papers.readers.text import read_text
from tests.papers.test_layout import set_out

TITLE = set_out("电子发票（普通发票）", x=200.0, y=0.0)
LONG = ("北辰示例新材料与智能装备（天津", "）有限公司")


def said(*glyphs):
    return {fact.name: fact.value for fact in read_text([list(chain(*glyphs))]).facts}


def sides(buyer, seller, *, left=0.0, right=300.0, lower=0.0):
    """Names behind their labels, a line each, 13 points apart; `lower` moves the left side down."""
    out = list(TITLE)
    for x, lines, y in ((left, buyer, 30.0 + lower), (right, seller, 30.0)):
        out += set_out("名称：", x=x, y=y)
        for n, line in enumerate(lines):
            out += set_out(line, x=x + 30, y=y + 13 * n)
        out += set_out("统一社会信用代码/纳税人识别号：", x=x, y=y + 36, step=6, size=6)
    return out


def test_a_name_over_two_lines_is_one():
    found = said(sides(LONG, ("天津虚构大学分析测", "试中心")))
    assert (found["buyer"], found["seller"]) == ("".join(LONG), "天津虚构大学分析测试中心")


def test_the_second_line_may_stand_under_the_label_or_name_a_branch():
    under = [*TITLE, *set_out("购买方名称：海河样例智能装备有", y=30.0), *set_out("限公司", y=44.0)]
    assert said(under)["buyer"] == "海河样例智能装备有限公司"
    assert said(sides(("海河样例科技有限公司", "武清分公司"), ("示例院",)))["buyer"] == "海河样例科技有限公司武清分公司"


@pytest.mark.parametrize("below", ["普通的一行字", "地址：样例路 1 号", "购买方税号：91120104MA0000000X"])
def test_a_whole_name_takes_nothing_of_what_stands_below(below):
    page = [*TITLE, *set_out("购买方名称：海河样例科技有限公司", y=30.0), *set_out(below, y=43.0)]
    assert said(page)["buyer"] == "海河样例科技有限公司"


def test_a_name_that_ends_within_brackets_is_none():
    assert "buyer" not in said(sides(LONG[:1], ("样例检测服务中心",)))


def test_a_heading_over_two_lines_is_no_part_of_the_name_before_it():
    slip = set_out("电子回单", x=200.0)
    for x, side, name in ((0.0, "付款", "星野样例装备（演示）有限公"), (206.0, "收款", "海河样例检测服务有限公")):
        slip += set_out(side, x=x, y=40.0) + set_out("人", x=x, y=53.0)
        slip += set_out("户名", x=x + 28, y=40.0) + set_out(name, x=x + 56, y=40.0) + set_out("司", x=x + 56, y=53.0)
    found = said(slip)
    assert (found["payer"], found["payee"]) == ("星野样例装备（演示）有限公司", "海河样例检测服务有限公司")


def test_sides_without_a_heading_are_told_apart_by_where_they_stand_across():
    found = said(sides(("海河样例科技有限公司",), ("样例检测服务中心",), lower=6.0))
    assert (found["buyer"], found["seller"]) == ("海河样例科技有限公司", "样例检测服务中心")


@pytest.mark.parametrize("end", ["至长期", " 长期", "至2035年3月1日"])
def test_a_licence_may_have_no_end(end):
    page = [*set_out("营业执照", x=200.0), *set_out(f"营业期限：2015年3月1日{end}", y=40.0)]
    assert said(page)["valid_until"] == ("2035-03-01" if "35" in end else "长期")
