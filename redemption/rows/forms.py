"""One form is one row of 发票, 银行回单 or 合同 (domain.md §6.1, §6.2)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from records.models import Document
from records.people import Person
from records.uploads import UploadField, check_case_total, rule_of_upload, store_upload
from redemption.models import (
    CONTRACT_TWICE,
    INVOICE_TWICE,
    RECEIPT_TWICE,
    Claim,
    Contract,
    Invoice,
    InvoiceKind,
    Receipt,
)
from ui.fields import AccountNumberField, DateField, MoneyField, NameField, half_width
from ui.forms import SayingMixin, rename
from ui.widgets import UploadInput

KEY_LENGTHS = {  # kind → figures of code and number
    InvoiceKind.PAPER_SPECIAL: (10, 8),
    InvoiceKind.PAPER_PLAIN: (10, 8),
    InvoiceKind.ROLL: (12, 8),
    InvoiceKind.ELECTRONIC_SPECIAL: (12, 8),
    InvoiceKind.ELECTRONIC_PLAIN: (12, 8),
    InvoiceKind.DIGITAL_SPECIAL: (0, 20),
    InvoiceKind.DIGITAL_PLAIN: (0, 20),
}
TAX_ID = re.compile(r"[0-9A-Z]{15,20}")
SLOT = re.compile(r"[0-9A-Za-z_-]{1,40}")
UPLOAD = UploadInput(hint=rule_of_upload())


def key_faults(kind: InvoiceKind, code: str | None, number: str | None) -> Iterator[tuple[str, str]]:
    """(field, what is wrong): code and number have the figures of their kind; None is a field that is refused already."""
    typed = (("code", "发票代码", code), ("invoice_number", "发票号码", number))
    for (name, label, text), length in zip(typed, KEY_LENGTHS[kind], strict=True):
        if text is None or re.fullmatch(rf"[0-9]{{{length}}}", text):
            continue
        rule = f"{label}应为 {length} 位数字" if length else f"没有{label}"
        now = f"，现在是 {len(text)} 位" if length and text.isdecimal() else ""
        yield name, f"{kind.label}{rule}{now}，请照发票核对。"


class TaxField(MoneyField):
    """The tax on an invoice: an amount that may be 0."""

    def in_fen(self, amount: Decimal) -> Decimal:
        """The amount with two places; 0 for what is free of tax."""
        return amount.quantize(Decimal("0.01")) if amount == 0 else super().in_fen(amount)


def slot_of(sent: object) -> str:
    """What was sent, if it can name a row, else a new name: it becomes part of a format string (`auto_id`)."""
    return sent if isinstance(sent, str) and SLOT.fullmatch(sent) else uuid4().hex[:6]


class RowForm(SayingMixin, forms.ModelForm):
    """One row. A paper that was chosen is kept even where the rest of the row is refused."""

    file = UploadField(required=False, widget=UPLOAD)
    kept = forms.UUIDField(required=False, widget=forms.HiddenInput)  # the paper of an earlier, refused try
    slot = forms.SlugField(required=False, widget=forms.HiddenInput)  # tells several blank rows apart

    def __init__(self, *args: Any, claim: Claim, by: Person, **kwargs: Any) -> None:
        """claim: whose row it is; by: who types, for only his own papers may be kept."""
        self.claim, self.by = claim, by
        super().__init__(*args, **kwargs)
        self.row_key = str(self.instance.pk or slot_of(self.data.get("slot")))
        self.auto_id = f"{self.instance._meta.model_name}-{self.row_key}-%s"
        rename(self.fields["file"], f"{self.instance._meta.verbose_name}文件")
        self.fields["file"].help_text = ""
        if self.instance.pk is None:
            self.initial = {**self.offered(), "slot": self.row_key, **self.initial}

    def offered(self) -> dict[str, Any]:
        """What a blank row begins with: the portal knows it already."""
        return {}

    @property
    def parties(self) -> tuple[str, str]:
        """The unit, and the provider's legal person."""
        return self.claim.certified.name, self.claim.application.order.provider.legal_name

    @property
    def paper(self) -> Document | None:
        """The paper that the row has without a new upload."""
        if self.instance.document_id:
            stored: Document = self.instance.document
            return stored
        kept = self.data.get("kept") if self.is_bound else None
        try:
            return Document.objects.filter(pk=kept, created_by=self.by, case_id=None).first() if kept else None
        except ValidationError:  # no identifier at all
            return None

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file:
            check_case_total(self.claim.documents.all(), file.size)
        return file

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if not data.get("file") and not self.paper and "file" not in self.errors:
            self.add_error("file", f"请上传{self.fields['file'].label}。")
        return data

    def refuse_twin(self, *key: str, again: str, used: str) -> None:
        """Refuse a key that stands in this list already, or in another living claim, without saying whose."""
        if any(not self.cleaned_data.get(name) and name != "code" for name in key):
            return
        rows = type(self.instance).objects.exclude(pk=self.instance.pk)
        same = rows.filter(**{name: self.cleaned_data.get(name, "") for name in key})
        if same.filter(claim=self.claim).exists():
            self.add_error(key[-1], again)
        elif same.filter(live=True).exists():
            self.add_error(key[-1], used)

    def keep_paper(self) -> None:
        """Store a chosen paper although the row is refused, so that it need not be chosen again."""
        file = self.cleaned_data.get("file")
        if file:
            self.data = dict(self.data.items()) | {"kept": str(store_upload(file, by=self.by).pk)}

    def row(self) -> Any:
        """The row with its paper, not saved yet."""
        row, file = self.save(commit=False), self.cleaned_data.get("file")
        row.document = store_upload(file, by=self.by) if file else self.paper
        return row


class InvoiceForm(RowForm):
    """发票."""

    code = forms.CharField(label="发票代码", required=False, help_text="数电发票没有代码，不填")
    invoice_number = forms.CharField(label="发票号码")
    issued_on = DateField(label="开票日期", not_future=True)
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
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gross"].widget.attrs["data-sum"] = "net tax"

    def offered(self) -> dict[str, Any]:
        unit, provider = self.parties
        legal = self.claim.application.order.provider
        laboratory = getattr(legal, "laboratory", None)
        tax_id = laboratory.host_uscc if laboratory else legal.uscc
        return {"kind": InvoiceKind.DIGITAL_PLAIN, "buyer": unit, "seller": provider, "seller_tax_id": tax_id}

    def clean_code(self) -> str:
        return half_width(self.cleaned_data["code"])

    def clean_invoice_number(self) -> str:
        return half_width(self.cleaned_data["invoice_number"])

    def clean_seller_tax_id(self) -> str:
        number = half_width(self.cleaned_data["seller_tax_id"]).upper()
        if not TAX_ID.fullmatch(number):
            raise ValidationError("销售方税号应为 15 至 20 位数字和大写字母，请照发票填写。", code="invalid")
        return number

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.clean_key(data)
        self.clean_sum(data)
        self.refuse_twin(
            "code",
            "invoice_number",
            again=INVOICE_TWICE,
            used="这张发票已被另一份兑现申请使用，同一张发票不能重复兑现。请核对代码和号码，或更换发票。",
        )
        return data

    def clean_key(self, data: dict[str, Any]) -> None:
        """Code and number are as long as the kind of invoice says."""
        if data.get("kind"):
            for name, sentence in key_faults(InvoiceKind(data["kind"]), data.get("code"), data.get("invoice_number")):
                self.add_error(name, sentence)

    def clean_sum(self, data: dict[str, Any]) -> None:
        """Net and tax make the gross; where it is left open it is their sum."""
        net, tax, gross = data.get("net"), data.get("tax"), data.get("gross")
        if net is None or tax is None or "gross" in self.errors:
            return
        if gross is None:
            data["gross"] = net + tax
        elif gross != net + tax:
            sentence = f"价税合计应等于不含税金额加税额：{net:,.2f} + {tax:,.2f} = {net + tax:,.2f}，请核对。"
            self.add_error("gross", sentence)


class ReceiptForm(RowForm):
    """银行回单."""

    paid_on = DateField(label="付款日期", not_future=True)
    payer = NameField(label="付款人")
    payer_account = AccountNumberField(label="付款账号")
    payee = NameField(label="收款人")
    payee_account = AccountNumberField(label="收款账号")
    amount = MoneyField(label="金额")

    class Meta:
        model = Receipt
        fields = ("paid_on", "payer", "payer_account", "payee", "payee_account", "amount", "serial")

    def offered(self) -> dict[str, Any]:
        unit, provider = self.parties
        return {"payer": unit, "payee": provider, "payer_account": self.claim.account_number}

    def clean_serial(self) -> str:
        return half_width(self.cleaned_data["serial"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.refuse_twin(
            "payer_account",
            "serial",
            again=RECEIPT_TWICE,
            used="这张银行回单已被另一份兑现申请使用，不能重复兑现。请核对流水号，或更换回单。",
        )
        return data


class ContractForm(RowForm):
    """合同."""

    party_a = NameField(label="甲方")
    party_b = NameField(label="乙方")
    signed_on = DateField(label="签订日期", not_future=True)
    starts_on = DateField(label="开始日期")
    ends_on = DateField(label="结束日期")
    amount = MoneyField(label="合同金额")

    class Meta:
        model = Contract
        fields = ("name", "number", "party_a", "party_b", "signed_on", "starts_on", "ends_on", "amount")

    def offered(self) -> dict[str, Any]:
        unit, provider = self.parties
        return {"party_a": unit, "party_b": provider, "amount": self.claim.application.contract_amount}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "结束日期不能早于开始日期，请照合同核对。")
        number = data.get("number")
        if number and self.claim.contracts.filter(number=number).exclude(pk=self.instance.pk).exists():
            self.add_error("number", CONTRACT_TWICE)
        return data
