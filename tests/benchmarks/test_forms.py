"""The forms of a page are sent as a browser without script sends them."""

import pytest

from benchmarks.forms import form_of, typed_over

PAGE = """
<form method="get" action="/search/"><input name="q" value="x"></form>
<form method="post" id="own">
  <input type="hidden" name="seen" value="3"><input name="name"><input type="file" name="paper">
  <input type="checkbox" name="pledge" checked><input type="checkbox" name="other" value="1">
  <input type="radio" name="way" value="a"><input type="radio" name="way" value="b" checked>
  <select name="office"><option value="">请选择</option><option value="2" selected>二</option></select>
  <select name="kind"><option value="">请选择</option><option value="x">甲</option></select>
  <textarea name="words">
两行&amp;字</textarea>
  <input name="gone" value="1" disabled><button type="submit" name="act" value="save">保存</button>
</form>
<input type="hidden" name="late" value="1" form="own">
<form method="post" action="/orders/1/end/#here"><input name="why" value="y"></form>
"""


def test_a_form_without_an_address_is_that_of_its_page():
    assert form_of(PAGE, "/orders/1/?tab=2", "/orders/1/").fields == [
        ("seen", "3"),
        ("name", ""),
        ("pledge", "on"),
        ("way", "b"),
        ("office", "2"),
        ("kind", ""),
        ("words", "两行&字"),
        ("late", "1"),
    ]


def test_a_form_is_found_by_where_it_goes():
    assert form_of(PAGE, "/orders/1/", "/orders/1/end/").fields == [("why", "y")]
    with pytest.raises(LookupError, match="no form for /x/ on /orders/1/"):
        form_of(PAGE, "/orders/1/", "/x/")


def test_what_is_typed_goes_over_what_stood_there():
    held = [("name", "a"), ("experts", "1"), ("seen", "3")]
    assert typed_over(held, {"name": "b", "experts": ["4", "5"]}) == [
        ("seen", "3"),
        ("name", "b"),
        ("experts", "4"),
        ("experts", "5"),
    ]
