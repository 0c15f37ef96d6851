"""创新券申请: what is asked (domain.md §6.1)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from crispy_forms.layout import HTML
from django import forms
from django.utils import timezone
from django.utils.html import format_html_join

from accounts.box.choosing import BoxWaitingMixin
from accounts.models import BoxPaper
from policy.arithmetic import yuan
from policy.models import PolicyVersion
from records.people import Person
from records.uploads import UploadField, check_case_total, rule_of_upload
from ui.drafts import DraftMixin
from ui.fields import DateField, MoneyField, PersonField, PhoneField
from ui.forms import Section, SectionsMixin
from ui.known import Known
from ui.widgets import Lines, UploadInput
from vouchers.ledger import offer_for
from vouchers.models import Application
from vouchers.permissions import CONTENT_LENGTH

LEAST, MOST = CONTENT_LENGTH
MONEY, DECLARATIONS = "金额", "声明与承诺"
SCANS = ("pdf", "ofd", "jpg", "png")
CHECKED = "由您选择，受理单位会核对：请选实际经营或研发活动所在的区；选错会被转办，要多等几天。"
SERVICE = f"{LEAST} 至 {MOST} 字：请服务机构做什么，解决哪个研发问题，怎样用于您的研发活动。"


class ApplicationForm(BoxWaitingMixin, DraftMixin, SectionsMixin, forms.ModelForm):
    """The application; `final` asks for everything, a draft keeps what is there."""

    sections: ClassVar[dict[str, list[str]]] = {
        "项目信息": ["project_name", "planned_from", "planned_to", "district"],
        "服务内容": ["content", "contract_draft"],
        MONEY: ["contract_amount", "applied_amount"],
        DECLARATIONS: ["declares_unrelated", "declares_no_other_funds", "declares_not_statutory", "pledge"],
        "联系人": ["contact", "phone"],
    }

    planned_from = DateField(label="计划开始日期", back=2, ahead=5)
    planned_to = DateField(label="计划结束日期", back=2, ahead=10)
    content = forms.CharField(
        label="服务内容及与研发活动的关系",
        max_length=MOST,
        help_text=SERVICE,
        strip=True,
        widget=Lines(8, least=LEAST),
    )
    contract_draft = UploadField(
        label="合同草案",
        required=False,
        widget=UploadInput(hint=f"{rule_of_upload(SCANS)}。"),
        kinds=SCANS,
        help_text="可以不传；合同应在提交申请之后签订。",
    )
    contract_amount = MoneyField(label="预计合同金额", capitals=True, help_text="与服务机构商定的含税总价，单位为元。")
    applied_amount = MoneyField(label="申请补贴金额", capitals=True)
    contact = PersonField(label="联系人", max_length=60)
    phone = PhoneField(label="联系电话", help_text="审核中有疑问时联系您的手机号。")
    pledge = forms.BooleanField(label="本单位已阅读并作出以上诚信承诺")

    instance: Application
    papers_in: ClassVar[str] = "contract_draft"
    kinds: ClassVar[Iterable[str]] = SCANS
    box_kinds: ClassVar[dict[str, Sequence[str]]] = {"contract_draft": (BoxPaper.Kind.CONTRACT,)}

    class Meta:
        model = Application
        fields = (
            "project_name",
            "planned_from",
            "planned_to",
            "district",
            "content",
            "contract_amount",
            "applied_amount",
            "declares_unrelated",
            "declares_no_other_funds",
            "declares_not_statutory",
            "contact",
            "phone",
        )
        help_texts = {"district": CHECKED, "project_name": "用一句话说明这项服务，与合同上的名称一致。"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known_for(self.instance)
        self.offer_box(self.instance.unit)
        self.policy = self.instance.policy or PolicyVersion.objects.in_force()
        for name in (
            "project_name",
            "district",
            "declares_unrelated",
            "declares_no_other_funds",
            "declares_not_statutory",
        ):
            self.fields[name].required = True
        self.fields["district"].empty_label = "请选择"
        self.fields["pledge"].help_text = format_html_join("", "{}<br>", self.pledge_lines())
        self.fields["pledge"].initial = self.instance.pledge_version == self.policy.pledge_version

    def pledge_lines(self) -> Iterator[tuple[str]]:
        """The lines of the 诚信承诺 of the policy that counts for this application."""
        return ((line,) for line in self.policy.pledge_text.splitlines())

    def layout_parts(self) -> Iterator[Any]:
        """The sections; beside the amounts stands what may be applied for, and why."""
        for part in super().layout_parts():
            if isinstance(part, Section) and part.legend == MONEY:
                part.fields.append(HTML('{% include "vouchers/application_offer.html" %}'))
            yield part

    def clean_content(self) -> str:
        return self.clean_length("content", LEAST)

    def clean_contract_draft(self) -> Any:
        paper = self.cleaned_data["contract_draft"]
        if paper:
            check_case_total(self.instance, paper.size, instead=self.instance.contract_draft)
        return paper

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        starts, ends = data.get("planned_from"), data.get("planned_to")
        if starts and ends and ends < starts:
            self.add_error("planned_to", "计划结束日期不能早于开始日期，请改正。")
        contract, applied = data.get("contract_amount"), data.get("applied_amount")
        if self.final and contract and applied:
            objection = offer_for(self.instance, contract).objection(applied)
            if objection:
                self.add_error("applied_amount", objection)
        return data

    def fill(self, *, by: Person) -> Application:
        """The application with all that is valid, its new paper stored and the pledge dated; nothing saved yet."""
        data = self.cleaned_data
        if papers := self.keep_papers(by=by):
            self.waiting = papers[-1:]
            self.instance.contract_draft = papers[-1]
        version = self.policy.pledge_version if data.get("pledge") else ""
        if version != self.instance.pledge_version:
            self.instance.pledge_version = version
            self.instance.pledged_at = timezone.now() if version else None
        return self.instance


def known_for(application: Application) -> dict[str, Known]:
    """What the order tells of the application; of one that was placed before the budget was a number, the day alone."""
    order = application.order
    wanted = f"{order.wanted_on:%Y-%m-%d}"
    known = {"planned_to": Known(wanted, wanted, "订单的期望完成时间")}
    if order.budget is not None:
        known["contract_amount"] = Known(f"{order.budget:.2f}", yuan(order.budget), "订单的预算")
    return known
