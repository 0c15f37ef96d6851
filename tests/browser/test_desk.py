"""The desk in a browser: paper, decision and checks, each whole, wherever one scrolls."""

import pytest
from playwright.sync_api import expect

from tests.browser.stage import NARROW
from tests.factories import World, drive_claim
from tests.reviews.desk import open_turn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ZOOMED = {"width": 1152, "height": 720}  # 1440 at 125 %
CUT = """() => [...document.querySelectorAll(".review-side, .review-side .panel, .review-side .checks")]
  .filter(node => node.scrollHeight > node.clientHeight + 2 && getComputedStyle(node).overflowY !== "visible")
  .map(node => node.className)"""


@pytest.fixture
def reviewer(stage):
    world = World()
    claim = drive_claim(world.make_claim(), "formal", world)
    return stage.staff("body").go(f"/desk/{open_turn(claim).pk}/")


def test_the_decision_stays_in_sight_and_no_list_is_cut(reviewer):
    page = reviewer.page
    for size in (ZOOMED, {"width": 1440, "height": 900}):
        page.set_viewport_size(size)
        assert page.evaluate(CUT) == []
        for top in (0, 700, 1400):
            page.evaluate(f"window.scrollTo(0, {top})")
            if top:
                expect(page.get_by_role("button", name="提交决定")).to_be_in_viewport(ratio=1)
    page.set_viewport_size(NARROW)
    assert page.evaluate(CUT) == []


def test_the_message_stands_beside_the_decision_as_it_is_filled_in(reviewer):
    page, letter = reviewer.page, reviewer.page.locator(".letter-beside")
    expect(letter).to_contain_text("选择审核结果后")
    page.locator("[name=verdict][value=send_back]").check()
    expect(letter).to_contain_text("还没有写上")
    reviewer.fill(text="请补充检测报告。")
    expect(letter.locator(".letter")).to_contain_text("请补充检测报告。")
    expect(page.get_by_role("button", name="先看消息")).to_be_hidden()
    reviewer.look("80-letter")


def test_what_comes_back_chosen_is_told_beside_it_without_a_further_touch(reviewer):
    reviewer.page.locator("[name=verdict][value=reject]").check()
    reviewer.press("提交决定")
    expect(reviewer.page.locator("#decision .error-summary")).to_be_visible()
    expect(reviewer.page.locator(".letter-beside")).to_contain_text("必须选择原因")


def test_what_a_verdict_needs_bears_the_mark(reviewer):
    page = reviewer.page
    marks = page.locator("#decision [data-needed]")
    for verdict, shown in (("pass_review", 0), ("send_back", 1), ("reject", 2)):
        page.locator(f"[name=verdict][value={verdict}]").check()
        expect(marks.locator("visible=true")).to_have_count(shown)
    expect(page.locator("[name=reason]")).to_have_attribute("aria-required", "true")
    reviewer.look("81-needed")


def test_going_back_after_a_decision_says_how_it_was_decided(reviewer):
    page = reviewer.page
    page.locator("[name=verdict][value=pass_review]").check()
    reviewer.fill(text="材料齐全。").press("提交决定").sees("已办理")
    page.go_back()
    reviewer.sees("办结，结果：通过")
