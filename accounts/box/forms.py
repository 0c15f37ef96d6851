"""The two forms of a paper in the box: put it in, and what is known of it."""

from typing import Any, ClassVar

from django import forms

from accounts.models import BoxPaper
from papers.offering import Taken, for_good, is_ticked, with_day
from records.models import Document
from records.people import Person
from records.uploads import UploadField, rule_of_upload
from records.waiting import WaitingPapersMixin
from ui.fields import AccountNumberField, DateField, NameField, TitleField
from ui.forms import SayingMixin, SectionsMixin
from ui.known import Hint
from ui.widgets import UploadInput

Kind = BoxPaper.Kind
ACCOUNT = ("account_name", "bank_name", "account_number")
TWO_TERMS = "填写了有效期至，又勾选了“长期有效”，请照材料只保留一项。"
TURNED = "有效期至不能早于有效期自，请照材料核对。"
DATES = {"valid_from": Taken("valid_from", "有效期自"), "valid_until": Taken("valid_until", "有效期至", with_day)}
FOREVER = {"permanent": Taken("valid_until", "长期有效", for_good, is_ticked)}
TAKES = {  # kind → field → which fact of its paper it takes
    Kind.LICENCE: DATES | FOREVER,
    Kind.CONTRACT: DATES
    | {"name": Taken("name", "名称"), "valid_from": Taken("valid_from", "有效期自", instead="signed_on")},
    Kind.ACCOUNT: {
        "account_name": Taken("account_name", "户名"),
        "bank_name": Taken("bank_name", "开户行"),
        "account_number": Taken("account_number", "账号"),
    },
}


class FileMixin(WaitingPapersMixin):
    """A form with a place for one file, which waits where the form is refused."""

    papers_in: ClassVar[str] = "file"

    def chosen(self, *, by: Person) -> Document | None:
        """The file that was chosen now or in an earlier, refused try, stored; RuleBroken where it cannot be."""
        return next(iter(reversed(self.keep_papers(by=by))), None)


class PutInForm(FileMixin, SayingMixin, forms.Form):
    """A paper for the box, and what it is."""

    kind = forms.ChoiceField(label="种类", choices=[("", "请选择"), *Kind.choices])
    file = UploadField(
        label="文件",
        widget=UploadInput(hint=f"{rule_of_upload()}。"),
        help_text="放入后会读取材料上的文字，名称和日期不用再照着填。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not self.sent_again


class BoxForm(FileMixin, SectionsMixin, forms.ModelForm):
    """What is known of a paper in the box; an account is asked for where it is the proof of one."""

    sections: ClassVar[dict[str, list[str]]] = {
        "材料": ["kind", "name", "file"],
        "有效期": ["valid_from", "valid_until", "permanent"],
        "银行账户": list(ACCOUNT),
    }

    name = TitleField(label="名称", max_length=100, help_text="在各个表单里按这个名称选择。")
    file = UploadField(
        label="更换文件",
        required=False,
        widget=UploadInput(hint=f"{rule_of_upload()}。"),
        help_text="需要更换时再选择；已经用到这份材料的事项不受影响。",
    )
    valid_from = DateField(label="有效期自", required=False)
    valid_until = DateField(label="有效期至", required=False, help_text="到期前会在材料箱里标出。")
    permanent = forms.BooleanField(label="长期有效", required=False)
    account_name = NameField(label="户名")
    bank_name = NameField(label="开户行", help_text="写到支行，照开户许可或银行出具的证明填写。")
    account_number = AccountNumberField(label="账号")

    reads: dict[str, Hint]  # what the paper says of each field, for bootstrap5/field.html
    instance: BoxPaper

    class Meta:
        model = BoxPaper
        fields = ("kind", "name", "valid_from", "valid_until", "permanent", *ACCOUNT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reads = {}
        self.was_kind = self.instance.kind
        if self.shown_kind != Kind.ACCOUNT:
            for name in ACCOUNT:
                del self.fields[name]

    @property
    def shown_kind(self) -> str:
        """The kind that the form is about: the one that was chosen last."""
        return (self.data.get("kind") if self.is_bound else None) or self.was_kind

    @property
    def takes(self) -> dict[str, Taken]:
        """Which of its fields take what from the paper."""
        return {name: how for name, how in TAKES.get(Kind(self.was_kind), {}).items() if name in self.fields}

    def clean(self) -> dict[str, Any]:
        """One end of validity, behind its beginning; an account belongs to the proof of one alone."""
        super().clean()
        data = self.cleaned_data
        starts, ends = data.get("valid_from"), data.get("valid_until")
        if ends and data.get("permanent"):
            self.add_error("valid_until", TWO_TERMS)
        elif starts and ends and ends < starts:
            self.add_error("valid_until", TURNED)
        if data.get("kind") != Kind.ACCOUNT:
            for name in ACCOUNT:
                setattr(self.instance, name, "")
        return data
