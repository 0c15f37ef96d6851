"""The rows of 发票, 银行回单 and 合同, and the form beside them."""

from decimal import Decimal

import pytest

from redemption.forms import ClaimForm
from redemption.rows.kinds import KINDS
from redemption.services import save_row, start_claim, submit_claim
from tests.factories import drive_application
from tests.helpers import refused
from tests.redemption import typed
from tests.redemption.typed import paper
from tests.test_house import ROOT

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


def test_a_wrong_code_and_a_wrong_number_are_told_by_their_fields(row):
    assert set(row("invoice", kind="roll", code="120015413012", invoice_number="0363002").errors) == {"invoice_number"}
    assert set(row("invoice", kind="roll", code="12001541301", invoice_number="03630024").errors) == {"code"}


def test_full_width_figures_and_spaces_are_taken(row):
    form = row("invoice", invoice_number="２６９９ 9999 9999 9999 9999", net="9，433.96")
    assert form.errors == {}
    assert form.cleaned_data["invoice_number"] == "26999999999999999999"


def test_gross_is_offered_as_the_sum_where_it_is_left_open(row):
    form = row("invoice", gross="")
    assert form.errors == {}
    assert form.row().gross == Decimal("10000.00")


def test_an_invoice_without_tax_is_taken_and_one_below_zero_is_not(row):
    assert row("invoice", net="10000", tax="0").errors == {}
    assert set(row("invoice", net="-100", tax="0", gross="").errors) == {"net"}


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


def test_the_claim_s_form_reads_a_saved_claim(blank, world):
    form = ClaimForm(typed.answers(account_name="别的公司"), instance=blank)
    assert form.is_valid()
    assert form.fill(by=world.applicant)[0].account_name == world.unit.name
    assert "result_papers" in ClaimForm(typed.answers(), instance=blank, final=True).errors


def test_a_kind_that_is_not_listed_comes_with_a_reason_and_no_other_does(row):
    other = {"kind": "other", "invoice_number": "ab-0001"}
    assert row("invoice", **other).errors == {"kind_reason": ["请写明是哪一种发票，以及为什么用这种发票。"]}
    assert set(row("invoice", **other, kind_reason="短").errors) == {"kind_reason"}
    told = row("invoice", **other, kind_reason="定额发票，承运人只开这种")
    assert (told.errors, told.cleaned_data["invoice_number"]) == ({}, "AB-0001")
    assert told.instance.kind_words == "其他发票（定额发票，承运人只开这种）"
    listed = row("invoice", kind_reason="短", printed="1")
    assert (listed.errors, listed.cleaned_data["kind_reason"], listed.cleaned_data["printed"]) == ({}, "", "")


READ_AS_ONE = {  # kind of row → what was typed first, and what a reader takes for the same
    "receipt": ({"serial": "LS-0001"}, [{"serial": "ls 0001"}, {"serial": "ＬＳ０００１"}, {"serial": "LSOOO1"}]),
    "contract": ({"number": "HT〔2026〕9号"}, [{"number": "ht(2026) 9号"}, {"number": "HT－2026－9号"}]),
    "invoice": (
        {"kind": "other", "kind_reason": "定额发票，承运人只开这种", "invoice_number": "AB-0001"},
        [{"kind": "other", "kind_reason": "定额发票，承运人只开这种", "invoice_number": "ab0001"}],
    ),
}


@pytest.mark.parametrize("kind", READ_AS_ONE)
def test_a_key_that_reads_as_one_of_the_list_is_refused_by_form_and_database(row, blank, world, kind):
    first, others = READ_AS_ONE[kind]
    save_row(row(kind, **first).row(), blank, by=world.applicant)
    for other in others:
        [[sentence]] = row(kind, **other).errors.values()
        assert sentence.endswith("已经在本申请的列表里。")
    [name] = other.keys() & {"serial", "number", "invoice_number"}
    twin = KINDS[kind].rows(blank).get()
    twin.pk = None
    setattr(twin, name, other[name])
    with refused("R-DUP"):
        save_row(twin, blank, by=world.applicant)


def test_what_is_printed_on_a_digital_paper_is_the_key_of_a_paper_too(row, blank, world):
    paper_key = {"kind": "paper_special", "code": "1200154130", "invoice_number": "03630024"}
    printed = {"kind": "printed_special", "printed": "1200 1541 30 03630024"}
    save_row(row("invoice", **printed).row(), blank, by=world.applicant)
    assert set(row("invoice", **paper_key).errors) == {"invoice_number"}
    assert row("invoice", **paper_key | {"invoice_number": "03630025"}).errors == {}


def test_a_receipt_has_a_number(row):
    assert set(row("receipt", serial="—— ..").errors) == {"serial"}


def test_an_account_at_a_bank_is_written_in_one_way():
    """帐号 is the person's own at this portal alone."""
    paths = [*ROOT.glob("redemption/**/*.py"), *ROOT.glob("templates/redemption/**/*.html")]
    assert [path.name for path in paths if "帐" in path.read_text(encoding="utf-8")] == []
