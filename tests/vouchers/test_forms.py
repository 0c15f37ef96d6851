"""The application's form: a draft keeps what is there, a final one asks for everything."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.records.papers import pdf
from vouchers.forms import ApplicationForm
from vouchers.services import save_application, start_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(world):
    return start_application(world.make_order(), by=world.applicant)


def final(application, answers, **changes):
    return ApplicationForm({**answers, **changes}, instance=application, final=True)


def test_complete_answers_are_accepted(application, answers):
    assert final(application, answers).errors == {}


def test_the_applied_amount_stays_within_the_ceiling_with_the_reason(application, answers):
    errors = final(application, answers, applied_amount="10001").errors
    assert errors["applied_amount"] == [
        "申请补贴金额 10,001 元超过上限：合同额 20,000 元 × 50 % = 10,000 元；本年度剩余 150,000 元 → 最多可申请 10,000 元。"
    ]


def test_the_applied_amount_is_in_whole_yuan(application, answers):
    errors = final(application, answers, applied_amount="9999.50").errors
    assert errors["applied_amount"] == ["申请补贴金额须精确到元，请改为 9,999 元。"]


def test_a_contract_too_small_for_the_minimum_is_refused(application, answers):
    errors = final(application, answers, contract_amount="1999.99", applied_amount="999").errors
    assert errors["applied_amount"] == [
        "合同额 1,999.99 元 × 50 % = 999 元（舍去不足一元的部分）；本年度剩余 150,000 元 → 999 元低于最低补贴金额 1,000 元，不能申请。"
    ]


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
