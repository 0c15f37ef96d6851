"""The viewer in a browser: pages, keys, sharper pictures, marks, at the desk and beside a form, with and without script."""

import hashlib
import re
import uuid

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from records.models import Document
from records.pictures.places import Box, address_of
from records.pictures.services import draw
from tests.browser.stage import NARROW, WIDE
from tests.factories import World, drive_claim
from tests.helpers import by_owner, unguarded
from tests.records.pictures import drawn
from tests.redemption.real_papers import show
from tests.reviews.desk import open_turn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def filled(paper, content):
    """The stored paper with other content."""
    with paper.file.storage.open(paper.file.name, "wb") as out:
        out.write(content)
    sha256 = hashlib.sha256(content + uuid.uuid4().bytes).hexdigest()
    with unguarded():
        Document.objects.filter(pk=paper.pk).update(sha256=sha256)
    return Document.objects.get(pk=paper.pk)


@pytest.fixture
def claim():
    world = World()
    claim = drive_claim(world.make_claim(), "formal", world)
    for row in (claim.contracts.get(), claim.invoices.get()):
        filled(row.document, drawn.pdf(6))
    return claim


@pytest.fixture
def reviewer(stage, claim):
    return stage.staff("body").go(f"/desk/{open_turn(claim).pk}/")


def stage_of(page):
    return page.locator("#papers .viewer-stage:visible")


def test_the_desk_shows_a_paper_in_the_page_and_turns_it_by_keys(reviewer):
    page = reviewer.page
    expect(page.locator("#papers .viewer-page:visible")).to_be_visible()
    assert page.locator("iframe").count() == 0
    number = page.locator("#papers .viewer-number:visible")
    stage_of(page).focus()
    for key, said in (("PageDown", "第 2 / 6 页"), ("ArrowRight", "第 3 / 6 页"), ("ArrowLeft", "第 2 / 6 页")):
        page.keyboard.press(key)
        expect(number).to_have_text(said)
    picture = page.locator("#papers image:visible").first
    page.keyboard.press("+")
    expect(stage_of(page)).to_have_class(re.compile("zoom-2"))
    page.keyboard.press("+")
    expect(picture).to_have_attribute("href", re.compile("size=zoom"))
    page.keyboard.press("r")
    expect(page.locator("#papers .viewer-page:visible")).to_have_attribute("viewBox", "0 0 850 600")
    page.keyboard.press("PageDown")
    expect(number).to_have_text("第 3 / 6 页")
    expect(page.locator("#papers .viewer-page:visible")).to_have_attribute("viewBox", "0 0 850 600")
    page.keyboard.press("0")
    expect(stage_of(page)).to_have_class(re.compile("zoom-1"))
    reviewer.look("82-viewer")


def test_half_of_the_window_is_for_the_page(reviewer):
    """The browser's own viewer left 206 of 512 pixels."""
    page = reviewer.page
    shown = page.locator("#papers .viewer-page:visible")
    expect(shown).to_be_visible()
    pane = page.locator("#papers .panel-body").bounding_box()
    assert shown.bounding_box()["width"] > 0.9 * (pane["width"] - 40)


def test_a_link_in_the_dossier_turns_the_viewer_and_with_a_key_opens_a_tab(reviewer, claim):
    page = reviewer.page
    expect(page.locator("#papers .viewer-page:visible")).to_be_visible()
    document = claim.invoices.get().document
    link = page.locator(f".review-figures a[data-paper='{reverse('paper_part', args=[document.pk])}']").first
    link.click()
    expect(page.locator(f"[data-paper-pane='{reverse('paper', args=[document.pk])}']")).to_be_visible()
    expect(page.locator("#papers .viewer:visible")).to_have_attribute(
        "data-viewer", reverse("paper_part", args=[document.pk])
    )
    with page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    assert opened.value.url.endswith(reverse("paper", args=[document.pk]))


def test_the_applicant_s_page_opens_a_paper_beside_it_and_gives_the_focus_back(stage, claim):
    person = stage.staff("applicant").go(f"/vouchers/claims/{claim.number}/")
    page = person.page
    link = page.locator("a[data-paper]").first
    link.focus()
    page.keyboard.press("Enter")
    sheet = page.locator("dialog.viewer-side")
    expect(sheet.locator(".viewer-page, .viewer-words").first).to_be_visible()
    person.look("83-beside")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(link).to_be_focused()
    page.set_viewport_size(NARROW)
    link.click()
    expect(sheet).to_be_visible()
    assert sheet.bounding_box()["width"] == NARROW["width"]
    page.set_viewport_size(WIDE)


def test_the_place_of_a_fact_is_marked_and_turned_with_its_page(stage, claim):
    document = claim.invoices.get().document
    draw(document.pk)
    person = stage.staff("applicant").go(address_of(document, 2, Box(0.1, 0.6, 0.9, 0.65)))
    mark = person.page.locator(".viewer-mark")
    expect(mark).to_be_visible()
    wide = mark.bounding_box()["width"]
    person.page.get_by_role("link", name="旋转").click()
    assert mark.bounding_box()["height"] == pytest.approx(wide * 0.8, rel=0.4)
    person.page.get_by_role("link", name="下一页").click()
    expect(person.page.locator(".viewer-number")).to_have_text("第 3 / 6 页")
    assert person.page.url.endswith("page=3&turn=90")
    person.look("84-paper")


def test_the_data_of_an_invoice_is_read_on_a_phone_too(stage, claim):
    document = filled(claim.invoices.get().document, drawn.INVOICE)
    with by_owner():
        Document.objects.filter(pk=document.pk).update(content_type="application/xml", name="数电票.xml")
    draw(document.pk)
    person = stage.staff("applicant").go(reverse("paper", args=[document.pk])).sees("海河样例检测有限公司")
    person.look("85-data")


def test_without_script_the_pages_have_addresses(browser, live_server, stage, claim):
    document = claim.invoices.get().document
    draw(document.pk)
    signed = stage.staff("applicant").page.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=signed, viewport=NARROW)
    page = context.new_page()
    page.goto(live_server.url + reverse("paper", args=[document.pk]))
    for said in ("第 2 / 6 页", "第 3 / 6 页"):
        page.get_by_role("link", name="下一页").click()
        assert page.locator(".viewer-number").inner_text() == said
    page.get_by_role("link", name="旋转").click()
    assert "turn=90" in page.url
    assert page.locator(".viewer-page").bounding_box()["width"] > 250
    page.go_back()
    page.get_by_role("link", name="放大").click()
    assert "size=zoom" in page.url
    context.close()


@pytest.fixture
def differing():
    """A claim whose contract names another provider, drawn."""
    world = World()
    claim = drive_claim(world.make_claim(), "district", world)
    draw(show(claim.contracts.get(), party_b="别家样例中心").document_id)
    return claim


def test_a_check_turns_the_viewer_to_the_place_of_what_differs(stage, differing):
    page = stage.staff("district").go(f"/desk/{open_turn(differing).pk}/").page
    page.get_by_role("link", name="看材料上的位置").click()
    expect(page.locator("#papers .viewer-mark:visible")).to_be_visible()
    assert "/desk/" in page.url


def test_what_was_asked_for_last_is_shown_whichever_answer_comes_first(stage, differing):
    """The first page of the paper was on its way when the check was clicked, and took the place of its answer."""
    person, held = stage.staff("district"), []
    page = person.page

    def hold(route):
        held.append(route)

    page.route(re.compile(r"/part/"), hold)
    with page.expect_request(re.compile(r"/part/$")):
        person.go(f"/desk/{open_turn(differing).pk}/")
    with page.expect_request(re.compile(r"/part/[?].*box=")):
        page.get_by_role("link", name="看材料上的位置").click()
    with page.expect_response(re.compile(r"/part/$")):
        held[0].continue_()
    held[1].continue_()
    expect(page.locator("#papers .viewer-mark:visible")).to_be_visible()
