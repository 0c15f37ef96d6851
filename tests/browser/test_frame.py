"""The frame and the mall in a browser: a small head, the act at the thumb, few stops of the Tab key, full rows."""

import pytest
from playwright.sync_api import expect

from catalog.models import Category
from tests.browser.stage import NARROW, WIDE
from tests.factories import World, make_category, make_product

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HIGHEST = 120  # pixels of a phone that the head may take
ENDS = """selector => {
  const rows = new Map()
  for (const card of document.querySelectorAll(selector + " > *")) {
    const box = card.getBoundingClientRect()
    rows.set(Math.round(box.top), Math.round(box.right))
  }
  return [...rows.values()]
}"""
SELECTS = """() => [...document.querySelectorAll("select")].map(node => {
  const style = getComputedStyle(node)
  return [style.appearance, style.backgroundImage.slice(-12), style.borderTopColor, style.borderTopLeftRadius].join(" ")
})"""


@pytest.fixture
def world():
    return World()


@pytest.mark.parametrize("who", ["", "applicant"])
def test_the_head_of_a_phone_is_small_and_folds_the_columns_into_a_button(stage, world, who):
    person = stage.staff(who) if who else stage.enter("visitor")
    person.page.set_viewport_size(NARROW)
    person.go("/help/")
    assert person.page.locator("body > header").bounding_box()["height"] <= HIGHEST
    box = person.page.locator("body > header").bounding_box()
    assert box["y"] + box["height"] <= HIGHEST
    person.page.locator(".columns summary").click()
    person.page.get_by_role("link", name="京津冀").first.click()
    expect(person.page).to_have_url(stage.url + "/labs/")
    person.look("90-head")


def test_the_act_of_a_service_stands_at_the_thumb(stage, world):
    person = stage.staff("applicant").go(world.product.get_absolute_url())
    person.page.set_viewport_size(NARROW)
    for top in (0, 600):
        person.page.evaluate(f"window.scrollTo(0, {top})")
        expect(person.page.locator(".thumb-bar .btn")).to_be_in_viewport(ratio=1)
    person.look("91-thumb")


def test_a_category_is_one_stop_and_arrows_walk_below_it(stage, world):
    top = make_category(name="检验检测")
    for name in ("理化分析", "计量校准"):
        Category.objects.create(code=name, name=name, parent=top)
    person = stage.enter("visitor").go("/mall/")
    nav = person.page.locator(".product-nav")
    start = nav.get_by_role("link", name="检验检测").first
    start.focus()
    keys = person.page.keyboard
    for key, name in (
        ("ArrowRight", "理化分析"),
        ("ArrowDown", "计量校准"),
        ("ArrowDown", "理化分析"),
        ("ArrowUp", "计量校准"),
    ):
        keys.press(key)
        expect(nav.get_by_role("link", name=name)).to_be_focused()
    keys.press("ArrowLeft")
    expect(start).to_be_focused()
    keys.press("Tab")
    assert person.page.evaluate("document.activeElement.closest('.product-nav li > ul')") is None
    expect(start).not_to_be_focused()


def test_rows_of_cards_are_full_and_selects_alike(stage, world):
    for _ in range(5):
        make_product(world.provider, world.product.category)
    person = stage.staff("applicant").go("/mall/")
    for size in (WIDE, {"width": 900, "height": 900}, NARROW):
        person.page.set_viewport_size(size)
        assert len(set(person.page.evaluate(ENDS, ".grid-cards"))) == 1
    person.page.set_viewport_size(WIDE)
    looks = set()
    for address in ("/vouchers/claims/", "/orders/", f"/vouchers/applications/{world.make_application().number}/edit/"):
        looks |= set(person.go(address).page.evaluate(SELECTS))
    assert len(looks) == 1
