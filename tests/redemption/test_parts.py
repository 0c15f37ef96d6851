"""Long row lists stand on the page in parts: the sums are of all rows, and the row that was touched is always there."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import drive_claim
from tests.redemption.dropped import drop, invoice_xml, read_all
from tests.redemption.dropped import invoice as an_invoice
from tests.redemption.typed import invoice, paper
from ui.templatetags.told import MOST_TOLD

pytestmark = pytest.mark.django_db
MANY = 300
MOST_KB = 100
ROW = re.compile(r'<tbody id="row-invoice-(\d+)">')


def multiplied(row, first, **many):
    """The row with so many others; each(place) gives what tells them apart."""
    type(row).objects.filter(pk=row.pk).update(**first)
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.fields if not field.primary_key}
    rows = [fields | {name: each(place) for name, each in many.items()} for place in range(MANY - 1)]
    type(row).objects.bulk_create(type(row)(**values) for values in rows)


def multiply(claim):
    """Give it 300 invoices and receipts, which come to what the one of each did."""
    first, each = 100_000 - 300 * (MANY - 1), Decimal(300)
    sums = {"net": lambda _: each, "tax": lambda _: 0, "gross": lambda _: each}
    told = {"invoice_number": lambda place: f"2512{place:016d}"}
    multiplied(claim.invoices.get(), {"net": first, "tax": 0, "gross": first}, **sums, **told)
    slips = {"amount": lambda _: each, "serial": lambda place: f"20260105{place:022d}"}
    multiplied(claim.receipts.get(), {"amount": first}, **slips)


@pytest.mark.parametrize("name", ["claim_edit", "claim_check"])
def test_three_hundred_faults_are_told_by_a_few_and_a_number(applicant, claim, name):
    multiply(claim)
    claim.invoices.update(seller="别的样例机构（演示）")
    page = applicant.get(reverse(name, args=[claim.number])).content
    assert len(page) <= MOST_KB * 1024
    assert page.decode().count("的销售方“别的样例机构（演示）”") == MOST_TOLD
    assert int(re.search(f"这里只列出前 {MOST_TOLD} 处，还有 ([0-9]+) 处。", page.decode())[1]) >= MANY - MOST_TOLD


@pytest.fixture
def long_claim(claim):
    multiply(claim)
    return claim


def edit(claim, query=""):
    return reverse("claim_edit", args=[claim.number]) + query


def shown(client, address):
    return [int(pk) for pk in ROW.findall(client.get(address).content.decode())]


def keys(claim):
    return list(claim.invoices.values_list("pk", flat=True))


@pytest.mark.parametrize("name", ["claim_edit", "claim_check", "claim_detail"])
def test_a_page_of_300_rows_is_small_and_tells_all_sums(applicant, long_claim, name):
    page = applicant.get(reverse(name, args=[long_claim.number])).content
    assert len(page) <= MOST_KB * 1024
    assert f"共 {MANY} 条，第 1 / 15 页" in page.decode()


def test_twenty_papers_that_wait_beside_300_rows_leave_the_page_small(applicant, long_claim, settings):
    settings.READ_PAPERS = True
    drop(applicant, long_claim, {f"发票{n}.xml": invoice_xml(an_invoice(long_claim, n)) for n in range(20)})
    read_all(long_claim)
    page = applicant.get(edit(long_claim))
    assert page.content.decode().count('name="shown"') == 20
    assert len(page.content) <= MOST_KB * 1024
    assert [list_.room for list_ in page.context["lists"]] == [5, 5, 5]


def test_the_desk_s_dossier_of_300_rows_is_small(client, world, long_claim):
    claim = drive_claim(long_claim, "district", world)
    client.force_login(world.district)
    page = client.get(reverse("turn_detail", args=[claim.turns.get().pk]))
    assert (page.status_code, len(page.content) <= MOST_KB * 1024) == (200, True)


def test_each_part_has_its_rows_and_beyond_the_end_is_the_last(applicant, long_claim):
    pks = keys(long_claim)
    assert shown(applicant, edit(long_claim)) == pks[:20]
    assert shown(applicant, edit(long_claim, "?rows1=3")) == pks[40:60]
    assert shown(applicant, edit(long_claim, "?rows1=99")) == pks[280:]


def test_the_parts_of_the_lists_turn_apart(applicant, long_claim):
    page = applicant.get(edit(long_claim, "?rows1=3&rows2=2")).content.decode()
    assert f'href="{edit(long_claim)}?rows2=2&amp;rows1=4#rows-invoice"' in page
    assert f'href="{edit(long_claim)}?rows1=3&amp;rows2=1#rows-receipt"' in page


def test_without_script_an_open_row_stands_in_its_part_and_a_blank_one_at_the_end(applicant, long_claim):
    pks = keys(long_claim)
    page = applicant.get(edit(long_claim, f"?edit=invoice-{pks[50]}")).content.decode()
    assert ROW.findall(page) == [str(pk) for pk in pks[40:60] if pk != pks[50]]
    assert f'id="row-invoice-{pks[50]}"' in page
    assert shown(applicant, edit(long_claim, "?add=invoice")) == []  # 301 rows: the blank one is alone on the last part


def test_a_refused_row_comes_back_in_its_part(applicant, long_claim):
    pks = keys(long_claim)
    address = reverse("claim_row_edit", args=[long_claim.number, "invoice", pks[70]])
    page = applicant.post(address, {"seen": long_claim.version}).content.decode()
    assert f'id="row-invoice-{pks[70]}"' in page
    assert ROW.findall(page) == [str(pk) for pk in pks[60:80] if pk != pks[70]]
    assert f'href="{edit(long_claim)}?rows1=5#rows-invoice"' in page


def test_a_row_that_was_saved_is_on_the_page_that_follows(applicant, world, long_claim):
    address = reverse("claim_row", args=[long_claim.number, "invoice"])
    answer = applicant.post(address, invoice(world) | {"file": paper()})
    newest = keys(long_claim)[-1]
    assert answer.headers["Location"] == edit(long_claim, f"?at=invoice-{newest}#rows-invoice")
    assert shown(applicant, answer.headers["Location"])[-1] == newest


def test_after_a_deletion_the_part_stays(applicant, long_claim):
    pks = keys(long_claim)
    address = reverse("claim_row_delete", args=[long_claim.number, "invoice", pks[50]])
    answer = applicant.post(address, {"seen": long_claim.version})
    assert answer.headers["Location"] == edit(long_claim, f"?at=invoice-{pks[49]}#rows-invoice")
    assert pks[49] in shown(applicant, answer.headers["Location"])


def test_saving_the_form_keeps_the_parts_that_were_on_screen(applicant, long_claim):
    answer = applicant.post(edit(long_claim, "?rows1=3&at=invoice-1"), {"seen": long_claim.version, "effect": "好。"})
    assert answer.headers["Location"] == edit(long_claim, "?rows1=3")


def test_a_short_list_has_no_parts(applicant, claim):
    assert "part-pager" not in applicant.get(edit(claim)).content.decode()
