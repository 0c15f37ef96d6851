"""提交回执: for every kind of case and every round, on the page, as a paper and by mail to a proved address."""

import hashlib
import json

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from notifications.models import Delivery, Notice
from reviews.kinds import kind_of_review
from reviews.models import SubmissionReceipt
from reviews.receipts import content_of, digest_of, plain, sum_of, told_paper
from tests.factories import World, drive_application, drive_claim, drive_unit, make_unit, make_user
from ui.printing import pdf_ready
from vouchers.services import submit_application

CODE = "91120222MA00000312"
pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = World()
    world.newcomer = make_user("newcomer")
    return world


def handed_in(world, kind):
    """A case of the kind that was just submitted."""
    match kind:
        case "certification":
            return drive_unit(make_unit(world.newcomer, CODE, "蓟州样例科技有限公司"), "pending", world)
        case "admission":
            return world.admit("pending")
        case "application":
            return drive_application(world.make_application(), "district", world)
        case "claim":
            return drive_claim(world.make_claim(), "district", world)


def receipts(case):
    return list(SubmissionReceipt.objects.filter(event__case_type__model=case._meta.model_name, event__case_id=case.pk))


@pytest.mark.parametrize(
    ("kind", "label"), [("admission", ""), ("application", "申请补贴金额"), ("claim", "申请兑现金额")]
)
def test_the_paper_names_its_issuer_and_the_sum_asked_for(world, kind, label):
    case = handed_in(world, kind)
    (receipt,) = receipts(case)
    told = sum_of(receipt)
    asked = case.applied_amount if kind == "application" else getattr(case, "redeemed_amount", None)
    assert told == ((label, asked) if label else None)
    page = render_to_string("pdf/receipt.html", {"receipt": receipt, "sum": told})
    assert ("天津市科技创新券服务系统</td>" in page, f"{label or '金额'}</th>" in page) == (True, bool(label))
    assert (page.count(f"<td>{receipt.kind}</td>"), page.count(f"<td>{receipt.title}</td>")) == (1, 1)


@pytest.mark.parametrize("kind", ["certification", "admission", "application", "claim"])
def test_every_submission_gets_one(client, world, kind):
    case = handed_in(world, kind)
    (receipt,) = receipts(case)
    papers = [
        {"name": paper.name, "sha256": paper.sha256}
        for paper in kind_of_review(case).handed_in(case, "submit").documents
    ]
    assert (receipt.number, receipt.files) == (f"{case.number}-1", papers)
    text = json.dumps(receipt.content, ensure_ascii=False, sort_keys=True)
    assert receipt.digest == hashlib.sha256(text.encode()).hexdigest() == digest_of(content_of(case))
    assert case.turns.get().office.name in receipt.following
    client.force_login(world.newcomer if kind == "certification" else world.applicant)
    page = client.get(case.get_absolute_url()).content.decode()
    assert all(
        words in page for words in (receipt.number, receipt.digest, receipt.get_absolute_url(), receipt.following)
    )


def test_every_round_gets_its_own(client, world):
    case = drive_application(world.make_application(), "body", world)
    case = world.decide(case, world.body, "send_back", "请补充。", corrections=["content"])
    case.content = "改过的内容" * 20
    case.save()
    case = submit_application(case, by=world.applicant)
    first, second = receipts(case)
    assert first.digest != second.digest
    assert [first.number, second.number] == [f"{case.number}-1", f"{case.number}-2"]
    client.force_login(world.applicant)
    page = client.get(case.get_absolute_url()).content.decode()
    assert page.index(second.number) < page.index(first.number)


def test_the_stamped_form_is_a_submission_too(world):
    case = drive_claim(world.make_claim(), "experts", world)
    first, stamped = receipts(case)
    assert stamped.event.step == "upload_form"
    assert [file["sha256"] for file in stamped.files] == [case.stamped_form.sha256]
    assert case.stamped_form.sha256 not in [file["sha256"] for file in first.files]


def test_a_changed_paper_changes_the_hash(world):
    case = handed_in(world, "claim")
    content = content_of(case)
    content["files"][0]["sha256"] = "0" * 64
    assert digest_of(content) != receipts(case)[0].digest


def test_it_goes_by_mail_to_proved_addresses_with_number_instant_hash_and_files(world):
    world.reader.email, world.reader.email_verified_at = "jia@example.com", timezone.now()
    world.reader.save()
    case = handed_in(world, "claim")
    (receipt,) = receipts(case)
    mail = Delivery.objects.get(address="jia@example.com", notice__kind="claim_district")
    assert receipt.in_words in mail.notice.body
    assert all(words in receipt.in_words for words in (receipt.number, receipt.digest, receipt.files[0]["sha256"]))
    office = Notice.objects.filter(kind="claim_arrived")
    assert office.exists()
    assert not any(receipt.number in notice.body for notice in office)


def test_other_moves_have_none(world):
    case = drive_application(world.make_application(), "body", world)
    assert len(receipts(case)) == 1
    assert case.enclosure == ""
    assert "提交回执" not in Notice.objects.get(kind="application_body", recipient=world.applicant).body


@pytest.mark.pdf
def test_equal_receipts_are_equal_bytes(client, world):
    assert pdf_ready() == ""
    case = handed_in(world, "application")
    client.force_login(world.applicant)
    first, again = (client.get(receipts(case)[0].get_absolute_url()) for _ in range(2))
    assert (first.status_code, first["Content-Type"], first.content[:4]) == (200, "application/pdf", b"%PDF")
    assert first.content == again.content


def test_who_does_not_see_the_case_does_not_find_it(client, world):
    case = handed_in(world, "application")
    client.force_login(world.stranger)
    assert client.get(receipts(case)[0].get_absolute_url()).status_code == 404
    assert client.get(reverse("receipt_print", args=["X-1"])).status_code == 404


@pytest.mark.parametrize(("value", "kept"), [(None, None), (3, 3), (["a", 1], ["a", 1])])
def test_values_are_kept_plain(value, kept):
    assert plain(value) == kept


def test_a_paper_that_is_kept_otherwise_than_it_came_is_named_with_both_hashes(world):
    case = handed_in(world, "claim")
    paper = kind_of_review(case).handed_in(case, "submit").documents[0]
    paper.received_sha256 = "a" * 64
    told = told_paper(paper)
    assert told == {"name": paper.name, "sha256": paper.sha256, "received": "a" * 64}
    receipt = SubmissionReceipt(event=receipts(case)[0].event, number="1", content={"files": [told], "sections": []})
    page = render_to_string("pdf/receipt.html", {"receipt": receipt, "sum": None})
    assert ("收到时：" + "a" * 64 in page, "收到时 " + "a" * 64 in receipt.in_words) == (True, True)
