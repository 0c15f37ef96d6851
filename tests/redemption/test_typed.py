"""The forms of 兑现 as far as they read what was typed: no row and no claim of these tests was ever saved."""

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import User
from redemption.forms import ClaimForm
from redemption.models import InvoiceKind
from redemption.rows.keys import key_faults
from redemption.rows.kinds import KINDS
from tests.unsaved import DAY, a_claim, a_laboratory, a_voucher, an_order

TYPED = {
    "completed_on": "2026-11-24",
    "effect": "检测数据用于材料选型，样机通过评审。" * 8,
    "bank_name": "示例银行天津分行",
    "account_number": "1200000000000001",
    "rating": "5",
}


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel("2026-11-24 12:00 +0800", tick=False):
        yield


def row_of(kind, data=None, claim=None):
    return KINDS[kind].form(data, claim=claim or a_claim(), by=User(pk=1))


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_row_begins_with_the_names_that_are_known(kind):
    claim = a_claim()
    assert {claim.unit.name, claim.application.order.provider.name} <= set(row_of(kind, claim=claim).initial.values())


def test_an_invoice_of_a_laboratory_is_offered_with_its_host_s_code():
    claim = a_claim(application=a_voucher(order=an_order(provider=a_laboratory(host_uscc="91130100000000078U"))))
    offered = row_of("invoice", claim=claim).initial
    assert (offered["seller"], offered["seller_tax_id"]) == ("北京样例研究院", "91130100000000078U")


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_row_asks_for_every_field_and_the_paper(kind):
    form = row_of(kind, {})
    assert set(form.errors) == set(form.fields) - {"code", "gross", "kept", "kind_reason", "printed", "slot"}


FOLDED, ELECTRONIC, DIGITAL = "1200154130", "050003523456", "23442000000014209621"
WAYS = [  # kind, code, number, what is printed beside it
    ("paper_special", FOLDED, "03630024", ""),
    ("paper_plain", FOLDED, "03630024", ""),
    ("paper_plain", "012001800104", "03630024", ""),
    ("roll", "120015413012", "03630024", ""),
    *((kind, ELECTRONIC, "29342181", "") for kind in ("electronic_plain", "electronic_special", "blockchain")),
    *((kind, ELECTRONIC, "29342181", "") for kind in ("vehicle", "toll")),
    *((kind, "", DIGITAL, "") for kind in ("digital_special", "digital_plain", "vehicle", "toll")),
    *((kind, "", DIGITAL, f"{FOLDED}03630024") for kind in ("printed_special", "printed_plain")),
    ("printed_plain", "", DIGITAL, f"{ELECTRONIC}03630024"),
    ("other", "", "AB-0001", ""),
]


def faults(kind, code, number, printed=""):
    return [name for name, _ in key_faults(InvoiceKind(kind), code, number, printed)]


def test_every_kind_has_its_way():
    assert {kind for kind, *_ in WAYS} == set(InvoiceKind.values)


@pytest.mark.parametrize(("kind", "code", "number", "printed"), WAYS)
def test_code_and_number_are_as_long_as_the_kind_says(kind, code, number, printed):
    assert faults(kind, code, number, printed) == []
    assert faults(kind, None, None, None) == []  # refused already
    assert faults(kind, code, number[:2], printed) == ["invoice_number"]
    assert faults(kind, code, f"{number:0<20}0", printed) == ["invoice_number"]
    assert faults(kind, f"{code:0<12}1", number, printed) == ["code"]
    assert faults(kind, code, number[:-1] + "*", printed) == ["invoice_number"]
    if printed:
        assert faults(kind, code, number, printed[1:]) == ["printed"]


@pytest.mark.parametrize(
    ("kind", "code", "number", "sentence"),
    [
        ("roll", "12", "03630024", "卷式发票发票代码应为 12 位数字，现在是 2 位，请照发票核对。"),
        ("roll", "1x", "03630024", "卷式发票发票代码应为 12 位数字，请照发票核对。"),
        (
            "paper_plain",
            FOLDED[1:],
            "03630024",
            "纸质普通发票发票代码应为 10 或 12 位数字，现在是 9 位，请照发票核对。",
        ),
        ("toll", "", "123", "通行费电子发票发票号码应为 8 或 20 位数字，现在是 3 位，请照发票核对。"),
        ("digital_plain", "12", DIGITAL, "数电普通发票没有发票代码，请照发票核对。"),
        ("other", "", "**", "发票号码应为 4 至 20 位数字或大写字母，请照发票核对。"),
    ],
)
def test_a_wrong_key_is_told_with_its_kind(kind, code, number, sentence):
    assert [words for _, words in key_faults(InvoiceKind(kind), code, number)] == [sentence]


@pytest.mark.parametrize(
    ("kind", "name"), [("invoice", "issued_on"), ("receipt", "paid_on"), ("contract", "signed_on")]
)
def test_a_paper_is_not_of_tomorrow(kind, name):
    field = KINDS[kind].form.base_fields[name]
    assert field.clean("2026-11-24") == DAY
    with pytest.raises(ValidationError, match="日期不能晚于今天，请照材料上的日期填写"):
        field.clean("2026-11-25")


def test_a_contract_ends_after_it_starts():  # a contract of one day is a whole row in test_forms
    assert "ends_on" in row_of("contract", {"starts_on": "2026-11-02", "ends_on": "2026-11-01"}).errors


@pytest.mark.parametrize(
    ("tax_id", "is_refused"),
    [
        ("9111010800000006X7", False),
        ("９１１１０１０８０００００００６ｘ７", False),
        ("123", True),
        ("9111010800000006*7", True),
    ],
)
def test_the_seller_s_number_is_figures_and_capitals(tax_id, is_refused):
    assert ("seller_tax_id" in row_of("invoice", {"seller_tax_id": tax_id}).errors) is is_refused


@pytest.mark.parametrize(
    ("net", "tax", "gross", "errors"),
    [
        (
            "9,433.96",
            "566.04",
            "10000.01",
            ["价税合计应等于不含税金额加税额：9,433.96 元 + 566.04 元 = 10,000 元，请核对。"],
        ),
        (
            "9433.96",
            "566.04",
            "9999.99",
            ["价税合计应等于不含税金额加税额：9,433.96 元 + 566.04 元 = 10,000 元，请核对。"],
        ),
    ],
)
def test_net_and_tax_make_the_gross(net, tax, gross, errors):
    assert row_of("invoice", {"net": net, "tax": tax, "gross": gross}).errors["gross"] == errors


@pytest.mark.parametrize(
    ("net", "tax", "refused"),
    [("-100", "0", {"net"}), ("0", "0", {"net"}), ("10000", "-1", {"tax"}), ("x", "0", {"net"})],
)
def test_an_invoice_below_zero_is_not_taken(net, tax, refused):
    assert {"net", "tax"} & set(row_of("invoice", {"net": net, "tax": tax}).errors) == refused


def test_a_draft_of_the_claim_asks_for_nothing_and_a_final_one_for_all():
    bare = a_claim({"result_papers": []})
    assert ClaimForm({}, instance=bare).errors == {}
    asked = {"completed_on", "effect", "bank_name", "account_number", "rating"}
    assert set(ClaimForm({}, instance=bare, final=True).errors) == asked | {"result_papers"}
    assert set(ClaimForm({}, instance=a_claim(), final=True).errors) == asked


def test_whole_answers_are_taken_and_the_account_holder_is_the_unit_whatever_is_sent():
    form = ClaimForm(TYPED | {"account_name": "别的公司"}, instance=a_claim(account_name=""), final=True)
    assert form.errors == {}
    claim, papers = form.fill(by=User(pk=1))
    assert (claim.account_name, claim.rating, papers) == ("海河样例科技有限公司", 5, ())


SHORT = ["至少 100 字，现在是 99 字，请补充。"]


@pytest.mark.parametrize(("effect", "errors"), [("好" * 99, SHORT), (f" {'好' * 99} ", SHORT), ("好" * 100, None)])
def test_the_effect_has_100_characters(effect, errors):
    assert ClaimForm(TYPED | {"effect": effect}, instance=a_claim(), final=True).errors.get("effect") == errors
    assert ClaimForm(TYPED | {"effect": effect}, instance=a_claim()).errors == {}


@pytest.mark.parametrize("rating", ["0", "6", "好"])
def test_the_rating_is_1_to_5(rating):
    assert set(ClaimForm(TYPED | {"rating": rating}, instance=a_claim()).errors) == {"rating"}


def test_a_claim_is_not_completed_tomorrow():
    assert set(ClaimForm(TYPED | {"completed_on": "2026-11-25"}, instance=a_claim()).errors) == {"completed_on"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("slot", ["%", "%s", "%(x)d", "{}", "a b", "x" * 41])
def test_a_hidden_field_is_never_a_format_string(kind, slot):
    row = row_of(kind, {"slot": slot})
    assert slot not in row.row_key
    assert all(str(field.auto_id).startswith(row.instance._meta.model_name) for field in row)
