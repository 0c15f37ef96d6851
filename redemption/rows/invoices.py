"""One form is one 发票 (domain.md §6.1, §6.2)."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from policy.arithmetic import yuan
from redemption.models import (
    HAS_PAPER_KEY,
    INVOICE_KEY,
    INVOICE_TWICE,
    PAPER_KEY,
    PRINTED,
    Invoice,
    InvoiceKind,
)
from redemption.rows.forms import RowForm
from redemption.rows.keys import key_faults
from redemption.rows.twins import Key
from ui.fields import PAPERS_SINCE, DateField, MoneyField, NameField
from ui.figures import half_width

INVOICE_USED = "这张发票已被另一份兑现申请使用，同一张发票不能重复兑现。请核对代码和号码，或更换发票。"
TAX_ID = re.compile(r"[0-9A-Z]{15,20}")


class TaxField(MoneyField):
    """The tax on an invoice: an amount that may be 0."""

    def in_fen(self, amount: Decimal) -> Decimal:
        """The amount with two places; 0 for what is free of tax."""
        if amount < 0:
            raise ValidationError("税额不能小于 0；免税的填 0。", code="min_value")
        return amount.quantize(Decimal("0.01")) if amount == 0 else super().in_fen(amount)


def invoice_key(data: Mapping[str, str]) -> tuple[str, ...]:
    """Code and number, where there is a number."""
    return (data.get("code", ""), data["invoice_number"]) if data.get("invoice_number") else ()


def on_paper(data: Mapping[str, str]) -> tuple[str, ...]:
    """What stands on paper: what is printed, else code and number in one."""
    code, number, printed = (data.get(name, "") for name in ("code", "invoice_number", "printed"))
    return (printed or code + number,) if number and (code or printed) else ()


class InvoiceForm(RowForm):
    """发票."""

    kind_reason = forms.CharField(
        label="其他发票的说明",
        required=False,
        min_length=4,
        max_length=100,
        help_text="票面名称，以及为什么用这种发票",
        widget=forms.TextInput(attrs={"data-shown-for": f"kind {InvoiceKind.OTHER}"}),
    )
    code = forms.CharField(label="发票代码", required=False, help_text="数电发票没有代码，不填")
    invoice_number = forms.CharField(label="发票号码", help_text="数电发票填 20 位号码")
    printed = forms.CharField(
        label="票面印制的代码和号码",
        required=False,
        help_text="代码和 8 位号码，连写",
        widget=forms.TextInput(attrs={"data-shown-for": " ".join(["kind", *sorted(PRINTED)])}),
    )
    issued_on = DateField(label="开票日期", since=PAPERS_SINCE, ahead=0)
    seller = NameField(label="销售方名称")
    seller_tax_id = forms.CharField(label="销售方税号")
    buyer = NameField(label="购买方名称")
    net = MoneyField(label="不含税金额")
    tax = TaxField(label="税额")
    gross = MoneyField(label="价税合计", required=False, help_text="不填则为不含税金额加税额")

    class Meta:
        model = Invoice
        fields = (
            "kind",
            "code",
            "invoice_number",
            "issued_on",
            "seller",
            "seller_tax_id",
            "buyer",
            "net",
            "tax",
            "gross",
            "kind_reason",  # last, what comes and goes with the kind: nothing moves
            "printed",
        )

    keys = (
        Key("invoice_number", INVOICE_KEY, invoice_key, again=INVOICE_TWICE, used=INVOICE_USED),
        Key("printed", (PAPER_KEY,), on_paper, again=INVOICE_TWICE, used=INVOICE_USED, where=HAS_PAPER_KEY),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gross"].widget.attrs["data-sum"] = f"{self.add_prefix('net')} {self.add_prefix('tax')}"
        self.fields["tax"].widget.attrs["data-rest"] = f"{self.add_prefix('gross')} {self.add_prefix('net')}"
        for name in ("kind_reason", "printed"):
            shown = self.fields[name].widget.attrs
            shown["data-shown-for"] = " ".join([self.add_prefix("kind"), *shown["data-shown-for"].split()[1:]])

    def offered(self) -> dict[str, Any]:
        """The names and the number of the case."""
        unit, provider = self.parties
        tax_id = self.claim.application.order.provider.legal_uscc
        return {"kind": InvoiceKind.DIGITAL_PLAIN, "buyer": unit, "seller": provider, "seller_tax_id": tax_id}

    def clean_code(self) -> str:
        """The code in half width and capitals."""
        return half_width(self.cleaned_data["code"]).upper()

    def clean_invoice_number(self) -> str:
        """The number likewise."""
        return half_width(self.cleaned_data["invoice_number"]).upper()

    def clean_printed(self) -> str:
        """What is printed, likewise."""
        return half_width(self.cleaned_data["printed"])

    def clean_seller_tax_id(self) -> str:
        """Figures and capitals."""
        number = half_width(self.cleaned_data["seller_tax_id"]).upper()
        if not TAX_ID.fullmatch(number):
            raise ValidationError("销售方税号应为 15 至 20 位数字和大写字母，请照发票填写。", code="invalid")
        return number

    def clean(self) -> dict[str, Any]:
        """Key and sum."""
        data = super().clean()
        self.clean_key(data)
        self.clean_sum(data)
        return data

    def clean_key(self, data: dict[str, Any]) -> None:
        """Code and number are as long as the kind of invoice says; what belongs to other kinds is not kept."""
        if not data.get("kind"):
            return
        kind = InvoiceKind(data["kind"])
        if kind not in PRINTED:
            data["printed"] = ""
        if kind != InvoiceKind.OTHER:
            data["kind_reason"] = ""
            self.errors.pop("kind_reason", None)
        elif not data.get("kind_reason") and "kind_reason" not in self.errors:
            self.add_error("kind_reason", "请写明是哪一种发票，以及为什么用这种发票。")
        for name, sentence in key_faults(kind, data.get("code"), data.get("invoice_number"), data.get("printed")):
            self.add_error(name, sentence)

    def clean_sum(self, data: dict[str, Any]) -> None:
        """Net and tax make the gross; where it is left open it is their sum."""
        net, tax, gross = data.get("net"), data.get("tax"), data.get("gross")
        if net is None or tax is None or "gross" in self.errors:
            return
        if gross is None:
            data["gross"] = net + tax
        elif gross != net + tax:
            sentence = f"价税合计应等于不含税金额加税额：{yuan(net)} + {yuan(tax)} = {yuan(net + tax)}，请核对。"
            self.add_error("gross", sentence)
