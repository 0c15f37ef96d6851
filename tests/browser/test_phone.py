"""The mall and the papers of an application on a phone, by touch."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from catalog.models import Product
from tests.browser.stage import NARROW
from tests.factories import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEAST = 44  # pixels
SMALL = f"""() => [...document.querySelectorAll("main :is(.btn, select, .form-control, .pager a, .checks a)")]
  .filter(node => node.checkVisibility({{opacityProperty: true}}) && node.getBoundingClientRect().height < {LEAST})
  .map(node => node.outerHTML.slice(0, 120))"""


@pytest.fixture
def world():
    return World()


def signed_in(person, url):
    """The cookie of a session of the person."""
    client = Client()
    client.force_login(person)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}


@pytest.fixture
def phone(browser, live_server):
    """A page of a phone that is touched."""
    context = browser.new_context(
        viewport=NARROW, has_touch=True, is_mobile=True, locale="zh-CN", base_url=live_server.url
    )
    yield context.new_page()
    context.close()


def test_conditions_rise_from_below_stay_for_the_next_choice_and_end_with_the_results(phone, world):
    Product.objects.update(is_marked=True)
    phone.goto("/mall/")
    sheet = phone.locator(".facets-sheet")
    expect(sheet).to_be_hidden()
    phone.locator(".facets summary").tap()
    expect(sheet).to_be_visible()
    box = sheet.bounding_box()
    assert box["y"] + box["height"] == NARROW["height"]
    assert min(link.bounding_box()["height"] for link in sheet.locator("a:visible").all()) >= 44
    sheet.get_by_role("link", name="仅看可用创新券").tap()
    phone.wait_for_url("**marked=1**")
    expect(sheet).to_be_visible()
    sheet.get_by_role("link", name="查看 1 个结果").tap()
    expect(sheet).to_be_hidden()
    expect(phone.locator(".facets summary")).to_contain_text("已选 1 项")


def test_escape_and_a_touch_beside_it_close_the_conditions(phone, world):
    phone.goto("/mall/")
    sheet = phone.locator(".facets-sheet")
    for close in (lambda: phone.keyboard.press("Escape"), lambda: phone.touchscreen.tap(190, 8)):
        phone.locator(".facets summary").tap()
        expect(sheet).to_be_visible()
        close()
        expect(sheet).to_be_hidden()
    assert phone.url.endswith("/mall/")


def test_without_scripts_the_conditions_stand_in_the_page(browser, live_server, world):
    context = browser.new_context(viewport=NARROW, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/mall/")
    expect(page.get_by_role("link", name="仅看可用创新券").first).to_be_visible()
    assert page.locator(".facets-sheet").evaluate("node => getComputedStyle(node).position") == "static"
    context.close()


def test_a_phone_offers_camera_and_files_and_keeps_what_was_taken_with_either(phone, live_server, world):
    phone.context.add_cookies([signed_in(world.applicant, live_server.url)])
    phone.goto(world.product.start_url)
    area = phone.locator(".drop").first
    sent = area.locator("input[name]")
    assert sent.get_attribute("capture") is None
    assert "image/jpeg" in sent.get_attribute("accept")
    for number in range(2):
        with phone.expect_file_chooser() as chosen:
            area.get_by_role("button", name="拍照").tap()
        shot = chosen.value.element
        assert (shot.get_attribute("capture"), shot.get_attribute("accept")) == ("environment", "image/*")
        chosen.value.set_files({"name": f"图{number}.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff"})
    assert sent.evaluate("node => Array.from(node.files, file => file.name)") == ["图0.jpg", "图1.jpg"]


def test_a_mouse_is_offered_no_camera(browser, live_server, world):
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([signed_in(world.applicant, live_server.url)])
    page = context.new_page()
    page.goto(world.product.start_url)
    expect(page.locator(".drop-ready").first).to_be_visible()
    expect(page.get_by_role("button", name="拍照")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("place", ["/center/certification/edit/", "/center/", "/orders/", "/vouchers/applications/"])
def test_what_is_touched_is_large_enough(phone, live_server, world, place):
    phone.context.add_cookies([signed_in(world.applicant, live_server.url)])
    phone.goto(place)
    assert phone.evaluate(SMALL) == []
    assert phone.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


@pytest.mark.parametrize("sent_by", ["Enter", "link"])
def test_a_price_typed_in_the_sheet_narrows_the_list(phone, world, sent_by):
    Product.objects.update(is_marked=True)
    phone.goto("/mall/")
    phone.locator(".facets summary").tap()
    phone.get_by_label("价格从").fill("100")
    if sent_by == "Enter":
        phone.get_by_label("价格从").press("Enter")
    else:
        phone.locator(".facets-end a[href^='#']").tap()
    phone.wait_for_url("**least=100*")
