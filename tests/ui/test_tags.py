import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template

from policy.templatetags.money_words import capitals
from ui.templatetags import ui


def test_amounts():
    assert ui.money(Decimal(10000)) == "¥\u00a010,000.00"
    assert ui.money("0.5") == "¥\u00a00.50"
    assert ui.money(None) == "—"
    assert ui.price("面议") == "面议"
    assert ui.price(5) == "¥\u00a05.00"
    assert capitals("150000.00") == "壹拾伍万元整"
    assert capitals(None) == ""


def test_masks_hide_the_middle():
    assert ui.mask_phone("13812341234") == "138****1234"
    assert ui.mask_phone("123") == "****"
    assert ui.mask_phone("") == ""
    assert ui.mask_account("120000001234") == "**** 1234"
    assert ui.mask_account("") == "—"


@pytest.mark.parametrize(
    ("saved", "words"),
    [("2026-11-24T06:02Z", "14:02"), ("2026-11-23T06:02Z", "11-23 14:02"), ("2025-11-24T06:02Z", "2025-11-24 14:02")],
)
def test_what_was_saved_on_another_day_says_the_day(saved, words, time_machine):
    time_machine.move_to("2026-11-24 23:30+08:00")
    assert ui.clock(dt.datetime.fromisoformat(saved)) == words


def test_moments_are_shown_in_shanghai():
    moment = dt.datetime(2026, 12, 31, 16, 30, tzinfo=dt.UTC)
    assert ui.when(moment) == "2027-01-01 00:30"
    assert ui.day(moment) == "2027-01-01"
    assert ui.day(dt.date(2026, 1, 2)) == "2026-01-02"
    assert (ui.when(None), ui.day(None), ui.clock(None)) == ("—", "—", "")


@pytest.mark.parametrize(("tone", "shown"), [("done", "done"), ("nonsense", "underway"), (None, "underway")])
def test_a_case_has_one_of_six_tones(tone, shown):
    case = SimpleNamespace(tone=tone) if tone else SimpleNamespace()
    assert ui.state_tone(case) == shown
    assert ui.tone_icon(case) == ui.TONES[shown]


def test_a_state_is_told_by_word_and_shape():
    case = SimpleNamespace(tone="refused", get_state_display="复审不通过")
    html = Template('{% include "components/state_badge.html" with case=case only %}').render(Context({"case": case}))
    assert "复审不通过" in html
    assert "#x-octagon-fill" in html


def test_a_message_has_the_icon_of_its_level():
    assert ui.note_icon(SimpleNamespace(level_tag="error")) == "x-octagon-fill"
    assert ui.note_icon(SimpleNamespace(level_tag="info")) == "info-circle-fill"


def test_every_category_has_a_drawing():
    assert ui.drawing("检验检测") == "testing"
    assert ui.drawing("别的") == "integrated"


class FilterForm(forms.Form):
    state = forms.ChoiceField(label="状态", choices=[("", "全部"), ("组", [("a", "待复审")])], required=False)
    q = forms.CharField(label="关键词", required=False)
    kinds = forms.MultipleChoiceField(label="类型", choices=[("x", "甲"), ("y", "乙")], required=False)
    mine = forms.BooleanField(label="只看本单位", required=False)


def test_chips_tell_the_filters_in_force():
    form = FilterForm({"state": "a", "q": "", "kinds": ["x", "y"], "mine": "on"})
    assert ui.chosen(form) == [("state", "状态", "待复审"), ("kinds", "类型", "甲、乙"), ("mine", "只看本单位", "是")]
    assert ui.chosen(FilterForm()) == []


def render(rf, text, query=""):
    context = Context()
    context.request = rf.get("/" + query)
    return Template("{% load ui %}" + text).render(context)


def test_links_keep_the_query(rf):
    query = "?q=检测&state=a&state=b&page=2"
    assert render(rf, "{% query_replace page=3 q=None %}", query) == "?state=a&amp;state=b&amp;page=3"
    assert render(rf, '{% query_without "state" %}', query) == "?q=%E6%A3%80%E6%B5%8B"


def test_icons_are_hidden_unless_they_have_a_label(rf):
    assert 'aria-hidden="true"' in ui.icon("search")
    assert 'aria-label="通过"' in ui.icon("check-lg", "通过")
    assert "#empty" in ui.draw("empty")


def test_the_pager_leaves_gaps():
    assert ui.page_numbers(Paginator(range(400), 20).page(7)) == [1, None, 5, 6, 7, 8, 9, None, 20]


def test_the_meter_is_in_percent_of_the_cap():
    quota = {"cap": Decimal(150000), "used": Decimal(75000), "approved": 0, "reserved": 15000}
    assert ui.bars(quota) == [
        {"kind": "used", "start": "0.00", "width": "50.00"},
        {"kind": "approved", "start": "50.00", "width": "0.00"},
        {"kind": "reserved", "start": "50.00", "width": "10.00"},
    ]
    assert len(ui.bars(SimpleNamespace(cap=0, used=0, approved=0, reserved=0))) == 3
