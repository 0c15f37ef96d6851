"""What 【立刻申请】 asks, and the words of a step: forms that know no order yet."""

import pytest
import time_machine

from orders.forms import OrderForm, WordsForm

TYPED = {
    "requirement": "需要检测一批新材料的力学性能。",
    "budget": "20000",
    "contact": "贾经办",
    "wanted_on": "2026-12-24",
    "phone": "13800000000",
}


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel("2026-11-24 12:00 +0800", tick=False):
        yield


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("requirement", "太短", "至少写 10 个字，现在是 2 个字，请补充。"),
        ("requirement", "长" * 1001, "最多写 1000 个字，现在是 1001 个字，请删减。"),
        ("budget", "", "请填写数量/预算。"),
        ("budget", "20 件样品", "金额只能是数字，例如 10000.00，请改正。"),
        ("wanted_on", "2020-01-01", "期望完成时间不能早于今天，请重新选择。"),
        ("wanted_on", "不知道", "日期应为 2026-11-24 这样的年月日，请重新选择。"),
        ("contact", "", "请填写联系人。"),
        ("wanted_on", "2026-11-23", "期望完成时间不能早于今天，请重新选择。"),
        ("phone", "123", "手机号应为 11 位数字，以 13 至 19 开头，请核对后重填。"),
    ],
)
def test_bad_input_is_told_by_its_field(field, value, sentence):
    assert OrderForm(TYPED | {field: value}).errors == {field: [sentence]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("requirement", "十个字写的需求描述。"),
        ("requirement", "长" * 1000),
        ("wanted_on", "2026-11-24"),
        ("phone", "+86 138-0000-0000"),
    ],
)
def test_what_just_suffices_is_taken(field, value):
    assert OrderForm(TYPED | {field: value}).errors == {}


@pytest.mark.parametrize("required", [True, False])
def test_a_step_asks_for_its_words_by_their_name(required):
    form = WordsForm({"words": " "}, label="取消原因", hint="", required=required)
    assert form.errors == ({"words": ["请填写取消原因，对方会在消息里看到。"]} if required else {})
