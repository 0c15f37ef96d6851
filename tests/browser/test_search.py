"""The search box of the mall by keyboard: suggestions, one's own last searches, and nothing while characters are composed."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from catalog.mall.vocabulary import make_vocabulary
from tests.factories import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SLOWER_THAN_THE_PAUSE = 600  # milliseconds


@pytest.fixture
def box(stage):
    product = World().product
    product.name = "金属拉伸试验"
    product.save()
    make_vocabulary()
    visitor = stage.enter("visitor")
    visitor.go(reverse("product_list"))
    return visitor.page.get_by_role("combobox", name="关键词")


def options(box):
    return box.page.get_by_role("option")


def test_a_suggestion_is_chosen_by_keyboard_and_searched(box):
    box.press_sequentially("金属")
    expect(options(box)).to_have_text(["金属拉伸试验"])
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options(box)).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    box.page.wait_for_url("**q=%E9%87%91**")
    again = box.page.get_by_role("combobox", name="关键词")
    again.fill("")
    again.blur()
    again.focus()
    expect(options(again)).to_have_text(["金属拉伸试验", "清除最近搜索"])
    options(again).last.click()
    again.blur()
    again.focus()
    expect(options(again)).to_have_count(0)


def test_escape_closes_and_nothing_is_asked_while_characters_are_composed(box):
    asked = []
    box.page.on("request", lambda request: asked.append(request.url) if "suggest/" in request.url else None)
    box.evaluate("box => box.dispatchEvent(new CompositionEvent('compositionstart'))")
    box.press_sequentially("jinshu")
    box.page.wait_for_timeout(SLOWER_THAN_THE_PAUSE)
    assert asked == []
    box.fill("金属")
    box.evaluate("box => box.dispatchEvent(new CompositionEvent('compositionend'))")
    expect(options(box)).to_have_count(1)
    box.press("Escape")
    expect(options(box)).to_have_count(0)
    expect(box).to_have_value("金属")
