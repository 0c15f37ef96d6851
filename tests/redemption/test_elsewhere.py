"""One paper used twice is found by its file and by the number on it, wherever that is; of other units the applicant reads nothing."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import Reading
from records.models import Document
from redemption.checks import papers_of
from redemption.findings.elsewhere import FILE, NUMBER, elsewhere, things_of
from redemption.findings.lines import desk_lines, own_lines
from redemption.findings.looked import looked_at
from redemption.models import Claim, Invoice, Receipt
from tests.factories import drive_application, drive_claim
from tests.helpers import afresh, by_owner, other_side, unguarded
from tests.redemption.real_papers import show

pytestmark = pytest.mark.django_db
NOTHING = "没有发现重复使用的材料"


def told(claim, *, own=False):
    """What is said of papers that are used twice."""
    claim = afresh(claim)
    found = (own_lines if own else desk_lines)(claim, papers_of(claim))
    return [
        line["text"] for line in found if any(word in line["text"] for word in ("用的是同一个", "同一个票据", "也用在"))
    ]


def says_nothing(claim):
    claim = afresh(claim)
    return NOTHING in [line["text"] for line in desk_lines(claim, papers_of(claim))]


def same_file(row, other):
    """Let both rows hold the same bytes."""
    with unguarded():
        Document.objects.filter(pk__in=[row.document_id, other.document_id]).update(sha256="ab" * 32)


@pytest.fixture
def others(world):
    """A claim of the other firm that waits at its district."""
    other = other_side(world)
    claim = other.make_claim(drive_application(other.make_application(), "approved", other))
    return drive_claim(claim, "district", other)


def test_one_file_in_two_lists_is_told(claim):
    invoice, receipt = claim.invoices.get(), claim.receipts.get()
    assert says_nothing(claim)
    same_file(invoice, receipt)
    assert told(claim) == told(claim, own=True) == [f"发票 {invoice}、银行回单 {receipt}用的是同一个文件“invoice.pdf”"]


def test_one_file_as_row_and_as_result_is_told(claim):
    invoice = claim.invoices.get()
    with unguarded():
        Document.objects.filter(pk__in=[invoice.document_id, claim.result_papers.get().pk]).update(sha256="ab" * 32)
    assert told(claim) == [f"发票 {invoice}、服务成果证明“report.pdf”用的是同一个文件“invoice.pdf”"]


def test_of_many_rows_with_one_file_some_are_named(claim):
    invoice = claim.invoices.get()
    number = invoice.invoice_number
    for place in range(1, 5):
        invoice.pk, invoice.invoice_number = None, f"2699999999999999999{place}"
        invoice.save(force_insert=True)
    [text] = told(claim)
    assert text.startswith(f"发票 {number}、")
    assert text.endswith("等 5 处用的是同一个文件“invoice.pdf”")


def test_one_paper_that_was_typed_as_two_is_told(claim):
    row = claim.invoices.get()
    number = row.invoice_number
    show(row)
    row.pk, row.invoice_number = None, "26000000000000077777"
    row.save(force_insert=True)
    show(row, invoice_number=number)
    assert f"发票 {number}、发票 26000000000000077777的材料上是同一个票据号码 {number}" in told(claim)


@pytest.mark.parametrize("rows", ["invoices", "receipts", "contracts"])
def test_one_file_in_another_claim_is_told_and_to_the_applicant_without_a_name(claim, others, rows):
    row = getattr(claim, rows).get()
    same_file(row, getattr(others, rows).get())
    [text] = told(claim)
    assert text.endswith(f"的文件也用在{others.unit}的兑现申请 {others.number} 里")
    [text] = told(claim, own=True)
    assert text.endswith("的文件也用在另一份兑现申请里")


def test_of_very_many_other_claims_a_few_are_looked_up(claim, others, monkeypatch):
    same_file(claim.invoices.get(), others.invoices.get())
    monkeypatch.setattr("redemption.findings.elsewhere.MOST_USES", 1)
    monkeypatch.setattr("redemption.findings.elsewhere.SHOWN", 0)
    lines = [line["text"] for line in desk_lines(afresh(claim), papers_of(afresh(claim)))]
    assert "至少还有 1 处重复使用的材料" in lines


def test_one_file_in_another_claim_of_the_unit_is_named_to_it(claim, others):
    same_file(claim.invoices.get(), others.invoices.get())
    Claim.objects.filter(pk=others.pk).update(unit=claim.unit)
    assert told(claim, own=True)[0].endswith(f"的文件也用在本单位的兑现申请 {others.number} 里")
    assert told(claim)[0].endswith(f"的文件也用在该单位的兑现申请 {others.number} 里")


@pytest.mark.parametrize("end", [{"state": "withdrawn"}, {"state": "draft", "submitted_at": None, "policy": None}])
def test_what_has_ended_or_was_never_handed_in_is_not_told(claim, others, end):
    same_file(claim.invoices.get(), others.invoices.get())
    Claim.objects.filter(pk=others.pk).update(**end)
    assert says_nothing(claim)


def test_a_paper_that_was_replaced_is_not_told(claim, others):
    same_file(claim.invoices.get(), others.invoices.get())
    Document.objects.filter(pk=others.invoices.get().document_id).update(dropped_at=others.created_at)
    assert says_nothing(claim)


def test_the_number_on_the_paper_counts_though_another_was_typed(claim, others):
    """Here the paper says what the other claim has typed."""
    taken = others.invoices.get().invoice_number
    row = show(claim.invoices.get(), invoice_number=taken)
    assert f"发票 {row}的票据号码 {taken} 也用在{others.unit}的兑现申请 {others.number} 里" in told(claim)
    assert f"发票 {row}的票据号码 {taken} 也用在另一份兑现申请里" in told(claim, own=True)


def test_the_number_on_the_other_paper_counts_too(claim, others):
    """There the paper says what is typed here; and both papers one number though both typed others."""
    number = claim.invoices.get().invoice_number
    show(others.invoices.get(), invoice_number=number)
    assert len(told(claim)) == 1
    show(claim.invoices.get(), invoice_number="26000000000000088888")
    show(others.invoices.get(), invoice_number="26000000000000088888")
    assert [text for text in told(claim) if "26000000000000088888" in text]


def test_a_bank_receipt_counts_by_account_and_serial(claim, others):
    row = claim.receipts.get()
    show(others.receipts.get(), serial=row.serial, payer_account=row.payer_account)
    [text] = told(claim)
    assert text.startswith(f"银行回单 {row}的票据号码 ")


def test_what_the_hard_rule_tells_the_applicant_is_not_told_twice(claim, others):
    Invoice.objects.filter(claim=claim).update(invoice_number=others.invoices.get().invoice_number)
    assert told(claim, own=True) == []
    assert len(told(claim)) == 1


def test_all_of_it_is_one_question(claim, others, django_assert_num_queries):
    claim = Claim.objects.to_read().get(pk=claim.pk)
    things = things_of(claim, looked_at(claim, papers_of(claim)))
    with django_assert_num_queries(1):
        used, uses = elsewhere(claim, things)
    assert (used, uses) == (frozenset(), [])
    Receipt.objects.filter(claim=claim).update(serial=others.receipts.get().serial)
    assert elsewhere(claim, things)[0] == {("receipt", claim.receipts.get().pk)}


def fill(claim, many=4000):
    """As many papers of other cases, read, and as many rows that are in use."""
    paper, row = claim.invoices.get().document, claim.invoices.get()
    kept = {field.attname: getattr(paper, field.attname) for field in paper._meta.fields} | {"file": ""}
    papers = [
        Document(**kept | {"id": uuid.uuid4(), "sha256": f"{n:064x}", "case_id": n}) for n in range(10**6, 10**6 + many)
    ]
    Document.objects.bulk_create(papers)
    Reading.objects.bulk_create(Reading(document=one, version=1, identity=one.sha256[-20:]) for one in papers)
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.fields if field.attname != "id"}
    told = ({"invoice_number": one.sha256[-20:], "live": True} for one in papers)
    Invoice.objects.bulk_create(Invoice(**kept | one) for one in told)


def test_it_goes_along_indexes_however_many_papers_there_are(claim, others):
    """Also for three hundred rows: by so long a list PostgreSQL proves no partial index, and of one it takes no statistics."""
    fill(others)
    claim = Claim.objects.to_read().get(pk=claim.pk)
    things = {(how, f"{place}"): {"": Document()} for how in (FILE, NUMBER) for place in range(300)}
    with by_owner() as cursor:
        cursor.execute("ANALYZE records_document, papers_reading, redemption_invoice, redemption_claim")
        cursor.execute("UPDATE pg_class SET relpages = 1, reltuples = 100000 WHERE relname = 'redemption_claim'")
        with CaptureQueriesContext(connection) as asked:
            elsewhere(claim, things)
        cursor.execute("EXPLAIN " + asked.captured_queries[0]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    for index in ("records_document_sha256", "reading_identity", "invoice_number_as_read"):
        assert index in plan
    for table in ("papers_reading", "redemption_invoice"):
        assert f"Seq Scan on {table}" not in plan
