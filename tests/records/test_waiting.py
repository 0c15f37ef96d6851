"""A paper is chosen once: it waits beside a form that is refused, and a full disk takes no word along."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import UnitMember
from records.models import Document
from redemption.models import Claim
from tests.factories import World, drive_application, make_user
from tests.records.papers import pdf
from tests.redemption.typed import answers, invoice
from vouchers.models import Application

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def applicant(client, world):
    client.force_login(world.applicant)
    return client


def fill_disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "full"
    settings.MEDIA_ROOT.write_text("no folder")


def paper(name="合同草案.pdf"):
    return SimpleUploadedFile(name, pdf())


def stored(form):
    return [document.name for document in form.waiting]


def test_the_draft_of_a_contract_waits_while_a_colleague_s_save_refuses_the_form(applicant, world):
    case = drive_application(world.make_application(), "draft", world)
    address = reverse("application_edit", args=[case.number])
    Application.objects.filter(pk=case.pk).update(version=9)
    page = applicant.post(address, {"act": "save", "seen": 0, "content": "改过的内容", "contract_draft": paper()})
    form = page.context["form"]
    assert (stored(form), "改过的内容" in page.content.decode()) == (["合同草案.pdf"], True)
    applicant.post(address, {"act": "save", "seen": 9, "content": "改过的内容", "paper_kept": form.waiting[0].pk})
    case.refresh_from_db()
    assert (case.contract_draft, case.contract_draft.case) == (form.waiting[0], case)


def test_papers_of_the_result_wait_too(applicant, world):
    claim = world.make_claim()
    address, before = reverse("claim_edit", args=[claim.number]), claim.result_papers.count()
    Claim.objects.filter(pk=claim.pk).update(version=9)
    typed = answers(act="save", seen=0, effect="改过")
    form = applicant.post(address, typed | {"result_papers": [paper("报告.pdf")]}).context["form"]
    assert stored(form) == ["报告.pdf"]
    typed |= {"seen": 9, "paper_kept": form.waiting[0].pk}
    page = applicant.post(address, typed, follow=True)
    assert (claim.result_papers.count(), "data-waiting" in page.content.decode()) == (before + 1, False)


def test_a_row_keeps_its_text_and_says_what_was_the_trouble(applicant, world, settings, tmp_path):
    claim = world.make_claim()
    fill_disk(settings, tmp_path)
    address, rows = reverse("claim_row", args=[claim.number, "invoice"]), claim.invoices.count()
    for wrong in ({}, {"net": "x"}):
        typed = invoice(world, file=paper("发票.pdf"), **wrong)
        page = applicant.post(address, typed, headers={"hx-request": "true"}).content.decode()
        assert ("文件“发票.pdf”没有保存成功" in page, typed["invoice_number"] in page) == (True, True)
    assert claim.invoices.count() == rows


def test_a_licence_says_so_beside_its_field(client, settings, tmp_path):
    fill_disk(settings, tmp_path)
    person = make_user("newcomer")
    client.force_login(person)
    page = client.post(
        reverse("certification_edit"), {"act": "save", "name": "海河样例科技有限公司", "licence": paper("执照.pdf")}
    )
    assert "文件“执照.pdf”没有保存成功" in page.context["form"].errors["licence"][0]
    assert ("海河样例科技有限公司" in page.content.decode(), UnitMember.objects.filter(user=person).exists()) == (
        True,
        False,
    )


def test_so_does_a_certificate(applicant, world, settings, tmp_path):
    admission = world.make_admission()
    fill_disk(settings, tmp_path)
    kept = Document.objects.count()
    typed = {"act": "save", "rows": "1", "row0-kind": "cma", "row0-file": paper("证书.pdf")}
    page = applicant.post(reverse("admission_edit", args=[admission.number]), typed)
    assert (page.status_code, Document.objects.count()) == (200, kept)
    assert "文件“证书.pdf”没有保存成功" in page.content.decode()
