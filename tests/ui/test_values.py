"""A value reads alike wherever it stands, and nothing that somebody typed is markup."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from ui.templatetags.values import shown

NOTHING = '<span class="quiet">未填写</span>'
WAYS = [
    (None, "money", NOTHING),
    ("", "", NOTHING),
    (None, "document", NOTHING),
    (0, "", "0"),
    (Decimal("1200.5"), "money", '<span class="amount">¥\u00a01,200.50</span>'),
    (dt.date(2026, 11, 30), "date", "2026-11-30"),
    (dt.datetime(2026, 11, 30, 2, tzinfo=dt.UTC), "date", "2026-11-30"),
    (dt.datetime(2026, 11, 29, 20, tzinfo=dt.UTC), "time", "2026-11-30 04:00"),
    ("<b>一</b>", "", "&lt;b&gt;一&lt;/b&gt;"),
    ("<b>一</b>", "text", '<div class="kv-text">&lt;b&gt;一&lt;/b&gt;</div>'),
    ("二&三", "badge", "二&amp;三"),
    (["<i>", "乙"], "list", "<div>&lt;i&gt;</div><div>乙</div>"),
    ([], "list", '<span class="quiet">无</span>'),
]


@pytest.mark.parametrize(("value", "kind", "drawn"), WAYS)
def test_a_value_reads_by_its_kind(value, kind, drawn):
    assert shown(value, kind) == drawn


@pytest.mark.parametrize(("value", "kind", "drawn"), WAYS)
def test_the_component_draws_the_same(value, kind, drawn):
    assert render_to_string("components/value.html", {"value": value, "kind": kind}).strip() == drawn


def test_a_change_names_both_values():
    change = SimpleNamespace(old=None, new="<b>", kind="")
    drawn = render_to_string("components/value.html", {"value": change, "kind": "changed"})
    assert [part in drawn for part in (NOTHING, "&lt;b&gt;", "<b>")] == [True, True, False]
