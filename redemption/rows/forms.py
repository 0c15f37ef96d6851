"""One form is one row: what all have in common, 银行回单 and 合同 (domain.md §6.1, §6.2)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from papers.facts import Facts
from records.models import Document
from records.people import Person
from records.rules import RuleBroken
from records.uploads import UploadField, check_case_total, rule_of_upload, store_upload
from redemption.models import (
    CONTRACT_KEY,
    CONTRACT_TWICE,
    RECEIPT_KEY,
    RECEIPT_TWICE,
    Claim,
    Contract,
    Dropped,
    Receipt,
)
from redemption.rows.offers import NOTHING, Offers, offers_of
from redemption.rows.twins import Key, refuse_twins
from ui.fields import PAPERS_SINCE, AccountNumberField, DateField, MoneyField, NameField
from ui.figures import half_width
from ui.forms import SayingMixin
from ui.keys import as_read
from ui.sayings import rename
from ui.widgets import UploadInput

RECEIPT_USED = "这张银行回单已被另一份兑现申请使用，不能重复兑现。请核对流水号，或更换回单。"
OFFERED = "已预填，请核对"
SLOT = re.compile(r"[0-9A-Za-z_-]{1,40}")
UPLOAD = UploadInput(hint=rule_of_upload())


def slot_of(sent: object) -> str:
    """What was sent, if it can name a row, else a new name: it becomes part of a format string (`auto_id`)."""
    return sent if isinstance(sent, str) and SLOT.fullmatch(sent) else uuid4().hex[:6]


def held_by_fields(exclude: object = None) -> None:
    """Each CHECK of a row is a question to the database. Its fields hold the same, and rows that come together ask none."""


@dataclass(frozen=True)
class Beside:
    """What a row form is shown beside: the paper that waits for it, and what a paper says."""

    dropped: Dropped | None = None
    read: Facts | None = None


class RowForm(SayingMixin, forms.ModelForm):
    """One row. A paper that was chosen is kept even where the rest of the row is refused."""

    file = UploadField(required=False, widget=UPLOAD)
    kept = forms.UUIDField(required=False, widget=forms.HiddenInput)  # the paper of an earlier, refused try
    slot = forms.SlugField(required=False, widget=forms.HiddenInput)  # tells several blank rows apart

    keys: ClassVar[tuple[Key, ...]] = ()  # what may stand in one row alone
    offers: Offers = NOTHING

    def __init__(self, *args: Any, claim: Claim, by: Person, beside: Beside = Beside(), **kwargs: Any) -> None:
        """claim: whose row it is; by: who types, for only his own papers may be kept."""
        self.claim, self.by, self.dropped = claim, by, beside.dropped
        self._stored: Document | None = None
        if self.dropped is not None:
            kwargs["prefix"] = f"d{self.dropped.pk}"  # such rows are sent together
        super().__init__(*args, **kwargs)
        self.seen = self.data.get("seen", claim.version)  # the version of the claim at which the row was opened
        self.name_parts()
        rename(self.fields["file"], f"{self.instance._meta.verbose_name}文件")
        self.fields["file"].help_text = ""
        if self.instance.pk is None:
            self.offer({name: value for name, value in self.offered().items() if value not in (None, "")})
            self.initial = {"slot": self.row_key, **self.initial}
        if self.dropped is not None:
            for name in ("file", "kept", "slot"):
                del self.fields[name]
            vars(self.instance)["validate_constraints"] = held_by_fields
        if beside.read is not None and self.paper is not None:
            self.take_read(self.paper, beside.read)

    def name_parts(self) -> None:
        """Give its parts the names by which the page finds them; the cells stand outside of the form and name it."""
        key = self.instance.pk or slot_of(self.data.get("slot"))
        model = self.instance._meta.model_name
        self.row_key = self.prefix or str(key)
        self.auto_id = "row-%s" if self.prefix else f"{model}-{self.row_key}-%s"
        self.form_id = "dropped-form" if self.prefix else f"form-{model}-{self.row_key}"
        for bound in self.fields.values():
            bound.widget.attrs["form"] = self.form_id

    def take_read(self, paper: Document, read: Facts) -> None:
        """Begin a row that waits with what its paper says; beside each answer stands what was read, also where it differs."""
        said = offers_of(str(self.instance._meta.model_name), read, paper)
        self.offers = {name: offer for name, offer in said.items() if name in self.fields}
        fitting = {name: offer.value for name, offer in self.offers.items() if self.takes(name, offer.value)}
        if self.dropped is not None:
            self.initial.update(fitting)
        for name, offer in self.offers.items():
            now = self.data.get(self.add_prefix(name), "") if self.is_bound else self.initial.get(name, "")
            context = {
                "offer": offer,
                "differs": now in {None, ""} or name not in fitting or offer.differs(now),
                "target": str(self.auto_id) % self.add_prefix(name) if name in fitting else "",
            }
            self.fields[name].help_text = render_to_string("redemption/read_hint.html", context)

    def takes(self, name: str, value: str) -> bool:
        """Whether a box takes what a paper says: a stranger's file may say anything."""
        try:
            self.fields[name].clean(value)
        except ValidationError:
            return False
        return True

    def offered(self) -> dict[str, Any]:
        """What a blank row begins with: the portal knows it already."""
        return {}

    def offer(self, known: Mapping[str, Any]) -> None:
        """Begin the row with what is known, and say so beside each answer until it is sent."""
        self.initial = {**known, **self.initial}
        for name in [] if self.is_bound else known:
            self.fields[name].help_text = self.fields[name].help_text or OFFERED

    @property
    def parties(self) -> tuple[str, str]:
        """The unit, and the provider's legal person."""
        return self.claim.certified.name, self.claim.application.order.provider.legal_name

    @property
    def paper(self) -> Document | None:
        """The paper that the row has without a new upload."""
        if self.dropped is not None:
            waiting: Document = self.dropped.document
            return waiting
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
            check_case_total(self.claim, file.size, instead=self.instance.document if self.instance.pk else None)
        return file

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if not self.paper and not data.get("file") and "file" not in self.errors:
            self.add_error("file", f"请上传{self.fields['file'].label}。")
        return data

    def full_clean(self) -> None:
        """Judge the row, also by those that are there; rows that wait come together, and are judged so (`refuse_twins`)."""
        super().full_clean()
        if self.is_bound and self.dropped is None:
            refuse_twins([self])

    def keep_paper(self) -> None:
        """Store a chosen paper although the row is refused, so that it need not be chosen again."""
        if not self.cleaned_data.get("file"):
            return
        try:
            self.data = dict(self.data.items()) | {"kept": str(self.stored().pk)}
        except RuleBroken as refusal:
            self.add_error("file", refusal.sentence)

    def row(self) -> Any:
        """The row with its paper, not saved yet."""
        row = self.save(commit=False)
        row.document = self.stored() if self.cleaned_data.get("file") else self.paper
        return row

    def stored(self) -> Document:
        """The chosen paper, stored once however often the row is refused."""
        if self._stored is None:
            self._stored = store_upload(self.cleaned_data["file"], by=self.by)
        return self._stored


def receipt_key(data: Mapping[str, str]) -> tuple[str, ...]:
    """Account and serial, where both are there."""
    key = data.get("payer_account", ""), data.get("serial", "")
    return key if all(key) else ()


def contract_key(data: Mapping[str, str]) -> tuple[str, ...]:
    """Its number."""
    return (data["number"],) if data.get("number") else ()


class ReceiptForm(RowForm):
    """银行回单."""

    paid_on = DateField(label="付款日期", since=PAPERS_SINCE, ahead=0)
    payer = NameField(label="付款人")
    payer_account = AccountNumberField(label="付款账号")
    payee = NameField(label="收款人")
    payee_account = AccountNumberField(label="收款账号")
    amount = MoneyField(label="金额")

    class Meta:
        model = Receipt
        fields = ("paid_on", "payer", "payer_account", "payee", "payee_account", "amount", "serial")

    keys = (Key("serial", RECEIPT_KEY, receipt_key, again=RECEIPT_TWICE, used=RECEIPT_USED),)

    def offered(self) -> dict[str, Any]:
        unit, provider = self.parties
        first = next(iter(self.claim.receipts.all()), None)
        return {
            "payer": unit,
            "payee": provider,
            "payer_account": first.payer_account if first else self.claim.account_number,
            "payee_account": first.payee_account if first else "",
        }

    def clean_serial(self) -> str:
        serial = half_width(self.cleaned_data["serial"])
        if not as_read(serial):
            raise ValidationError("流水号中没有数字或文字，请照银行回单填写。", code="invalid")
        return serial


class ContractForm(RowForm):
    """合同."""

    party_a = NameField(label="甲方")
    party_b = NameField(label="乙方")
    signed_on = DateField(label="签订日期", since=PAPERS_SINCE, ahead=0)
    starts_on = DateField(label="开始日期", since=PAPERS_SINCE, ahead=20)
    ends_on = DateField(label="结束日期", since=PAPERS_SINCE, ahead=20)
    amount = MoneyField(label="合同金额")

    class Meta:
        model = Contract
        fields = ("name", "number", "party_a", "party_b", "signed_on", "starts_on", "ends_on", "amount")

    keys = (Key("number", (CONTRACT_KEY,), contract_key, again=CONTRACT_TWICE),)

    def offered(self) -> dict[str, Any]:
        unit, provider = self.parties
        application = self.claim.application
        return {
            "name": application.project_name,
            "party_a": unit,
            "party_b": provider,
            "starts_on": application.planned_from,
            "ends_on": application.planned_to,
            "amount": application.contract_amount,
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "结束日期不能早于开始日期，请照合同核对。")
        return data
