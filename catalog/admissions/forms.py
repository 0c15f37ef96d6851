"""The form of 服务机构入驻; a draft keeps what is there."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.html import format_html_join

from catalog.mall.navigation import Navigation, with_marks
from catalog.models import Admission, Category, Region
from ui.drafts import DraftMixin
from ui.fields import PersonField, PhoneField
from ui.forms import SectionsMixin
from ui.widgets import CheckboxTree, Lines

SUMMARY = (30, 1000)  # characters
PLEDGE = (
    "所填内容和资质证书真实、有效，资质变化时及时告知平台；",
    "按价格和周期如实提供服务，不与申请企业串通套取财政资金；",
    "配合科技主管部门和专业机构核查服务记录、发票和收款。",
)
SCOPE = "选择贵机构实际能提供的服务，至少一类。标“券”的类别，入驻后产品可以由平台加创新券标识；其他类别也可以入驻，但不能用创新券。"
CITY = "河北的机构请填写所在城市。"


class AdmissionForm(DraftMixin, SectionsMixin, forms.ModelForm):
    """What the platform reviews; name, code and legal representative are the certified unit's and not asked again."""

    sections: ClassVar[dict[str, list[str]]] = {
        "机构介绍": ["summary", "region", "city", "address"],
        "联系人": ["contact", "phone"],
        "服务范围": ["scope"],
        "承诺": ["pledge"],
    }

    summary = forms.CharField(
        label="机构简介",
        max_length=SUMMARY[1],
        widget=Lines(6, least=SUMMARY[0]),
        help_text=f"{SUMMARY[0]} 至 {SUMMARY[1]} 字：主要服务、设备和人员，会显示在机构的公开页面。",
    )
    region = forms.ChoiceField(label="地区", choices=Region.choices)
    city = forms.CharField(label="城市", max_length=20, required=False, help_text=CITY)
    address = forms.CharField(label="服务地址", max_length=200, help_text="企业送样、到访的地址。")
    contact = PersonField(label="联系人", max_length=60)
    phone = PhoneField(label="联系电话", help_text="企业登录后可以看到，用来商谈订单。")
    scope = forms.ModelMultipleChoiceField(
        Category.objects.filter(children=None), label="服务范围", widget=CheckboxTree, help_text=SCOPE
    )
    pledge = forms.BooleanField(label="本单位已阅读并作出以上承诺")

    instance: Admission

    class Meta:
        model = Admission
        fields = ("summary", "region", "city", "address", "contact", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope: Any = self.fields["scope"]
        scope.choices = scope_choices()
        scope.initial = list(self.instance.scope.values_list("pk", flat=True))
        self.fields["pledge"].help_text = format_html_join("", "{}<br>", ((line,) for line in PLEDGE))
        self.fields["pledge"].initial = self.instance.pledged_at is not None

    def clean_summary(self) -> str:
        """Long enough, where it is final."""
        return self.clean_length("summary", SUMMARY[0])

    def clean(self) -> dict[str, Any]:
        """A place in Hebei names its city."""
        super().clean()
        data = self.cleaned_data
        if self.final and data.get("region") == Region.HEBEI and not data.get("city"):
            self.add_error("city", CITY)
        return data

    def fill(self) -> Admission:
        """The admission with all that is valid; nothing saved yet."""
        pledged = bool(self.cleaned_data.get("pledge"))
        if pledged != (self.instance.pledged_at is not None):
            self.instance.pledged_at = timezone.now() if pledged else None
        return self.instance


def scope_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """The categories by their first level; those that may bear the mark say 券."""
    choices = []
    for branch in Navigation().branches:
        leaves = branch.children or [branch.category]
        top, names = with_marks(branch.category.name, leaves)
        choices.append((top, [(leaf.pk, name) for leaf, name in zip(leaves, names, strict=True)]))
    return choices
