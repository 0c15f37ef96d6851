"""No form of the portal refuses in Django's words: each sentence is ours and names the field."""

import copy

import pytest
from django import forms
from django.urls import get_resolver

from tests.test_house import APPS
from ui.fields import DateField, PersonField
from ui.forms import SayingMixin
from ui.sayings import INVALID, REFUSALS, django_words, say

READERS = {"FilterForm"}  # lists are filtered by addresses, which refuse nothing
FIELDS = {
    "count": (
        forms.IntegerField(label="从业人数", min_value=0, max_value=10, step_size=2),
        {
            "-2": "从业人数不能小于 0，请改正。",
            "12": "从业人数不能大于 10，请改正。",
            "x": "从业人数应为整数，例如 12，请改正。",
            "3": "从业人数应为 2 的倍数，请改正。",
            "": "请填写从业人数。",
        },
    ),
    "sum": (
        forms.DecimalField(label="比例（%）", max_digits=5, decimal_places=2),
        {
            "1.234": "比例（％）最多 2 位小数，请改正。",
            "1234": "比例（％）的整数部分最多 3 位，请核对单位后改正。",
            "一": "比例（％）应为数字，例如 12.50，请改正。",
        },
    ),
    "mail": (forms.EmailField(label="邮箱"), {"a@": "邮箱应为 name@example.com 这样的地址，请核对后重填。"}),
    "day": (forms.DateField(label="日期"), {"x": "日期应为 2026-11-24 这样的年月日，请重新选择。"}),
    "own": (DateField(label="签订日期"), {"x": "日期应为 2026-11-24 这样的年月日，请重新选择。"}),
    "kind": (
        forms.ChoiceField(label="类型", choices=[("a", "甲")]),
        {"b": "所选的类型不在列表中，请重新选择；其他填写的内容不受影响。"},
    ),
    "word": (
        forms.CharField(label="说明", min_length=2, max_length=3),
        {
            "一": "至少写 2 个字，现在是 1 个字，请补充。",
            "一二三四": "最多写 3 个字，现在是 4 个字，请删减。",
            "一\0二": "说明中有不可见的字符，请重新输入，不要粘贴。",
        },
    ),
    "again": (forms.CharField(label="再输入一次密码"), {"": "请再输入一次密码。"}),
    "who": (PersonField(label="经办人"), {"王": "姓名至少两个字，请照身份证件填写姓和名。"}),
}


def below(form):
    for child in form.__subclasses__():
        yield child
        yield from below(child)


def own_forms():
    assert get_resolver().url_patterns  # every form is imported
    found = {form for form in below(forms.BaseForm) if form.__module__.split(".")[0] in APPS}
    return {form for form in found if form.__name__ not in READERS}


def test_every_form_speaks_in_our_words():
    assert sorted(form.__qualname__ for form in own_forms() if not issubclass(form, SayingMixin)) == []


@pytest.mark.heavy
def test_no_sentence_of_django_is_left_in_any_form():
    left = []
    for form in own_forms():
        for name, field in copy.deepcopy(form.base_fields).items():
            say(field)
            codes = {*REFUSALS, "required", *(["invalid"] if isinstance(field, tuple(INVALID)) else [])}
            left += [
                (form.__name__, name, code)
                for code in codes & set(field.error_messages)
                if field.error_messages[code] == django_words(field, code)
            ]
    assert left == []


@pytest.mark.parametrize(
    ("name", "typed", "sentence"), [(name, *case) for name, (_, cases) in FIELDS.items() for case in cases.items()]
)
def test_a_refusal_names_field_rule_and_way_out(name, typed, sentence):
    field = copy.deepcopy(FIELDS[name][0])
    say(field)
    with pytest.raises(forms.ValidationError) as refusal:
        field.clean(typed)
    assert sentence in refusal.value.messages


class LateForm(SayingMixin, forms.Form):
    """A form that makes one of its fields when it knows its person."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["provider"] = forms.ChoiceField(label="服务机构", choices=[("", "---------"), ("a", "甲")])
        self.fields["title"] = forms.CharField(label="标题", max_length=3)


def test_a_field_that_is_made_late_names_itself_too():
    form = LateForm({"title": "一\n二", "provider": ""})
    assert form.errors == {"provider": ["请选择服务机构。"]}
    assert form.cleaned_data["title"] == "一 二"
    assert LateForm({"title": "一二三四", "provider": "b"}).errors == {
        "provider": ["所选的服务机构不在列表中，请重新选择；其他填写的内容不受影响。"],
        "title": ["最多写 3 个字，现在是 4 个字，请删减。"],
    }
