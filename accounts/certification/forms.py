"""The form of 安全认证: every field of domain.md §6.1 单位认证."""

import datetime as dt
from collections.abc import Iterator, Sequence
from copy import copy
from decimal import Decimal
from typing import Any, ClassVar

from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.html import format_html

from accounts.box.choosing import BoxMixin
from accounts.certification.services import KNOWN
from accounts.models import BoxPaper, Honour, Unit, UnitKind
from accounts.permissions import INSTITUTIONS
from accounts.uscc import UsccField, is_off_by_check_digit, is_public_institution
from papers.services import ask_readings
from policy.calendar import today
from records.models import Document
from records.people import Person
from records.rules import RuleBroken
from records.uploads import UploadField, rule_of_upload, store_upload
from registers.kinds import Register, is_connected
from ui.asked import asked_to_correct
from ui.drafts import SeenMixin
from ui.fields import CountField, DateField, NameField, PersonField, PhoneField, in_figures
from ui.forms import Section, SectionsMixin, missing_of
from ui.known import Hint
from ui.widgets import Lines, UploadInput

FIRST_FIRMS = dt.date(1860, 1, 1)  # no older legal person is on a register
LICENCE_KINDS = ("pdf", "jpg", "png")
MOST_PEOPLE = 10_000_000  # no employer has more
EVEN_IN_A_DRAFT = ("name", "uscc")
INSTITUTION = f"代码以 12 开头的是事业单位，请把单位类型改为“事业单位”。{INSTITUTIONS}。"
CHECK_DIGIT = "统一社会信用代码的校验位不符，请对照证照逐位核对。证照上确为此代码的，请勾选下面的“证照上确为此代码，申请人工核验”。"
TERM_HINT = "证照上“营业期限”或“有效期”的最后一天；没有期限的，勾选下面的“长期有效”"
NO_TERM = "请填写证照有效期至哪一天，或勾选“长期有效”。"
TWO_TERMS = "勾选了“长期有效”就不填日期：请清除日期，或取消勾选。"
PAST_TERM = "证照有效期已过，请上传换发后的证照，并填写新的有效期。"
DISTRICT_HINT = "请选择单位实际所在、负责初审的区或功能区。不能由统一社会信用代码推定：代码第 3 至 8 位是登记时的登记机关，可能已经变更。"


class TenThousandField(forms.DecimalField):
    """An amount in 万元, from 0, two places; thousands separators and full width are taken off."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(min_value=Decimal(0), max_digits=14, decimal_places=2, required=False, widget=widget, **kwargs)

    def to_python(self, value: object) -> Any:
        """The amount in 万元, or None for nothing typed."""
        return super().to_python(in_figures(self, value))


class CertificationForm(BoxMixin, SeenMixin, SectionsMixin, forms.ModelForm):
    """What the platform reviews; a draft needs no more than name and code.

    draft: only what is typed is judged, nothing is asked for but name and code.
    """

    sections: ClassVar[dict[str, list[str]]] = {
        "单位信息": [
            "name",
            "uscc",
            "code_claimed",
            "kind",
            "licence",
            "kept",
            "licence_until",
            "licence_permanent",
            "district",
            "address",
            "founded_on",
            "legal_representative",
        ],
        "经营情况": ["capital", "industry", "honours", "staff_count", "revenue", "research_spend"],
        "经办人": ["handler_name", "handler_phone"],
    }

    name = NameField(label="单位名称", help_text="与营业执照或法人证书上的名称完全一致")
    uscc = UsccField(admit_checksum=True)
    code_claimed = forms.BooleanField(
        label="证照上确为此代码，申请人工核验", required=False, help_text="平台会凭证照核验代码，并在审核时说明理由"
    )
    kind = forms.ChoiceField(label="单位类型", choices=[("", "请选择"), *UnitKind.choices])
    licence = UploadField(
        label="营业执照或法人证书",
        kinds=LICENCE_KINDS,
        widget=UploadInput(hint=rule_of_upload(LICENCE_KINDS) + "。"),
        help_text="原件的扫描件或照片，四角完整、文字清楚",
    )
    kept = forms.UUIDField(required=False, widget=forms.HiddenInput)
    licence_until = DateField(label="证照有效期至", required=False, help_text=TERM_HINT)
    licence_permanent = forms.BooleanField(label="长期有效", required=False)
    founded_on = DateField(label="成立日期", since=FIRST_FIRMS, ahead=0)
    legal_representative = PersonField(label="法定代表人", max_length=60)
    capital = TenThousandField(label="注册资本（万元）")
    honours = forms.MultipleChoiceField(
        label="企业资质", choices=Honour, required=False, widget=forms.CheckboxSelectMultiple
    )
    staff_count = CountField(label="从业人数", required=False, min_value=0, max_value=MOST_PEOPLE)
    revenue = TenThousandField(label="上年销售收入（万元）")
    research_spend = TenThousandField(label="上年研发投入（万元）")
    handler_name = PersonField(label="经办人", max_length=60, help_text="审核单位就本单位的事项与他联系")
    handler_phone = PhoneField(label="手机")

    box_kinds: ClassVar[dict[str, Sequence[str]]] = {"licence": (BoxPaper.Kind.LICENCE,)}
    reads: dict[str, Hint]  # what the licence says of each field, for bootstrap5/field.html

    class Meta:
        model = Unit
        fields = (
            "name",
            "uscc",
            "kind",
            "licence_until",
            "licence_permanent",
            "district",
            "address",
            "founded_on",
            "legal_representative",
            "capital",
            "industry",
            "honours",
            "staff_count",
            "revenue",
            "research_spend",
            "handler_name",
            "handler_phone",
        )

    def __init__(self, *args: Any, by: Person, draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.draft, self.reads = by, draft, {}
        districts: Any = self.fields["district"]
        districts.help_text = DISTRICT_HINT
        districts.empty_label = "请选择"
        self.fields["address"].required = True
        self.offer_claim()
        self.saved_paper = self.instance.licence_id
        self.paper = self.kept_paper() or self.instance.licence
        if self.paper:
            self.show_paper()
        self.offer_box(self.instance)
        if draft:
            for name in set(self.fields) - set(EVEN_IN_A_DRAFT):
                self.fields[name].required = False

    def layout_parts(self) -> Iterator[Any]:
        """The sections; below the code the way to the register, where the portal is connected to it, below the licence what it says."""
        for part in super().layout_parts():
            if is_connected(Register.ENTERPRISE) and isinstance(part, Section) and "uscc" in part.fields:
                part.fields.insert(
                    part.fields.index("uscc") + 1, HTML('{% include "accounts/certification_lookup.html" %}')
                )
            if isinstance(part, Section) and "kept" in part.fields:
                part.fields.insert(part.fields.index("kept"), HTML('{% include "accounts/certification_read.html" %}'))
            yield part

    def offer_claim(self) -> None:
        """Ask for 人工核验 only where nothing but the check digit is wrong; what was kept so was asked for before."""
        typed = self.data.get(self.add_prefix("uscc"), "") if self.is_bound else self.instance.uscc
        if is_off_by_check_digit(typed):
            self.initial["code_claimed"] = is_off_by_check_digit(self.instance.uscc)
        else:
            del self.fields["code_claimed"]

    def missing(self) -> list[tuple[str, str]]:
        """[(words, #anchor)] of what the form still lacks."""
        lacking = missing_of(self)
        if not (self["licence_until"].value() or self["licence_permanent"].value()):
            lacking.append(("证照有效期", f"#{self['licence_until'].id_for_label}"))
        elif not self.is_bound and self.instance.licence_until and self.instance.licence_until < today():
            lacking.append(("证照有效期已过，请更新", f"#{self['licence_until'].id_for_label}"))
        return lacking

    def kept_paper(self) -> Document | None:
        """The paper that came with an earlier, refused form: nobody uploads twice."""
        key = self.data.get(self.add_prefix("kept"), "") if self.is_bound else ""
        try:
            return Document.objects.filter(pk=key, created_by=self.by, case_id=None).first() if key else None
        except ValidationError:
            return None

    def show_paper(self) -> None:
        """Say which paper is there; another one is asked for only to replace it."""
        self.fields["licence"].required = False
        page, part = (reverse(name, args=[self.paper.pk]) for name in ("paper", "paper_part"))
        words = '{}已上传 <a href="{}" data-paper="{}">{}</a>，需要更换时再选择文件'
        if self.paper.pk != self.saved_paper:
            words = '{}已收到 <a href="{}" data-paper="{}">{}</a>，改正其他内容时不用再选，会和本页一起保存；需要更换时再选择文件'
        asked = asked_to_correct(self.asked_for) if "licence" in self.corrections else ""
        self.fields["licence"].help_text = format_html(words, asked, page, part, self.paper.name)

    def clean_uscc(self) -> str:
        """One code is one unit that has handed it in; a wrong check digit needs the word that the paper says so."""
        code: str = self.cleaned_data["uscc"]
        if is_off_by_check_digit(code) and not self.data.get(self.add_prefix("code_claimed")):
            raise ValidationError(CHECK_DIGIT, code="checksum")
        if Unit.objects.holding(code).exclude(pk=self.instance.pk).exists():
            raise ValidationError(KNOWN, code="known")
        return code

    def clean(self) -> dict[str, Any]:
        """Judge kind and code together, and keep the paper."""
        cleaned = super().clean() or self.cleaned_data
        kind, code = cleaned.get("kind"), cleaned.get("uscc", "")
        if kind and kind != UnitKind.INSTITUTION and is_public_institution(code):
            self.add_error("kind", INSTITUTION)
        self.check_term(cleaned)
        if cleaned.get("licence"):
            self.keep_upload(cleaned["licence"])
        elif taken := self.take_box("licence", by=self.by):
            self.keep_paper(taken[0])
        self.instance.licence = self.paper
        return cleaned

    def check_term(self, cleaned: dict[str, Any]) -> None:
        """A licence lasts for good or until a day to come; a draft may leave it open."""
        until, permanent = cleaned.get("licence_until"), cleaned.get("licence_permanent")
        if "licence_until" in self.errors:
            return
        if until and permanent:
            self.add_error("licence_until", TWO_TERMS)
        elif until and until < today():
            self.add_error("licence_until", PAST_TERM)
        elif not (until or permanent or self.draft):
            self.add_error("licence_until", NO_TERM)

    def keep_upload(self, file: UploadedFile) -> None:
        """Store the paper at once, so that it survives a form refused for another reason, and is read meanwhile."""
        try:
            paper = store_upload(file, by=self.by, kinds=LICENCE_KINDS)
        except RuleBroken as refusal:
            self.add_error("licence", refusal.sentence)
            return
        ask_readings([paper])
        self.keep_paper(paper)

    def keep_paper(self, paper: Document) -> None:
        """Let the form carry a paper that belongs to no unit yet."""
        self.paper = paper
        typed: Any = copy(self.data)  # one that can be written
        typed[self.add_prefix("kept")] = str(paper.pk)
        self.data = typed
        self.show_paper()
        self["licence"].help_text = self.fields["licence"].help_text  # the one of before is kept with the bound field


class ReasonForm(SectionsMixin, forms.Form):
    """The words that a freeze needs."""

    text = forms.CharField(label="理由", max_length=500, widget=Lines(), help_text="会原样通知该单位的全部成员")
