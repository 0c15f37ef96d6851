"""从材料箱选择: one choice in the place of an upload, in each form; what was taken is the case's own."""

import pytest
from django.urls import reverse

from accounts.box.choosing import BOTH
from accounts.box.services import take_out
from accounts.models import Unit
from records.models import Document
from tests.accounts.boxed import account, boxed, content_of, soon, upload
from tests.accounts.conftest import licence, typed
from tests.factories import drive_application, make_unit, make_user
from tests.helpers import afresh, by_owner

pytestmark = pytest.mark.django_db
__all__ = ["licence", "typed"]  # fixtures


@pytest.fixture
def mine(client, world):
    client.force_login(world.applicant)
    return client


def choices(form, name):
    return [words for _, words in form.fields[name].choices]


def test_an_application_takes_its_draft_from_the_box(mine, world):
    paper = boxed(world.unit, world.applicant, "contract", name="检测合同")
    boxed(world.unit, world.applicant, "licence")
    boxed(world.other_unit, world.stranger, "contract", name="别家的合同")
    application = world.make_application()
    address = reverse("application_edit", args=[application.number])
    form = mine.get(address).context["form"]
    assert choices(form, "contract_draft_box") == ["不从材料箱选择", "合同：检测合同"]
    mine.post(address, {"act": "save", "contract_draft_box": paper.pk, "seen": application.version})
    draft = afresh(application).contract_draft
    assert (draft.name, draft.sha256, draft.case) == ("contract.pdf", paper.document.sha256, application)
    assert draft != paper.document
    take_out(paper, by=world.applicant)
    with afresh(draft).file.open() as file:
        assert file.read() == content_of("contract")


def test_a_file_and_a_choice_at_once_are_asked_about_and_the_file_waits(mine, world):
    paper = boxed(world.unit, world.applicant, "contract")
    application = world.make_application()
    address = reverse("application_edit", args=[application.number])
    answer = mine.post(
        address, {"act": "save", "contract_draft_box": paper.pk, "contract_draft": upload("contract", "新.pdf")}
    )
    assert answer.context["form"].errors["contract_draft_box"] == [BOTH]
    assert [one.name for one in answer.context["form"].waiting] == ["新.pdf"]


def test_a_choice_in_a_form_that_is_wrong_elsewhere_is_taken_once(mine, world):
    paper = boxed(world.unit, world.applicant, "contract")
    application = world.make_application()
    address = reverse("application_edit", args=[application.number])
    before = Document.objects.count()
    form = mine.post(address, {"act": "save", "contract_draft_box": paper.pk, "phone": "12"}).context["form"]
    assert set(form.errors) == {"phone"}
    assert form["contract_draft_box"].value() is None
    assert Document.objects.count() == before + 1


def test_a_choice_of_another_unit_s_paper_is_none(mine, world):
    boxed(world.unit, world.applicant, "contract")
    theirs = boxed(world.other_unit, world.stranger, "contract")
    application = world.make_application()
    address = reverse("application_edit", args=[application.number])
    answer = mine.post(address, {"act": "save", "contract_draft_box": theirs.pk})
    assert "contract_draft_box" in answer.context["form"].errors
    assert afresh(application).contract_draft == application.contract_draft


def test_a_box_without_a_fitting_paper_offers_nothing(mine, world):
    boxed(world.unit, world.applicant, "licence")
    form = mine.get(reverse("application_edit", args=[world.make_application().number])).context["form"]
    assert "contract_draft_box" not in form.fields


def test_a_kind_of_file_that_the_place_refuses_is_not_offered(mine, world):
    paper = boxed(world.unit, world.applicant, "contract")
    with by_owner():
        Document.objects.filter(pk=paper.document_id).update(content_type="application/xml")
    form = mine.get(reverse("application_edit", args=[world.make_application().number])).context["form"]
    assert "contract_draft_box" not in form.fields


def test_a_claim_takes_several_results_and_begins_with_the_account(mine, world):
    results = [boxed(world.unit, world.applicant, "result", name=f"报告{n}") for n in "甲乙"]
    account(world.unit, world.applicant, account_name="别家公司", account_number="6222000000009999")
    account(world.unit, world.applicant, account_number="6222000000008888", valid_until=soon(-1))
    account(world.unit, world.applicant)
    claim = world.make_claim(drive_application(world.make_application(), "approved", world))
    type(claim).objects.filter(pk=claim.pk).update(bank_name="", account_number="")
    address = reverse("claim_edit", args=[claim.number])
    form = mine.get(address).context["form"]
    assert (form["bank_name"].value(), form["account_number"].value()) == ("样例银行天津支行", "6222000000001234")
    assert form["account_number"].help_text == "已按材料箱里的“account”填入，请核对，保存后生效。"
    before = claim.result_papers.count()
    mine.post(address, {"act": "save", "result_papers_box": [paper.pk for paper in results]})
    assert claim.result_papers.count() == before + 2
    assert afresh(claim).account_number == ""


def test_an_account_that_was_typed_stays(mine, world):
    account(world.unit, world.applicant)
    claim = world.make_claim(drive_application(world.make_application(), "approved", world))
    form = mine.get(reverse("claim_edit", args=[claim.number])).context["form"]
    assert form["account_number"].value() == claim.account_number != "6222000000001234"


def test_a_certification_takes_its_licence_from_the_box(client, typed):
    person = make_user("begins")
    unit = make_unit(person, "91120222MA00000312", "渤海样例（天津）新材料有限公司")
    paper = boxed(unit, person, "licence", name="营业执照")
    client.force_login(person)
    answer = client.post("/center/certification/edit/", typed(licence=None, licence_box=paper.pk))
    assert answer["Location"] == "/center/certification/check/"
    assert afresh(unit).licence.sha256 == paper.document.sha256
    assert afresh(unit).licence_id != paper.document_id


def test_a_new_unit_has_no_box_yet(client, db):
    client.force_login(make_user("new"))
    form = client.get("/center/certification/edit/").context["form"]
    assert "licence_box" not in form.fields


def test_a_refused_certification_keeps_what_was_chosen(client, typed):
    person = make_user("begins")
    unit = make_unit(person, "91120222MA00000312", "渤海样例（天津）新材料有限公司")
    Unit.objects.filter(pk=unit.pk).update(licence=None)
    paper = boxed(unit, person, "licence", name="营业执照")
    client.force_login(person)
    wrong = typed(licence=None, licence_box=paper.pk, handler_phone="12")
    form = client.post("/center/certification/edit/", wrong).context["form"]
    assert set(form.errors) == {"handler_phone"}
    assert form.paper.sha256 == paper.document.sha256
    client.post("/center/certification/edit/", typed(licence=None, kept=str(form.paper.pk)))
    assert afresh(unit).licence == form.paper


def test_an_admission_takes_a_certificate_with_its_days(mine, world):
    days = {"valid_from": soon(-400), "valid_until": soon(700)}
    paper = boxed(world.unit, world.applicant, "certificate", name="CMA 证书", **days)
    admission = world.make_admission()
    address = reverse("admission_edit", args=[admission.number])
    row = {"rows": 1, "row0-kind": "cma", "row0-number": "A-1", "row0-file_box": paper.pk}
    mine.post(address, {"act": "save", **row})
    kept = admission.qualifications.get(number="A-1")
    assert (kept.valid_from, kept.valid_until, kept.permanent) == (*days.values(), False)
    assert (kept.document.sha256, kept.document.case) == (paper.document.sha256, admission)


def test_days_that_were_typed_beside_a_certificate_stay(mine, world):
    days = {"valid_from": soon(-400), "valid_until": soon(700)}
    paper = boxed(world.unit, world.applicant, "certificate", **days)
    lasting = boxed(world.unit, world.applicant, "certificate", permanent=True)
    admission = world.make_admission()
    address = reverse("admission_edit", args=[admission.number])
    first = {"row0-kind": "cma", "row0-number": "A-1", "row0-file_box": paper.pk, "row0-permanent": "on"}
    second = {"row1-kind": "cnas", "row1-number": "B-1", "row1-file_box": lasting.pk, "row1-valid_from": soon(-5)}
    mine.post(address, {"act": "save", "rows": 2, **first, **second})
    rows = {row.number: (row.valid_from, row.valid_until, row.permanent) for row in admission.qualifications.all()}
    assert rows == {"A-1": (days["valid_from"], None, True), "B-1": (soon(-5), None, True)}
