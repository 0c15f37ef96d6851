"""What the curator types: a reason, and the words of one row."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from accounts.uscc import UsccField
from catalog.mall.forms import ProductWords
from catalog.models import Category, LabBatch, LabField, Laboratory, Provider
from records.shown import ShownMixin
from ui.fields import DateField, LandlineField, NameField, TitleField
from ui.forms import SayingMixin, SectionsMixin
from ui.names import same_name
from ui.pinyin import sort_key
from ui.widgets import Lines

REASON = 500  # characters
SUMMARY = 5000  # characters
CODE = "英文字母、数字、- 和 _，用在网址里，例如 materials。"
BAD_CODE = "代码只能用英文字母、数字、- 和 _，请改正。"
SAME_CODE = "这个代码已经有别的类别在用，请换一个代码。"
SAME_CATEGORY = "同一级已有类别“{name}”（代码 {code}），请换一个名称，或修改原来的类别。"
SAME_NAME = "平台上已有同名的机构“{name}”（统一社会信用代码{uscc}），请核对；确是另一家的，请写出能区分的全称。"


class ReasonForm(SayingMixin, forms.Form):
    """Why something is done with rows."""

    reason = forms.CharField(label="原因", max_length=REASON, widget=Lines(3))

    def __init__(self, *args: Any, required: bool, hint: str, **kwargs: Any) -> None:
        """A provider may leave it out of what it does with its own products."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].required, self.fields["reason"].help_text = required, hint


class CuratedForm(ShownMixin, SectionsMixin, forms.ModelForm):
    """One row of the catalog, as its curator keeps it."""


class ProductCurationForm(ProductWords):
    """A product: it stays with its provider; status and mark are acts."""

    sections: ClassVar[dict[str, list[str]]] = ProductWords.sections | {"产品": ["name", "category", "summary"]}


class ProviderCurationForm(CuratedForm):
    """A provider; what an admission has carried here changes with the next admission alone."""

    sections: ClassVar[dict[str, list[str]]] = {
        "机构": ["name", "legal_representative"],
        "地区": ["region", "city", "address"],
        "介绍": ["qualifications", "summary"],
        "联系方式": ["contact", "phone"],
    }
    name = NameField(label="机构名称", max_length=120)
    summary = forms.CharField(label="机构简介", max_length=SUMMARY, widget=Lines(5), required=False)
    phone = LandlineField(label="联系电话", required=False)

    class Meta:
        model = Provider
        fields = (
            "name",
            "legal_representative",
            "region",
            "city",
            "address",
            "qualifications",
            "summary",
            "contact",
            "phone",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out what an admission has carried."""
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.admissions.exists():
            for name in self.sections["机构"]:
                del self.fields[name]

    def clean_name(self) -> str:
        """Refuse the name of another provider; laboratories of two 依托单位 may share theirs."""
        name: str = self.cleaned_data["name"]
        others = Provider.objects.filter(name_key=sort_key(name)).exclude(pk=self.instance.pk)
        own = self.instance.legal_uscc if self.instance.as_laboratory else ""
        for other in others.select_related("laboratory"):
            is_apart = own and other.as_laboratory and other.legal_uscc != own
            if same_name(other.name, name) and not is_apart:
                raise ValidationError(SAME_NAME.format(name=other, uscc=other.legal_uscc or "未填写"), code="unique")
        return name


class LaboratoryCurationForm(CuratedForm):
    """A laboratory: its list state is an act."""

    sections: ClassVar[dict[str, list[str]]] = {
        "依托单位": ["host_name", "host_uscc"],
        "类型与领域": ["kind", "fields", "instruments"],
        "名录": ["batch"],
    }
    host_uscc = UsccField(label="依托单位统一社会信用代码", required=False)
    instruments = forms.CharField(label="仪器设备", max_length=SUMMARY, widget=Lines(5), required=False)

    class Meta:
        model = Laboratory
        fields = ("host_name", "host_uscc", "kind", "fields", "instruments", "batch")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The technical fields are ticked, not typed."""
        super().__init__(*args, **kwargs)
        self.fields["fields"] = forms.MultipleChoiceField(
            choices=LabField.choices, label="领域", widget=forms.CheckboxSelectMultiple, required=False
        )


class BatchCurationForm(CuratedForm):
    """A batch: its publication is an act; a wrong day is mended here."""

    sections: ClassVar[dict[str, list[str]]] = {"批次": ["published_on", "note"]}
    published_on = DateField(
        label="发布日期", required=False, back=20, ahead=1, help_text="不填表示还没有公布，名录里不显示。"
    )

    class Meta:
        model = LabBatch
        fields = ("published_on", "note")


class CategoryCurationForm(CuratedForm):
    """A category, two levels deep."""

    sections: ClassVar[dict[str, list[str]]] = {"类别": ["name", "parent", "code", "may_be_marked", "order"]}
    name = TitleField(label="名称", max_length=40)
    code = forms.SlugField(
        label="代码", max_length=20, error_messages={"invalid": BAD_CODE, "unique": SAME_CODE}, help_text=CODE
    )

    class Meta:
        model = Category
        fields = ("name", "parent", "code", "may_be_marked", "order")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A category lies below one of the first level, and one with others below it lies below none."""
        super().__init__(*args, **kwargs)
        tops = Category.objects.filter(parent=None).exclude(pk=self.instance.pk)
        has_below = bool(self.instance.pk) and self.instance.children.exists()
        parent: Any = self.fields["parent"]
        parent.queryset = tops.none() if has_below else tops

    def clean(self) -> dict[str, Any]:
        """Refuse a name that one of the same level has, however it is written."""
        cleaned: dict[str, Any] = super().clean()
        beside = Category.objects.filter(parent=cleaned.get("parent")).exclude(pk=self.instance.pk)
        twin = next((one for one in beside if same_name(one.name, cleaned.get("name", ""))), None)
        if twin is not None:
            self.add_error("name", SAME_CATEGORY.format(name=twin, code=twin.code))
        return cleaned
