"""What a provider writes of its products."""

from typing import Any, ClassVar, NamedTuple

from django import forms
from django.db.models import F

from catalog.mall.facts import EXAMPLE, FACTS, MOST, PriceItemsField
from catalog.mall.navigation import Navigation
from catalog.mall.services import WRITTEN
from catalog.models import Category, Product, Provider
from records.people import Person
from records.shown import ShownMixin
from records.twice import Twice
from ui.contacts import without_contact
from ui.fields import MoneyField, TitleField
from ui.forms import SectionsMixin
from ui.widgets import Lines

COPY = "（副本）"
DESCRIPTION = (20, 5000)  # characters
PUBLIC = ("name", "summary", "description", "deliverable", "duration", "samples")  # words of one's own
SAMPLES, PRICES = 500, 2000
CATEGORY = "选最贴近的一类。已带“创新券”标识的产品换了类别，标识会取消，由平台重新核定。"


class ProductWords(ShownMixin, SectionsMixin, forms.ModelForm):
    """What is asked of a product, whoever writes it; not mark and status: the platform gives the one, a button the other."""

    sections: ClassVar[dict[str, list[str]]] = {
        "产品": ["provider", "name", "category", "summary"],
        "服务内容": ["description", "deliverable", "duration"],
        "标准、仪器和样品": ["standards", "instruments", "samples"],
        "价格": ["price", "price_unit", "price_items"],
    }

    name = TitleField(label="产品名称", help_text="写明对象和服务，例如“复合材料力学性能检测”。")
    category = forms.ModelChoiceField(Category.objects.none(), label="类别", help_text=CATEGORY)
    summary = forms.CharField(label="一句话介绍", max_length=200, required=False)
    description = forms.CharField(
        label="服务说明",
        min_length=DESCRIPTION[0],
        max_length=DESCRIPTION[1],
        widget=Lines(8),
        help_text=f"{DESCRIPTION[0]} 至 {DESCRIPTION[1]} 字：做什么、依据什么方法或标准、需要客户提供什么。",
    )
    deliverable = forms.CharField(label="交付成果", max_length=200, help_text="例如“盖章的检测报告”。")
    duration = forms.CharField(label="服务周期", max_length=40, help_text="例如“10 个工作日”。")
    standards = forms.CharField(
        label="执行标准",
        max_length=300,
        required=False,
        help_text="编号之间用顿号隔开，例如“GB/T 228.1-2021、ISO 6892-1”。",
    )
    instruments = forms.CharField(
        label="主要仪器", max_length=300, required=False, help_text="名称和型号，例如“万能试验机 100 kN”。"
    )
    samples = forms.CharField(
        label="样品要求",
        max_length=SAMPLES,
        widget=Lines(3),
        required=False,
        help_text="数量、尺寸、状态和送样方式，客户照着准备。",
    )
    price_items = PriceItemsField(
        label="分项价格",
        max_length=PRICES,
        widget=Lines(4),
        required=False,
        help_text=f"一行一项，例如“{EXAMPLE}”；最多 {MOST} 行。列表里仍显示上面的参考价格。",
    )
    price = MoneyField(label="参考价格", help_text="单位为元，含税。订单按下单时的价格记录。")
    price_unit = forms.CharField(label="计价单位", max_length=20, help_text="次、样、项、机时等。", initial="次")

    class Meta:
        model = Product
        fields = (*(column.removesuffix("_id") for column in WRITTEN[1:]), *FACTS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the categories that hold products."""
        super().__init__(*args, **kwargs)
        for name in PUBLIC:
            self.fields[name].validators.append(without_contact)
        self.navigation = Navigation()
        category: Any = self.fields["category"]
        category.queryset = Category.objects.filter(children=None)
        category.choices = [("", "请选择"), *self.navigation.leaf_choices()]


class ProductForm(ProductWords):
    """A product, as its provider writes it."""

    twice: Twice | None = None  # why it was not kept: an equal one was, just now
    staff_as = "平台"

    class Meta(ProductWords.Meta):
        fields = (*(column.removesuffix("_id") for column in WRITTEN), *FACTS)

    def __init__(self, *args: Any, keeper: Person, **kwargs: Any) -> None:
        """Offer the keeper's own providers, and say of each category whether it may bear the mark."""
        super().__init__(*args, **kwargs)
        providers = Provider.objects.written_by(keeper).order_by(
            F("laboratory").asc(nulls_first=True), "name_key", "pk"
        )
        self.fields["provider"] = forms.ModelChoiceField(
            providers,
            label="服务机构",
            initial=providers.first(),
            empty_label=None,
            help_text="产品以哪个机构的名义提供。",
        )
        self.providers = list(providers.prefetch_related("scope"))
        category: Any = self.fields["category"]
        category.choices = [("", "请选择"), *self.told(self.navigation)]

    def told(self, navigation: Navigation) -> list[tuple[str, list[tuple[int, str]]]]:
        """The categories; those that may bear the mark in the scope of an admitted provider say so."""
        leaves = [leaf for branch in navigation.branches for leaf in branch.children or [branch.category]]
        admitted = [provider for provider in self.providers if provider.is_admitted]
        bearing = {
            leaf.pk for leaf in leaves if leaf.may_be_marked and any(provider.covers(leaf) for provider in admitted)
        }
        return [
            (top, [(pk, f"{name}（范围内，可用券）" if pk in bearing else name) for pk, name in below])
            for top, below in navigation.leaf_choices()
        ]

    def scopes(self) -> list["Scope"]:
        """Each of the keeper's providers with what its products may bear."""
        return [scope_of(provider, self.navigation) for provider in self.providers]


def copied_words(product: Product | None) -> dict[str, Any]:
    """What a new product begins with that is copied from this one; its name says that it is a copy."""
    if product is None:
        return {}
    copied = forms.model_to_dict(product, fields=ProductForm.Meta.fields)
    return copied | {"name": f"{product.name}{COPY}"[: Product._meta.get_field("name").max_length]}


class Scope(NamedTuple):
    """Whether, and in which categories, the provider's products may bear the mark."""

    provider: Provider
    sentence: str
    groups: list[tuple[str, list[str]]] = []  # first level → its categories, in the order of the mall


def scope_of(provider: Provider, navigation: Navigation) -> Scope:
    """The scope of an admission, by first level."""
    if not provider.is_admitted:
        return Scope(provider, "现在不是创新券服务机构，产品不显示创新券标识。")
    chosen = {leaf.pk for leaf in provider.scope.all()}
    marked = {leaf.pk for leaf in provider.scope.all() if leaf.may_be_marked}
    groups = [
        (branch.category.name, names)
        for branch in navigation.branches
        if (names := [leaf.name for leaf in branch.children or [branch.category] if leaf.pk in marked])
    ]
    if groups:
        return Scope(provider, "下列入驻服务范围内的产品可以带创新券标识，由平台核定。", groups)
    if chosen:
        return Scope(provider, "入驻服务范围内没有可以带创新券标识的类别。")
    return Scope(provider, "属于支持类别的产品可以带创新券标识，由平台核定。")
