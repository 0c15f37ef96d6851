"""The numbers beside the chips of the mall: exact up to a thousand, 1000+ above, none where it would cost too much."""

import pytest
from django.urls import reverse

from catalog.mall import counts
from tests.catalog.test_deep import copied
from ui import deep, limited

pytestmark = pytest.mark.django_db


def chips(client, **query):
    """{row of chips: {words: number}} of the mall's list."""
    page = client.get(reverse("product_list"), query)
    return {row.label: {chip.words: chip.many for chip in row.options[1:]} for row in page.context["facets"]}


def test_every_chip_says_how_many_it_leaves(client, shelf):
    found = chips(client)
    assert found["地区"] == {"北京": "2", "天津": "1", "河北": "0"}
    assert found["来源"] == {"服务机构": "2", "京津冀实验室": "1"}
    assert found["创新券"] == {"仅看可用创新券": "2"}
    assert list(found["价格"].values()) == ["2", "1", "0", "0"]


def test_what_was_chosen_narrows_the_other_rows_and_leaves_its_own(client, shelf):
    found = chips(client, region="beijing", q="检测")
    assert found["来源"] == {"服务机构": "0", "京津冀实验室": "1"}
    assert set(found["地区"].values()) == {""}


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ({}, {"地区", "来源", "创新券", "价格"}),
        ({"category": "k02"}, {"来源", "价格"}),
        ({"q": "金属"}, set()),
        ({"region": "tianjin"}, set()),
    ],
)
def test_of_many_only_what_an_index_answers_is_counted(client, shelf, monkeypatch, query, counted):
    for module in (deep, counts):
        monkeypatch.setattr(module, "MOST", 60)
    for name in ("facets", "filters"):
        monkeypatch.setattr(f"catalog.mall.{name}.MOST", 60)
    copied(shelf["metal"], 80)
    found = chips(client, **query)
    assert {label for label, numbers in found.items() if any(numbers.values())} == counted
    if counted:
        assert found["价格"]["10,000 元以下"] == "60+"


def test_nothing_to_count_is_no_question(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert limited.numbers_of([], 5) == []
