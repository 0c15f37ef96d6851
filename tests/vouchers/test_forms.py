"""The application's form: a draft keeps what is there, a final one asks for everything."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from policy.models import PolicyVersion
from tests.records.papers import pdf
from vouchers.forms import ApplicationForm
from vouchers.services import save_application, start_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(world):
    return start_application(world.make_order(), by=world.applicant)


def final(application, answers, **changes):
    return ApplicationForm({**answers, **changes}, instance=application, final=True)


def test_a_draft_asks_for_nothing(application):
    form = ApplicationForm({}, instance=application)
    assert form.errors == {}
    assert form.fields["content"].required


def test_a_final_form_asks_for_everything(application):
    form = ApplicationForm({}, instance=application, final=True)
    assert set(form.errors) == {name for name in form.fields if name != "contract_draft"}


def test_complete_answers_are_accepted(application, answers):
    assert final(application, answers).errors == {}


def test_a_short_content_may_be_saved_but_not_handed_in(application, answers):
    assert ApplicationForm({**answers, "content": "检测"}, instance=application).errors == {}
    assert final(application, answers, content="检测").errors["content"] == ["至少 50 字，现在是 2 字，请补充。"]


def test_the_applied_amount_stays_within_the_ceiling_with_the_reason(application, answers):
    errors = final(application, answers, applied_amount="10001").errors
    assert errors["applied_amount"] == [
        "申请补贴金额 10 001 超过上限：合同额 20 000.00 × 50 % = 10 000；本年度剩余 150 000 → 最多可申请 10 000。"
    ]


def test_the_applied_amount_is_in_whole_yuan(application, answers):
    errors = final(application, answers, applied_amount="9999.50").errors
    assert errors["applied_amount"] == ["申请补贴金额须精确到元，请改为 9 999。"]


def test_a_contract_too_small_for_the_minimum_is_refused(application, answers):
    errors = final(application, answers, contract_amount="1999.99", applied_amount="999").errors
    assert errors["applied_amount"] == [
        "合同额 1 999.99 × 50 % = 999；本年度剩余 150 000 → 999 低于最低补贴金额 1 000，不能申请。"
    ]


def test_the_end_must_not_precede_the_beginning(application, answers):
    errors = final(application, answers, planned_from="2026-12-02", planned_to="2026-12-01").errors
    assert errors["planned_to"] == ["计划结束日期不能早于开始日期，请改正。"]


def test_the_pledge_is_kept_with_its_version_and_time(application, answers, world):
    form = final(application, answers)
    assert form.is_valid()
    form.fill(by=world.applicant)
    assert application.pledge_version == PolicyVersion.objects.in_force().pledge_version
    assert application.pledged_at is not None
    withdrawn = ApplicationForm({**answers, "pledge": ""}, instance=application)
    assert withdrawn.is_valid()
    withdrawn.fill(by=world.applicant)
    assert (application.pledge_version, application.pledged_at) == ("", None)


def test_what_is_valid_is_kept_beside_what_is_not(application, answers, world):
    form = ApplicationForm({**answers, "phone": "12"}, instance=application)
    assert set(form.errors) == {"phone"}
    save_application(form.fill(by=world.applicant), by=world.applicant)
    application.refresh_from_db()
    assert application.contract_amount == Decimal(20000)


def test_the_draft_contract_is_stored_and_tied_to_the_case(application, answers, world):
    paper = SimpleUploadedFile("合同草案.pdf", pdf())
    form = ApplicationForm(answers, {"contract_draft": paper}, instance=application)
    assert form.is_valid()
    save_application(form.fill(by=world.applicant), by=world.applicant)
    application.refresh_from_db()
    assert application.contract_draft.name == "合同草案.pdf"
    assert application.contract_draft.case == application


def test_a_paper_that_is_none_is_refused_with_its_reason(application, answers):
    form = ApplicationForm(answers, {"contract_draft": SimpleUploadedFile("合同.pdf", b"hello")}, instance=application)
    assert "不是可以受理的文件" in form.errors["contract_draft"][0]


def test_fields_that_a_return_names_are_marked(application):
    form = ApplicationForm(instance=application, corrections=["content", "受理区"])
    assert set(form.to_correct) == {"content", "district"}
