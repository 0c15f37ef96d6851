"""创新券兑现: what is asked beside the row lists (domain.md §6.1)."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from crispy_forms.layout import HTML
from django import forms

from accounts.box.choosing import BoxWaitingMixin
from accounts.cases.copying import earlier_of
from accounts.models import BoxPaper
from records.models import Document
from records.people import Person
from records.uploads import MultipleUploadField, UploadField, check_case_total, rule_of_upload
from redemption.models import RATINGS, Claim
from redemption.permissions import EFFECT_LENGTH
from ui.drafts import DraftMixin
from ui.fields import PAPERS_SINCE, AccountNumberField, DateField, NameField
from ui.forms import SayingMixin, Section, SectionsMixin
from ui.names import same_name
from ui.widgets import Lines, UploadInput

LEAST, MOST = EFFECT_LENGTH
RESULT, ACCOUNT = "服务完成情况", "收款账户"
FROM_BOX = "已按材料箱里的“{}”填入，请核对，保存后生效。"
STAMPED = ("pdf", "jpg", "png")


class ClaimForm(BoxWaitingMixin, DraftMixin, SectionsMixin, forms.ModelForm):
    """The claim beside its rows; `final` asks for everything, a draft keeps what is there."""

    sections: ClassVar[dict[str, list[str]]] = {
        RESULT: ["result_papers", "completed_on", "effect"],
        ACCOUNT: ["account_name", "bank_name", "account_number"],
        "服务评价": ["rating"],
    }

    result_papers = MultipleUploadField(
        label="服务成果证明",
        max_count=10,
        widget=UploadInput(several=True, hint=f"{rule_of_upload()}。"),
        help_text="检测报告、研究报告、样机照片等能证明服务已完成的材料，可以多选。",
    )
    completed_on = DateField(label="完成日期", since=PAPERS_SINCE, ahead=0, help_text="服务完成、交付成果的日期。")
    effect = forms.CharField(
        label="成效",
        max_length=MOST,
        help_text=f"{LEAST} 至 {MOST} 字：服务做了什么，研发上取得什么结果。",
        widget=Lines(8, least=LEAST),
    )
    account_name = forms.CharField(label="收款户名", disabled=True, help_text="只能拨付到申请单位自己的账户。")
    bank_name = NameField(label="开户行", help_text="写到支行，与开户许可一致。")
    account_number = AccountNumberField(label="收款账号")
    rating = forms.TypedChoiceField(
        label="服务评价",
        choices=[(mark, f"{mark} 分 {words}") for mark, words in RATINGS.items()],
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )

    instance: Claim
    papers_in: ClassVar[str] = "result_papers"
    box_kinds: ClassVar[dict[str, Sequence[str]]] = {"result_papers": (BoxPaper.Kind.RESULT, BoxPaper.Kind.OTHER)}
    box_more: ClassVar[Sequence[str]] = (BoxPaper.Kind.ACCOUNT, BoxPaper.Kind.CONTRACT)  # the list 合同 asks, too

    class Meta:
        model = Claim
        fields = ("completed_on", "effect", "bank_name", "account_number", "rating")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["account_name"] = self.instance.certified.name
        self.initial.pop("result_papers", None)
        self.fields["result_papers"].required = not (self.instance.result_papers.all() or self.sent_again)
        self.offer_box(self.instance.unit)
        self.begin_with_account()

    def begin_with_account(self) -> None:
        """Where no account was typed, the latest proof in the box that bears the unit's name; it is sent like anything typed."""
        if self.is_bound or self.instance.bank_name or self.instance.account_number:
            return
        proof = next((paper for paper in self.in_box if is_account_of(paper, self.instance.certified.name)), None)
        if proof is not None:
            self.initial.update(bank_name=proof.bank_name, account_number=proof.account_number)
            for name in ("bank_name", "account_number"):
                self.fields[name].help_text = FROM_BOX.format(proof.called)

    @property
    def may_copy(self) -> bool:
        """Whether an earlier claim of the unit could lend its account, where none was typed."""
        return not (self["bank_name"].value() or self["account_number"].value()) and earlier_of(self.instance).exists()

    def layout_parts(self) -> Iterator[Any]:
        """The sections; the papers that are there already stand above the place for new ones."""
        for part in super().layout_parts():
            if isinstance(part, Section) and part.legend == RESULT:
                part.fields.insert(0, HTML('{% include "redemption/result_papers.html" %}'))
            if isinstance(part, Section) and part.legend == ACCOUNT:
                part.fields.append(HTML('{% include "redemption/known_accounts.html" %}'))
                part.fields.append(HTML('{% include "redemption/copy_link.html" %}'))
            yield part

    def clean_effect(self) -> str:
        return self.clean_length("effect", LEAST)

    def clean_result_papers(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["result_papers"]
        if files:
            check_case_total(self.instance, sum(file.size for file in files))
        return files

    def fill(self, *, by: Person) -> tuple[Claim, tuple[Document, ...]]:
        """The claim with all that is valid, and the new papers stored; nothing of it saved yet."""
        self.instance.account_name = self.instance.certified.name
        return self.instance, tuple(self.keep_papers(by=by))


def is_account_of(paper: BoxPaper, name: str) -> bool:
    """Whether the paper proves an account of the firm of this name, and still counts."""
    return bool(paper.account_number) and not paper.is_over and same_name(paper.account_name, name)


class StampedForm(SayingMixin, forms.Form):
    """The signed and stamped 兑现申请表 comes back."""

    scan = UploadField(
        label="签字盖章后的兑现申请表",
        kinds=STAMPED,
        widget=UploadInput(hint=f"{rule_of_upload(STAMPED)}；多页请扫描成一个 PDF。"),
        help_text="全部页面按顺序扫描；二维码要清晰完整。",
        error_messages={"required": "请先选择扫描件。"},
    )
