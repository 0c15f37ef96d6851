"""The search over the manual: every word, then most pairs of characters; titles before texts; what was found is marked."""

import pytest

from help.finding import MOST, hits_of
from tests.help.test_book import Anything


def places(query):
    return [f"{hit.article.key}#{hit.part.anchor}" for hit in hits_of(query, Anything())]


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("银行回单", "firm/claim#receipts"),
        ("签字盖章", "firm/form#sign"),
        ("忘记密码", "firm/login#forgotten"),
        ("转办", "district/first#transfer"),
        ("回避", "expert/seat#recuse"),
        ("微信 登录", "firm/login#wechat"),
    ],
)
def test_the_step_of_which_it_is_the_heading_comes_first(query, first):
    assert places(query)[0] == first


@pytest.mark.heavy
def test_every_word_is_asked_for():
    both = places("发票 合同")
    assert both
    assert set(both) <= set(places("发票")) & set(places("合同"))
    assert len(places("的")) <= MOST


@pytest.mark.heavy
def test_words_that_stand_nowhere_as_they_are_are_found_by_their_pairs():
    assert "firm/returned#mend" in places("怎么重新提交")
    assert places("火星移民") == places("") == places("  ") == places("，") == []


@pytest.mark.heavy
def test_what_was_found_is_marked_and_nothing_else_is_markup():
    hit = hits_of("导出", Anything())[0]
    assert "<mark>导出</mark>" in hit.title
    assert [hit for hit in hits_of("<b>", Anything()) if "<b>" in hit.excerpt] == []
