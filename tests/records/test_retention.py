"""What a case has let go counts no longer and goes after a day, unless anything still names it."""

import datetime as dt
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from accounts.models import KeptForm
from records import retention
from records.models import Document, RemovedPaper
from records.rules import RuleBroken
from records.services import attach, attach_each, let_papers_go, named_in_rows
from records.tasks import remove_papers
from records.uploads import MAX_CASE
from redemption.models import Claim
from redemption.services import delete_row, drop_paper, save_claim
from tests.factories import World, drive_application, drive_claim, make_document
from tests.helpers import by_owner, refused, unguarded
from tests.redemption.typed import invoice, paper
from vouchers.services import save_application

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - dt.timedelta(days=2)
HALF = MAX_CASE // 2


@pytest.fixture
def world():
    return World()


@pytest.fixture
def claim(world):
    return world.make_claim()


def old(document, **more):
    """The paper as it stands after two days."""
    with by_owner():
        Document.objects.filter(pk=document.pk).update(created_at=LONG_AGO, **more)
    Document.objects.filter(pk=document.pk).exclude(dropped_at=None).update(dropped_at=LONG_AGO)
    return document


def is_there(document):
    return Document.objects.filter(pk=document.pk).exists()


def large(by, size=HALF):
    document = make_document(by)
    document.size = size
    with by_owner():
        document.save()
    return document


# what counts


def test_nine_rounds_of_adding_and_removing_end_nowhere(claim, world):
    for _ in range(9):
        document = large(world.applicant)
        claim = save_claim(Claim.objects.get(pk=claim.pk), by=world.applicant, papers=(document,))
        drop_paper(claim, document, by=world.applicant)
    assert claim.documents.exclude(dropped_at=None).count() == 9


def test_what_a_case_names_still_counts_under_its_lock(claim, world):
    for _ in range(2):
        claim = save_claim(
            Claim.objects.get(pk=claim.pk), by=world.applicant, papers=(large(world.applicant, HALF - 9999),)
        )
    with pytest.raises(RuleBroken, match=r"本事项的材料合计 3\d\d.\d MB，超过 200 MB。请先移除不再需要的材料"):
        save_claim(Claim.objects.get(pk=claim.pk), by=world.applicant, papers=(large(world.applicant),))
    assert Document.objects.filter(case_id=None).count() == 1


def test_a_row_that_is_taken_out_lets_its_paper_go(claim, world):
    row = claim.invoices.first()
    delete_row(row, by=world.applicant)
    assert Document.objects.get(pk=row.document_id).dropped_at


def test_a_draft_of_a_contract_that_is_replaced_or_removed_is_let_go(world):
    case = drive_application(world.make_application(), "draft", world)
    papers = [large(world.applicant) for _ in range(3)]
    for document in (*papers, None):
        case.contract_draft = document
        save_application(case, by=world.applicant)
    assert [Document.objects.get(pk=one.pk).dropped_at is None for one in papers] == [False] * 3


def test_the_papers_of_an_order_are_named_by_the_order_itself(world):
    order = world.make_application().order
    attach(order, [document := make_document(world.applicant)], "订单附件")
    let_papers_go(order)
    assert Document.objects.get(pk=document.pk).dropped_at is None


@pytest.mark.parametrize(
    "tie",
    [
        lambda case, papers: attach(case, papers, "资质证书"),
        lambda case, papers: attach_each(case, dict.fromkeys(papers, "资质证书")),
    ],
)
def test_what_would_be_too_much_together_is_not_tied(claim, world, tie):
    papers = [large(world.applicant) for _ in range(2)]
    with refused("R-SIZE", match="超过 200 MB"):
        tie(claim, papers)
    assert not Document.objects.filter(pk__in=[paper.pk for paper in papers]).exclude(case_id=None).exists()


def test_a_large_paper_is_refused_beside_its_field_and_leaves_no_file(client, claim, world):
    client.force_login(world.applicant)
    with by_owner():
        Document.objects.filter(pk=claim.contracts.first().document_id).update(size=MAX_CASE - 10)
    before = Document.objects.count()
    page = client.post(reverse("claim_row", args=[claim.number, "invoice"]), invoice(world, file=paper()))
    assert "超过 200 MB" in page.content.decode()
    assert Document.objects.count() == before


def test_a_paper_that_replaces_another_counts_for_it(client, claim, world):
    client.force_login(world.applicant)
    row = claim.invoices.first()
    with by_owner():
        Document.objects.filter(pk=row.document_id).update(size=MAX_CASE - 10)
    address = reverse("claim_row_edit", args=[claim.number, "invoice", row.pk])
    page = client.post(address, invoice(world, file=paper()))
    assert "超过 200 MB" not in page.content.decode()


def test_a_row_that_is_refused_by_the_service_stores_its_paper_once(client, world):
    claim = drive_claim(world.make_claim(), "district", world)
    client.force_login(world.applicant)
    address = reverse("claim_row_edit", args=[claim.number, "invoice", claim.invoices.first().pk])
    before = Document.objects.count()
    page = client.post(address, invoice(world, file=paper())).content.decode()
    assert "不能修改" in page
    assert Document.objects.count() == before + 1


# what goes


def test_a_paper_of_no_case_goes_after_a_day_and_leaves_a_row(world, django_capture_on_commit_callbacks):
    document, fresh = old(make_document(world.applicant)), make_document(world.applicant)
    with django_capture_on_commit_callbacks(execute=True):
        remove_papers()
    assert (is_there(document), is_there(fresh)) == (False, True)
    assert not default_storage.exists(document.file.name)
    gone = RemovedPaper.objects.get()
    assert (gone.paper, gone.sha256, gone.uploaded_by) == (document.pk, document.sha256, world.applicant)


def test_a_file_that_two_papers_share_stays_for_the_other(world, django_capture_on_commit_callbacks):
    document, other = old(make_document(world.applicant)), make_document(world.applicant)
    with by_owner():
        Document.objects.filter(pk=other.pk).update(file=document.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        remove_papers()
    assert (is_there(document), default_storage.exists(document.file.name)) == (False, True)


def test_a_paper_that_was_let_go_goes_a_day_later(claim, world):
    row = claim.invoices.first()
    delete_row(row, by=world.applicant)
    remove_papers()
    assert is_there(row.document)
    old(row.document)
    remove_papers()
    assert not is_there(row.document)


def test_what_a_receipt_names_stays(world):
    claim = drive_claim(world.make_claim(), "district_returned", world)
    row = claim.invoices.first()
    with unguarded():
        Document.objects.filter(pk=row.document_id).update(sha256="ab" * 32)
    receipt = claim.events.filter(receipt__isnull=False).first().receipt
    receipt.content["files"][0]["sha256"] = "ab" * 32
    receipt.save()
    delete_row(row, by=world.applicant)
    old(row.document)
    remove_papers()
    assert is_there(row.document)


def test_what_the_trail_names_stays(world):
    claim = drive_claim(world.make_claim(), "experts", world)
    stamped = claim.stamped_form
    assert claim.events.filter(attachments__contains=[stamped.sha256]).exists()
    Claim.objects.filter(pk=claim.pk).update(stamped_form=None)
    let_papers_go(claim)
    old(stamped)
    remove_papers()
    assert is_there(stamped)


def test_what_waits_in_a_kept_form_stays(world):
    document = old(make_document(world.applicant))
    KeptForm.objects.create(
        user=world.applicant, browser="x", path="/", back="/", fields=[["kept", str(document.pk)]], files=[]
    )
    remove_papers()
    assert is_there(document)


def test_no_paper_of_a_whole_life_goes(world):
    drive_claim(world.make_claim(), "passed", world)
    with by_owner():
        Document.objects.update(created_at=LONG_AGO)
    before = set(Document.objects.filter(named_in_rows()).values_list("pk", flat=True))
    remove_papers()
    assert before
    assert before == set(Document.objects.filter(named_in_rows()).values_list("pk", flat=True))


def test_a_paper_that_was_taken_up_meanwhile_stays(claim, world):
    document = old(make_document(world.applicant))
    attach(claim, [document], "x")
    assert not retention.remove(document.pk)
    assert is_there(document)


def test_a_file_of_no_paper_goes_after_a_day(world, settings, tmp_path, monkeypatch, caplog):
    settings.MEDIA_ROOT = tmp_path
    kept = make_document(world.applicant)
    name = default_storage.save("documents/ab/lost", ContentFile(b"x"))
    assert retention.remove_files() == 0
    monkeypatch.setattr(retention, "REST", dt.timedelta(0))
    assert retention.remove_files() == 1
    assert (default_storage.exists(name), default_storage.exists(kept.file.name)) == (False, True)
    assert "documents/ab/lost" in caplog.text


def test_no_paper_was_ever_kept(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert retention.remove_files() == 0


def test_names_are_looked_for_wherever_values_are_kept():
    columns = {f"{table}.{column}".replace('"', "") for table, column in retention.columns_of_values()}
    assert {
        "records_event.attachments",
        "reviews_submissionreceipt.content",
        "vouchers_application.submitted_terms",
        "redemption_claim.submitted_terms",
        "redemption_claim.form_content",
        "accounts_keptform.fields",
        "accounts_formdraft.fields",
    } <= columns
    assert re.fullmatch(retention.NAMES, "ab" * 32)
