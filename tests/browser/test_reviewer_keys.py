"""The desk by keys: a case is found, opened and decided without a mouse; one switch turns them off, and no field loses a letter to them."""

import pytest
from playwright.sync_api import expect

from reviews.models import Opinion
from tests.browser.test_desks import shoot
from tests.factories import World, drive_application, drive_unit, make_unit, make_user
from tests.reviews.desk import open_turn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BAD_CODE = "91120101DEM000029X"  # its check digit is wrong
WORDS = "材料齐全，同意。q12?"


@pytest.fixture
def world():
    world = World()
    for amount in (10_000, 12_000):
        drive_application(world.make_application(amount, amount // 2), "district", world)
    return world


def test_a_case_is_decided_by_keys_alone(stage, world):
    person = stage.staff("district").go("/desk/")
    page, keys = person.page, person.page.keyboard
    links = page.locator(".list-rows a.row-link")
    keys.press("j")
    expect(links.nth(0)).to_be_focused()
    keys.press("j")
    expect(links.nth(1)).to_be_focused()
    keys.press("k")
    keys.press("o")
    person.sees("审核决定")
    first = page.locator('#decision [name="verdict"]').first
    expect(first).to_have_attribute("aria-keyshortcuts", "1")
    keys.press("1")
    expect(first).to_be_checked()
    page.locator("#id_text").focus()
    keys.press("Control+A")  # over the default words
    keys.type(WORDS)
    expect(page.locator("#id_text")).to_have_value(WORDS)
    expect(first).to_be_checked()
    page.get_by_role("button", name="提交决定").press("Enter")
    person.sees("已办理")
    assert Opinion.objects.latest("pk").text == WORDS


def test_keys_pressed_before_the_scripts_are_there_are_not_lost(stage, world):
    person, held = stage.staff("district"), []
    page = person.page

    def hold(route):
        held.append(route)

    page.route("**/js/tten*.js", hold)
    with page.expect_request("**/js/tten*.js"):
        page.goto(stage.url + "/desk/", wait_until="commit")
    page.locator(".list-rows a.row-link").nth(1).wait_for()
    for key in "jj":
        page.keyboard.press(key)
    held[0].continue_()
    expect(page.locator(".list-rows a.row-link").nth(1)).to_be_focused()


def test_enter_takes_the_decision_that_two_keys_have_made(stage, world):
    person = stage.staff("district").go("/desk/")
    keys = person.page.keyboard
    keys.press("o")
    for key, verdict in (("1", "pass_review"), ("2", "send_back")):
        expect(person.page.locator('#decision [name="verdict"]').first).to_have_attribute("aria-keyshortcuts", "1")
        keys.press(key)
        if verdict == "send_back":
            keys.press("m")
            keys.press("Space")
            expect(person.page.locator("#id_text")).not_to_have_value("")
            person.page.locator("#id_text").focus()
            keys.press("Control+Enter")
        else:
            expect(person.page.locator("#id_text")).not_to_have_value("")
            keys.press("Enter")
        person.sees("已办理")
        assert Opinion.objects.latest("pk").verdict == verdict


def test_a_key_says_the_same_where_a_case_cannot_pass(stage, world):
    unit = drive_unit(make_unit(make_user(), BAD_CODE, "新港样例有限公司"), "pending", world)
    person = stage.staff("platform").go(f"/desk/{open_turn(unit).pk}/")
    expect(person.page.locator("[name=verdict]")).to_have_count(2)
    person.page.keyboard.press("1")
    expect(person.page.locator("[name=verdict]:checked")).to_have_count(0)
    for key, verdict in (("2", "send_back"), ("3", "reject")):
        person.page.keyboard.press(key)
        expect(person.page.locator("[name=verdict]:checked")).to_have_value(verdict)


def test_one_switch_turns_the_keys_off_and_the_list_of_keys_says_so(stage, world):
    person = stage.staff("district").go("/desk/")
    page, keys = person.page, person.page.keyboard
    keys.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    shoot(person, "106-desk-keys")
    page.get_by_label("使用快捷键").uncheck()
    keys.press("Escape")
    page.locator("h1").first.evaluate("document.activeElement.blur()")
    keys.press("j")
    expect(page.locator(".list-rows a.row-link").first).not_to_be_focused()
    page.reload()
    keys.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_hidden()
    keys.press("/")
    expect(page.locator(":focus")).to_have_count(0)
