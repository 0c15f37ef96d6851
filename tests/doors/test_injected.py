"""A mark in every text that people may fill in: all pages of all roles are read, and each mark comes out as text."""

import io
import json
import zipfile
from email.header import decode_header, make_header

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.urls import get_resolver, reverse
from pypdfium2 import PdfDocument

from accounts.exports.services import take_list
from accounts.models import BoxPaper
from notifications.channels import mail_of
from notifications.models import Notice
from redemption.form.pdf import render_claim_form
from tests import cheaper, test_tour, watch
from tests.doors import planting
from tests.factories import World, drive_application
from tests.redemption.sample_form import sample_form
from tests.test_house import patterns
from tests.tour import tour
from tests.tour_of_keepers import administration

pytestmark = [pytest.mark.django_db, pytest.mark.heavy, pytest.mark.timeout(1800)]
stub = test_tour.stub
LEAST = 60  # fields that are shown on some page: a crawl that reads nothing finds nothing


@pytest.fixture(autouse=True)
def _any_page(monkeypatch):
    """What is held elsewhere, of pages with usual rows."""
    for held in ("judge", "check_moved", "look"):
        monkeypatch.setattr(watch, held, lambda *_: None)


def read(stops):
    """(what is broken, the marks that were shown, what could not be read)."""
    broken, shown, failed = {}, set(), {}
    with cheaper.for_thousands_of_requests():
        for client, address in stops:
            client.raise_request_exception = False
            page = client.get(address)
            if page.status_code >= 500:
                failed[address] = repr(getattr(page, "exc_info", ("", ""))[1])[:200]
            if page.streaming:
                list(page)  # a file is closed when it was read
            if page.streaming or page.status_code >= 500:
                continue
            if not page.headers["Content-Type"].startswith("application/json"):
                broken |= {address: found} if (found := planting.broken_in(page.content)) else {}
            shown |= planting.shown_in(page.content)
    return broken, shown, failed


def test_no_text_of_a_person_becomes_a_part_of_a_page(stub):
    world = World()
    stops = tour(world, stub)
    planted = planting.plant()
    broken, shown, failed = read(stops)
    assert broken == {}
    assert failed == {}
    assert len(shown & planted.keys()) >= LEAST, sorted(planted[number] for number in planted.keys() - shown)


def test_nor_of_a_page_of_the_administration():
    stops = administration(World())
    planted = planting.plant()
    broken, shown, failed = read(stops)
    assert (broken, failed) == ({}, {})
    assert len(shown & planted.keys()) >= LEAST // 2, sorted(planted[number] for number in planted.keys() - shown)


def test_every_list_is_taken_away_without_a_formula_and_without_a_tag():
    world, written = World(), {}
    world.make_order(), world.make_application(), world.make_claim()
    planting.plant()
    for person in (world.applicant, world.municipal, world.auditor, world.curator):
        for entry in patterns(get_resolver()):
            if hasattr(entry.callback, "listing") and not entry.pattern.converters:
                content = taken(reverse(entry.name), person)
                written |= {entry.name: formulas_in(content)} if content else {}
    assert len(written) > 15
    assert {name: found for name, found in written.items() if found} == {}


def taken(path, person):
    try:
        return take_list(path, "", by=person)[1]
    except Http404:
        return b""


def formulas_in(content):
    """What of a spreadsheet is no text: formulas, links, marks as tags of its XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name).decode() for name in book.namelist() if name.startswith("xl/")}
    return [name for name, xml in parts.items() if any(sign in xml for sign in ("<f>", "hyperlink", "<zz9"))]


def test_a_mail_is_words_alone_and_its_subject_one_line():
    world = World()
    drive_application(world.make_application(), "district", world)
    planting.plant()
    mails = [mail_of(notice, "a@example.com").message() for notice in Notice.objects.all()]
    assert {mail.get_content_type() for mail in mails} == {"text/plain"}
    assert [
        mail["Subject"] for mail in mails if {"\r", "\n"} & set(str(make_header(decode_header(mail["Subject"]))))
    ] == []


@pytest.mark.pdf
def test_words_on_paper_are_words():
    printed = PdfDocument(render_claim_form(sample_form(legal_representative="<zz9 1>")))
    assert "<zz9 1>" in "".join(page.get_textpage().get_text_bounded() for page in printed)


def test_words_of_the_suggestions_are_data(client):
    world = World()
    type(world.product).objects.update(name="<zz9 1>检测", search_text="<zz9 1>检测")
    page = client.get(reverse("product_suggest"), {"q": "<zz9"})
    assert page.headers["Content-Type"] == "application/json"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    json.loads(page.content)


def test_a_file_that_is_a_page_is_not_taken(client):
    world = World()
    client.force_login(world.applicant)
    page = SimpleUploadedFile("a.pdf", b"<html><script>1</script></html>", content_type="application/pdf")
    answer = client.post(reverse("box_add"), {"kind": "contract", "file": page})
    assert (answer.status_code, BoxPaper.objects.count()) == (200, 0)
