"""兑现申请表 on the page: shown, exported, and handed in signed and stamped."""

import pytest
from django.urls import reverse

from records.models import Document
from redemption.models import Claim
from tests.factories import drive_claim
from tests.redemption.typed import paper

pytestmark = pytest.mark.django_db


def at(name, claim):
    return reverse(name, args=[claim.number])


def reload(claim):
    return Claim.objects.get(pk=claim.pk)


def test_the_form_stands_on_the_page_once_it_is_frozen(applicant, world, claim):
    claim = drive_claim(claim, "accepted", world)
    words = applicant.get(at("claim_detail", claim)).content.decode()
    for part in (claim.form_number, "第 1 版", claim.form_hash[:12].upper(), f"{claim.due_on}"):
        assert part in words


@pytest.mark.pdf
def test_exporting_is_written_into_the_trail(applicant, world, claim):
    claim = drive_claim(claim, "accepted", world)
    exports = [applicant.post(at("claim_form_export", claim)) for _ in range(2)]
    assert {response.headers["Content-Type"] for response in exports} == {"application/pdf"}
    assert exports[0].content == exports[1].content
    assert claim.events.filter(step="export").count() == 2
    assert applicant.get(at("claim_form_export", claim)).status_code == 405


def test_there_is_nothing_to_export_before_it_is_frozen(applicant, claim):
    assert applicant.post(at("claim_form_export", claim)).status_code == 404


def test_uploading_the_stamped_form_moves_the_case_to_the_experts(applicant, world, claim):
    claim = drive_claim(claim, "accepted", world)
    response = applicant.post(at("claim_form_upload", claim), {"scan": paper("申请表.pdf"), "seen": claim.version})
    assert response.headers["Location"] == at("claim_detail", claim)
    assert reload(claim).state == "experts"
    assert reload(claim).stamped_form.name == "申请表.pdf"


def test_a_scan_that_is_none_is_refused_on_the_page(applicant, world, claim):
    claim = drive_claim(claim, "accepted", world)
    nothing = applicant.post(at("claim_form_upload", claim), {"seen": claim.version})
    assert "请先选择扫描件。" in nothing.content.decode()
    bad = applicant.post(at("claim_form_upload", claim), {"scan": paper("表.pdf", b"hello"), "seen": claim.version})
    assert "此处只接收" in bad.content.decode()
    before = Document.objects.count()
    stale = applicant.post(at("claim_form_upload", claim), {"scan": paper(), "seen": 0})
    assert "已经有了新的进展" in stale.content.decode()
    assert (reload(claim).state, Document.objects.count()) == ("accepted", before)
