"""What was read of a paper stands beside its page: with its source, how sure it is, and the way to its place."""

import pytest
from django.test import Client
from django.urls import reverse

from papers import work
from papers.beside import NOTHING, WAITS, read_beside, reading_of
from papers.facts import Disagreement, Fact, Facts, Kind, Place, Source
from papers.models import Reading
from papers.services import ask_readings
from records.pictures.places import Box, address_of
from records.services import attach
from tests.factories import World
from tests.papers import layouts, pdfs, truth
from tests.papers.test_reading import XML, paper
from ui.templatetags.ui import money

pytestmark = pytest.mark.django_db
T = truth.invoice(11)


@pytest.fixture(autouse=True)
def _read(settings):
    settings.READ_PAPERS = True


def read(**fields):
    """A paper that a worker has read."""
    document = paper(**fields)
    ask_readings([document])
    work.read_paper(document.pk)
    return document


def test_each_fact_names_its_source_and_whether_a_rule_proves_it():
    document = read(content=XML)
    said = reading_of(document)
    assert said.words.startswith("识别为数电发票。")
    lines = {line.label: (line.value, line.words, line.tone, line.url) for line in said.lines}
    assert lines["价税合计"] == (money(T["gross"]), "已核验 · 发票数据", "ok", "")
    assert lines["销售方名称"] == (T["seller"], "请核对 · 发票数据", "todo", "")


def test_a_fact_of_a_page_leads_to_its_place():
    document = read(content=pdfs.pdf(layouts.digital_usual(T)), content_type="application/pdf")
    fact = Reading.objects.get(document=document).read.of("gross")
    left, top, right, bottom = fact.place.box
    assert 0.7 < left < right < 0.9  # a page of 595 by 842 points
    assert 0.27 < top < bottom < 0.32
    line = next(line for line in reading_of(document).lines if line.label == "价税合计")
    assert line.url == address_of(document, 1, Box(left, top, right, bottom))
    assert f"box={left:g},{top:g}" in line.url


def test_two_sources_that_differ_come_first():
    document = paper()
    first = Fact("gross", "100.00", Source.METADATA, Place("Amount"))
    second = Fact("gross", "900.00", Source.TEXT, Place(page=2))
    said = read_beside(document, Facts(Kind.DIGITAL, (first,), (Disagreement("gross", first, second),)))
    line = said.lines[0]
    assert (line.label, line.value, line.tone) == ("价税合计", "¥\u00a0100.00 / ¥\u00a0900.00", "bad")
    assert (line.words, line.url) == ("文件属性与版面文字不一致", address_of(document, 2))


def test_what_waits_cannot_be_read_or_says_nothing_is_told():
    waits, broken, never = paper(), paper(), paper()
    ask_readings([waits])
    Reading.objects.create(document=broken, version=1, stage="unreadable", sentence="打不开，没有识读。")
    assert (reading_of(waits).words, reading_of(waits).lines) == (WAITS, [])
    assert reading_of(broken).words == "“发票.xml”打不开，没有识读。"
    assert reading_of(never) is None
    assert read_beside(never, Facts()).words == NOTHING


def test_who_may_see_the_paper_reads_it_on_its_page(world):
    document = read(content=XML, by=world.applicant)
    attach(world.unit, [document], "附件")
    for name in ("paper", "paper_part"):
        own, stranger = Client(), Client()
        own.force_login(world.applicant)
        stranger.force_login(world.stranger)
        page = own.get(reverse(name, args=[document.pk]))
        assert money(T["gross"]) in page.content.decode()
        assert "已核验 · 发票数据" in page.content.decode()
        assert stranger.get(reverse(name, args=[document.pk])).status_code == 404


@pytest.fixture
def world():
    return World()
