"""What a need asks, and what an offer does."""

from typing import Any, ClassVar

from django import forms

from catalog.models import Category, Product
from orders.forms import HELP, PAST, REQUIREMENT
from orders.wanted.models import Wanted
from records.people import Person
from records.twice import Twice
from ui.contacts import without_contact
from ui.fields import DateField, MoneyField, PersonField, PhoneField
from ui.forms import SayingMixin, SectionsMixin
from ui.widgets import Lines

WORDS = 500  # characters of an offer
NAMELESS = "请不要写单位名称和联系方式。"
PRIVATE = "只有您选定的服务机构在订单里看得到。"


class CategoryField(forms.ModelChoiceField):
    """A category of the second level, or one without any below it, under the name of the first."""

    def label_from_instance(self, obj: Category) -> str:
        """Both names."""
        return f"{obj.parent.name} · {obj.name}" if obj.parent else str(obj.name)


class WantedForm(SectionsMixin, forms.ModelForm):
    """发布需求."""

    twice: Twice | None = None  # why it was not kept: an equal one was, just now
    sections: ClassVar[dict[str, list[str]]] = {
        "需求": ["title", "category", "requirement", "budget", "wanted_on"],
        "联系人": ["contact", "phone"],
    }

    category = CategoryField(Category.objects.none(), label="服务类别", empty_label="请选择")
    requirement = forms.CharField(
        label="需求描述",
        min_length=REQUIREMENT[0],
        max_length=REQUIREMENT[1],
        validators=[without_contact],
        help_text=HELP + NAMELESS,
        widget=Lines(6),
    )
    budget = MoneyField(label="预算（元）", capitals=True, help_text="公布后所有人可见，服务机构据此报价。")
    wanted_on = DateField(label="期望完成时间", back=0, ahead=5, error_messages={"early": PAST})
    contact = PersonField(label="联系人", max_length=60, help_text=PRIVATE)
    phone = PhoneField(label="电话", help_text=PRIVATE)

    class Meta:
        model = Wanted
        fields = ("title", "category", "requirement", "budget", "wanted_on", "contact", "phone")
        help_texts = {"title": "一句话说清要什么，例如“铝合金零件疲劳试验”。"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the categories under which services stand."""
        super().__init__(*args, **kwargs)
        self.fields["title"].validators.append(without_contact)
        leaves = Category.objects.filter(children=None).select_related("parent")
        self.fields["category"].queryset = leaves.order_by("parent__order", "order", "pk")


class OfferForm(SayingMixin, forms.Form):
    """An own service on the shelf, and what the provider says of it."""

    product = forms.ModelChoiceField(Product.objects.none(), label="用哪个产品报价", empty_label="请选择")
    words = forms.CharField(
        label="报价说明",
        max_length=WORDS,
        widget=Lines(),
        help_text="怎样做、需要什么样品、多长时间、实际报价的依据。",
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        """Offer what the person's providers have on the shelf."""
        super().__init__(*args, **kwargs)
        own = Product.objects.written_by(by).on_shelf()
        self.fields["product"].queryset = own.order_by("name", "pk")
