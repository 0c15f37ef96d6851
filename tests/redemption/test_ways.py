"""A sum in the strip of the desk leads to where a reader found it, else to its row's paper."""

import pytest
from django.urls import reverse

from papers.models import Reading
from records.pictures.places import Box, address_of
from redemption.checks import papers_of
from redemption.dossier import facts_of
from redemption.findings.ways import ways_to_sums
from tests.factories import drive_application, drive_claim
from tests.helpers import afresh
from tests.redemption.real_papers import show_all
from tests.reviews.desk import open_turn
from vouchers.kind import facts_of as facts_of_application

pytestmark = pytest.mark.django_db
SUMS = {"contracts": ("合同金额", "amount"), "receipts": ("付款（1 笔）", "amount")}


def strip(claim):
    claim = afresh(claim)
    return {row.label: row.way for row in facts_of(claim, papers_of(claim))}


@pytest.mark.parametrize("name", SUMS)
def test_what_a_reader_found_leads_to_its_box_on_the_page(claim, name):
    show_all(claim)
    label, figure = SUMS[name]
    paper = getattr(claim, name).get().document
    place = Reading.objects.get(document=paper).read.of(figure).place
    way = strip(claim)[label]
    assert (way["url"], way["label"]) == (address_of(paper, place.page, Box(*place.box)), "看材料上的位置")


def test_what_was_only_typed_leads_to_the_paper_of_its_row(claim):
    for name, label in (("contracts", "合同金额"), ("receipts", "付款（1 笔）"), ("invoices", "发票（1 张）")):
        paper = getattr(claim, name).get().document
        way = strip(claim)[label]
        assert (way["url"], way["paper"]) == (reverse("paper", args=[paper.pk]), reverse("paper_part", args=[paper.pk]))


def test_a_list_without_rows_leads_nowhere_and_neither_does_a_name(claim):
    claim.invoices.all().delete()
    claim = afresh(claim)
    assert ways_to_sums(claim, papers_of(claim))["invoices"] is None
    assert strip(claim)["申请单位"] is None


def test_the_desk_links_them(world, client):
    claim = drive_claim(world.make_claim(), "district", world)
    client.force_login(world.district)
    page = client.get(open_turn(claim).get_absolute_url()).content.decode()
    head = page[page.index('<dl class="fact-strip">') : page.index("</header>", page.index("fact-strip"))]
    for paper in (claim.contracts.get().document, claim.invoices.get().document, claim.receipts.get().document):
        assert f'data-paper="{reverse("paper_part", args=[paper.pk])}"' in head


def test_a_planned_sum_leads_to_the_draft_of_the_contract_where_there_is_one(world):
    application = drive_application(world.make_application(), "district", world)
    way = {row.label: row.way for row in facts_of_application(application)}["预计合同金额"]
    draft = application.contract_draft
    assert (way and way["paper"]) == (reverse("paper_part", args=[draft.pk]) if draft else None)
