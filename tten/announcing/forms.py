"""What the pages of 通知公告 ask for."""

from typing import Any, ClassVar, cast

from django import forms

from catalog.models import Category
from news.moments import MomentForm
from notifications.announcements import WORDS
from notifications.models import Announcement
from reviews.models import District
from tten.announcing.firms import SIDES, STANDINGS, Conditions
from ui.fields import TitleField
from ui.forms import SectionsMixin
from ui.widgets import Lines

ALL = ("", "全部")
SAID = ("title", "words", "ways")


class AnnouncementForm(SectionsMixin, forms.Form):
    """What is told, by which ways, and to which firms."""

    sections: ClassVar[dict[str, list[str]]] = {
        "内容": ["title", "words", "ways"],
        "发送范围": ["side", "standing", "districts", "categories", "voucher", "draft"],
    }
    title = TitleField(label="标题", max_length=100)
    words = forms.CharField(
        label="正文", max_length=WORDS, widget=Lines(10), help_text="纯文字；写 https:// 开头的网址，读者可以点开。"
    )
    ways = forms.ChoiceField(
        label="发送方式", choices=Announcement.Ways.choices, initial=Announcement.Ways.MAIL, widget=forms.RadioSelect
    )
    side = forms.ChoiceField(label="单位类型", choices=(ALL, *SIDES), required=False)
    standing = forms.ChoiceField(label="单位认证", choices=(ALL, *STANDINGS), required=False)
    districts = forms.MultipleChoiceField(
        label="所属区", required=False, widget=forms.CheckboxSelectMultiple, help_text="不选为全部"
    )
    categories = forms.TypedMultipleChoiceField(
        label="服务类别",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="服务范围包含，或者下过订单的类别；不选为全部",
    )
    voucher = forms.BooleanField(label="有可以使用的创新券", required=False)
    draft = forms.BooleanField(label="有尚未提交的申请或兑现草稿", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer districts and the upper level of the categories."""
        super().__init__(*args, **kwargs)
        districts, categories = (cast("forms.ChoiceField", self.fields[name]) for name in ("districts", "categories"))
        districts.choices = [(district.pk, district.name) for district in District.objects.all()]
        categories.choices = [(category.pk, category.name) for category in Category.objects.filter(parent=None)]

    @property
    def said(self) -> dict[str, Any]:
        """What the announcement keeps, of a form that is valid."""
        conditions = {name: value for name, value in self.cleaned_data.items() if name not in SAID and value}
        return {name: self.cleaned_data[name] for name in SAID} | {"conditions": conditions}

    @staticmethod
    def initial_of(announcement: Announcement) -> dict[str, Any]:
        """What the form shows of a draft."""
        conditions: Conditions = announcement.conditions
        return {name: getattr(announcement, name) for name in SAID} | {**conditions}


class SendForm(MomentForm):
    """When it is sent: nobody's phone rings at night."""

    verb = "发送"
    hours = range(8, 20)
