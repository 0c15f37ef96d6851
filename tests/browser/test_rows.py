"""The rows of a redemption in a browser: a blank row is a line of its list, and nothing that is said of it moves its cells."""

import pytest
from playwright.sync_api import expect

from tests.browser.stage import NARROW
from tests.factories import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST = 8  # boxes in one line
LINE = ".row-open > tr:first-child > td"
TOPS = """() => [...document.querySelectorAll(".row-open > tr:first-child > td")]
  .map(cell => cell.querySelector("input, select")).filter(Boolean).map(box => box.getBoundingClientRect().top)"""
HEADS = """() => {
  const heads = [...document.querySelectorAll("section:has(.row-open) thead th")].map(head => head.getBoundingClientRect())
  const cells = [...document.querySelectorAll(".row-open > tr:first-child > td")].map(cell => cell.getBoundingClientRect())
  return cells.every((cell, at) => Math.abs(cell.left - heads[at].left) < 1)
}"""
COVERED = """() => {
  const [bar, held] = [document.querySelector(".action-bar"), document.activeElement].map(node => node.getBoundingClientRect())
  return held.bottom > bar.top && held.top < bar.bottom || held.top < 0
}"""


@pytest.fixture
def firm(stage):
    claim = World().make_claim()
    return stage.staff("applicant").go(f"/vouchers/claims/{claim.number}/edit/")


def opened(firm, kind):
    """A blank row of the list."""
    firm.page.locator(f"#rows-{kind}").get_by_role("link", name="添加").click()
    row = firm.page.locator(".row-open")
    expect(row).to_have_count(1)
    return row


def test_the_reason_and_the_printed_key_stand_beside_their_kinds(firm):
    opened(firm, "invoice")
    firm.look("70-invoice")
    kind, reason, printed = (firm.page.locator(f"[name={name}]") for name in ("kind", "kind_reason", "printed"))
    for value, shown in (("digital_plain", ()), ("other", (reason,)), ("printed_plain", (printed,))):
        kind.select_option(value)
        for field in (reason, printed):
            expect(field).to_be_visible(visible=field in shown)
        firm.look(f"71-{value}")


@pytest.mark.parametrize("kind", ["invoice", "receipt", "contract"])
def test_a_blank_row_is_a_line_of_its_list_and_stays_one_with_errors(firm, kind):
    row = opened(firm, kind)
    for _ in range(2):  # as it opens, and as it comes back refused
        tops = firm.page.evaluate(TOPS)
        assert len(tops) <= MOST
        assert max(tops) - min(tops) < 1
        assert firm.page.evaluate(HEADS)
        row.get_by_role("button", name="保存").click()
        expect(row.locator(".is-invalid").first).to_be_focused()
    firm.look(f"73-{kind}")
    firm.page.set_viewport_size(NARROW)
    lefts = {box["x"] for box in (cell.bounding_box() for cell in firm.page.locator(LINE).all()) if box["height"]}
    assert len(lefts) == 1


def test_a_number_of_twenty_digits_is_read_whole(firm):
    number = "26127000000000000001"
    box = opened(firm, "invoice").locator("[name=invoice_number]")
    box.fill(number)
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    firm.look("74-number")
    firm.page.set_viewport_size(NARROW)
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    shown = firm.page.locator("#rows-invoice tbody").first.locator("td").nth(1)
    assert shown.evaluate("cell => cell.scrollWidth <= cell.clientWidth")


def test_the_time_of_the_last_save_follows_a_row(firm):
    firm.page.evaluate("document.querySelector('#saved-claim-form').textContent = ''")
    firm.page.locator("#rows-contract").get_by_role("link", name="编辑").first.click()
    firm.page.locator(".row-open").get_by_role("button", name="保存").click()
    expect(firm.page.locator("#saved-claim-form")).to_contain_text("已保存")


def test_an_open_row_takes_the_place_of_the_empty_list(stage):
    world = World()
    claim = world.make_claim()
    claim.receipts.all().delete()
    firm = stage.staff("applicant").go(f"/vouchers/claims/{claim.number}/edit/")
    words = firm.page.get_by_text("还没有内容，请点“添加”")
    expect(words).to_be_visible()
    opened(firm, "receipt")
    expect(words).to_be_hidden()


def test_a_row_that_is_half_done_says_so_when_all_is_to_go(firm):
    row = opened(firm, "receipt")
    row.locator("[name=serial]").fill("LS1")
    firm.press("申请").sees("这一行还没有保存")
    expect(row.locator("[name=paid_on]")).to_be_focused()
    assert not firm.page.evaluate(COVERED)
    firm.look("74-half")


def test_the_bar_covers_nothing_that_has_the_focus(firm):
    firm.page.set_viewport_size(NARROW)
    covered = []
    for _ in range(60):
        firm.page.keyboard.press("Tab")
        held = firm.page.evaluate(
            "document.activeElement.matches('body, .action-bar *') ? '' : document.activeElement.outerHTML"
        )
        if held and firm.page.evaluate(COVERED):
            covered.append(held[:80])
    assert covered == []


def test_a_row_breaks_no_rule_of_the_page_for_styles(firm):
    """A console stays without a word, also where a box was drawn larger by hand, which leaves a style at it."""
    row = opened(firm, "invoice")
    row.locator("input:not([type=hidden])").first.evaluate("box => { box.style.height = '60px' }")
    row.get_by_role("button", name="保存").click()
    expect(row.locator(".is-invalid").first).to_be_visible()
    firm.page.locator("#rows-contract").get_by_role("link", name="编辑").first.click()
    expect(firm.page.locator(".row-open")).to_have_count(2)
    assert firm.stage.complaints == []
