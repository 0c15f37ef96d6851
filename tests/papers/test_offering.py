"""What a paper says of a form: offered, alike or different; a capital in words is a figure."""

import pytest
from django.http import QueryDict

from papers.capital import ten_thousands
from papers.facts import Fact, Source, Sureness
from papers.offering import NOTHING_NEW, Offering, Taken, filled, hint_of

NAME, CAPITAL = Taken("name", "单位名称"), Taken("capital", "注册资本", ten_thousands)


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("伍佰万元整", "500.00"),
        ("人民币伍佰万圆整", "500.00"),
        ("壹亿贰仟叁佰万元", "12300.00"),
        ("壹仟叁佰贰拾万元整", "1320.00"),
        ("拾万元", "10.00"),
        ("一百零五万元", "105.00"),
        ("500万元人民币", "500.00"),
        ("（人民币）1000.5万元", "1000.50"),
        ("２亿元", "20000.00"),
        ("5,000,000元", "500.00"),
        ("伍拾万零叁元", ""),
        ("500万美元", ""),
        ("零元", ""),
        ("见章程", ""),
    ],
)
def test_a_capital_is_a_figure_in_ten_thousands_of_yuan(words, amount):
    assert ten_thousands(words) == amount


def fact(value, sureness=Sureness.READ, name="name"):
    return Fact(name, value, Source.TEXT, sureness=sureness)


@pytest.mark.parametrize(
    ("typed", "state"), [("", "offered"), ("海河样例（天津）公司", "agrees"), ("海河样例公司", "differs")]
)
def test_a_field_is_offered_alike_or_different(typed, state):
    hint = hint_of(fact("海河样例(天津)公司", Sureness.SURE), NAME, typed, "证照上")
    assert (hint.says, hint.words, hint.source, hint.sureness) == (state, "海河样例(天津)公司", "证照上", "已核验")


def test_what_the_field_cannot_take_is_not_offered():
    assert hint_of(fact("500万美元", name="capital"), CAPITAL, "", "证照上").says == ""
    assert hint_of(None, NAME, "", "证照上").says == ""
    assert hint_of(fact("伍佰万元整", name="capital"), CAPITAL, "", "证照上").value == "500.00"


def test_only_empty_boxes_are_filled_and_the_sentence_names_them():
    takes = {"name": NAME, "capital": CAPITAL}
    typed = QueryDict("name=甲公司&capital=")
    hints = {
        "name": hint_of(fact("乙公司"), NAME, "甲公司", "证照上"),
        "capital": hint_of(fact("伍佰万元整", name="capital"), CAPITAL, "", "证照上"),
    }
    data, said = filled(typed, Offering("read", hints=hints), takes)
    assert (data.dict(), said) == ({"name": "甲公司", "capital": "500.00"}, "填入了注册资本")
    assert filled(typed, Offering("read"), takes)[1] == NOTHING_NEW
