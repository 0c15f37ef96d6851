"""The rows of 发票, 银行回单 and 合同, and the form beside them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from redemption.forms import ClaimForm
from redemption.rows.kinds import KINDS
from redemption.services import save_row, start_claim, submit_claim
from tests.factories import drive_application
from tests.redemption import typed
from tests.redemption.typed import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def blank(world):
    """A claim without any row."""
    return start_claim(drive_application(world.make_application(), "approved", world), by=world.applicant)


@pytest.fixture
def row(world, blank):
    """Give the bound form of a row of this kind."""

    def make(name, file=True, **changes):
        data = getattr(typed, name)(world, **changes)
        return KINDS[name].form(data, {"file": paper()} if file else {}, claim=blank, by=world.applicant)

    return make


@pytest.mark.parametrize("kind", ["invoice", "receipt", "contract"])
def test_a_complete_row_is_kept(row, blank, world, kind):
    form = row(kind)
    assert form.errors == {}
    saved = save_row(form.row(), blank, by=world.applicant)
    kept = KINDS[kind].rows(blank).get()
    assert kept == saved
    assert kept.document.case == blank


@pytest.mark.parametrize("kind", ["invoice", "receipt", "contract"])
def test_a_blank_row_begins_with_the_names_that_are_known(blank, world, kind):
    form = KINDS[kind].form(claim=blank, by=world.applicant)
    assert {world.unit.name, world.provider.name} <= set(form.initial.values())


@pytest.mark.parametrize("kind", ["invoice", "receipt", "contract"])
def test_an_empty_row_asks_for_every_field_and_the_paper(blank, world, kind):
    form = KINDS[kind].form({}, claim=blank, by=world.applicant)
    free = {"code", "gross", "kept", "slot"}
    assert set(form.errors) == set(form.fields) - free


@pytest.mark.parametrize(
    ("kind", "code", "number"),
    [
        ("paper_special", "1200154130", "03630024"),
        ("paper_plain", "1200154130", "03630024"),
        ("roll", "120015413012", "03630024"),
        ("electronic_plain", "050003523456", "29342181"),
        ("electronic_special", "050003523456", "29342181"),
        ("digital_special", "", "23442000000014209621"),
        ("digital_plain", "", "23442000000014209621"),
    ],
)
def test_code_and_number_are_as_long_as_the_kind_says(row, kind, code, number):
    assert row("invoice", kind=kind, code=code, invoice_number=number).errors == {}
    assert set(row("invoice", kind=kind, code=code, invoice_number=number[1:]).errors) == {"invoice_number"}
    assert set(row("invoice", kind=kind, code=f"{code}1", invoice_number=number).errors) == {"code"}


def test_full_width_figures_and_spaces_are_taken(row):
    form = row("invoice", invoice_number="２６９９ 9999 9999 9999 9999", net="9，433.96")
    assert form.errors == {}
    assert form.cleaned_data["invoice_number"] == "26999999999999999999"


def test_gross_is_offered_as_the_sum_where_it_is_left_open(row):
    form = row("invoice", gross="")
    assert form.errors == {}
    assert form.row().gross == Decimal("10000.00")


def test_net_and_tax_make_the_gross(row):
    assert row("invoice", gross="10000.01").errors["gross"] == [
        "价税合计应等于不含税金额加税额：9,433.96 + 566.04 = 10,000.00，请核对。"
    ]


def test_an_invoice_without_tax_is_taken_and_one_below_zero_is_not(row):
    assert row("invoice", net="10000", tax="0").errors == {}
    assert set(row("invoice", net="-100", tax="0", gross="").errors) == {"net"}


@pytest.mark.parametrize(
    ("kind", "name"), [("invoice", "issued_on"), ("receipt", "paid_on"), ("contract", "signed_on")]
)
def test_a_paper_is_not_of_tomorrow(row, kind, name):
    tomorrow = timezone.localdate() + dt.timedelta(1)
    assert row(kind, **{name: tomorrow.isoformat()}).errors[name] == ["日期不能晚于今天，请照材料上的日期填写。"]


def test_a_contract_ends_after_it_starts(row):
    assert "ends_on" in row("contract", starts_on="2026-11-02", ends_on="2026-11-01").errors


@pytest.mark.parametrize("kind", ["invoice", "receipt", "contract"])
def test_the_same_paper_twice_in_one_list_is_told_at_once(row, blank, world, kind):
    _save(row(kind), blank, world)
    again = [sentence for errors in row(kind).errors.values() for sentence in errors]
    assert len(again) == 1
    assert again[0].endswith("已经在本申请的列表里。")


def _save(form, claim, world):
    assert form.errors == {}
    return save_row(form.row(), claim, by=world.applicant)


def test_a_paper_in_use_elsewhere_is_told_at_once_without_saying_whose(row, claim, world):
    used = submit_claim(claim, by=world.applicant)
    invoice, receipt = used.invoices.get(), used.receipts.get()
    errors = row("invoice", invoice_number=invoice.invoice_number).errors
    assert errors["invoice_number"] == [
        "这张发票已被另一份兑现申请使用，同一张发票不能重复兑现。请核对代码和号码，或更换发票。"
    ]
    errors = row("receipt", payer_account=receipt.payer_account, serial=receipt.serial).errors
    assert errors["serial"] == ["这张银行回单已被另一份兑现申请使用，不能重复兑现。请核对流水号，或更换回单。"]
    assert used.number not in str(errors)


def test_a_row_of_its_own_is_no_twin(row, blank, world):
    saved = _save(row("invoice"), blank, world)
    form = KINDS["invoice"].form(typed.invoice(world, seller="新名称"), instance=saved, claim=blank, by=world.applicant)
    assert form.errors == {}
    assert form.row().document == saved.document


def test_a_paper_outlives_a_refused_row(row, blank, world):
    form = row("invoice", invoice_number="1")
    assert set(form.errors) == {"invoice_number"}
    form.keep_paper()
    kept = form.paper
    assert kept.name == "发票.pdf"
    again = row("invoice", file=False, kept=str(kept.pk))
    assert again.errors == {}
    assert again.row().document == kept


def test_nobody_takes_another_s_paper_by_its_key(row, world):
    form = row("invoice", invoice_number="1")
    form.by = world.stranger
    assert not form.is_valid()
    form.keep_paper()
    assert row("invoice", file=False, kept=form.data["kept"]).errors["file"] == ["请上传发票文件。"]
    assert "file" in row("invoice", file=False, kept="no-key").errors


def test_a_draft_of_the_claim_asks_for_nothing_and_a_final_one_for_all(blank):
    assert ClaimForm({}, instance=blank).errors == {}
    asked = {"result_papers", "completed_on", "effect", "bank_name", "account_number", "rating"}
    assert set(ClaimForm({}, instance=blank, final=True).errors) == asked


def test_the_account_holder_is_the_unit_whatever_is_sent(blank, world):
    form = ClaimForm(typed.answers(account_name="别的公司"), instance=blank)
    assert form.is_valid()
    assert form.fill(by=world.applicant)[0].account_name == world.unit.name


def test_the_effect_has_100_characters(blank):
    form = ClaimForm(typed.answers(effect="好" * 99), instance=blank, final=True)
    assert form.errors["effect"] == ["至少 100 字，现在是 99 字，请补充。"]


@pytest.mark.parametrize("rating", ["0", "6", "好"])
def test_the_rating_is_1_to_5(blank, rating):
    assert "rating" in ClaimForm(typed.answers(rating=rating), instance=blank).errors
