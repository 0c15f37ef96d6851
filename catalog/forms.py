"""What a provider writes of its products."""

from typing import Any, ClassVar

from django import forms

from catalog.models import Category, Product, Provider
from catalog.navigation import Navigation
from ui.fields import MoneyField
from ui.forms import SectionsMixin

DESCRIPTION = (20, 5000)  # characters
CATEGORY = "选最贴近的一类。已带“创新券”标识的产品换了类别，标识会取消，由平台重新核定。"


class ProductForm(SectionsMixin, forms.ModelForm):
    """A product; mark and status are not among its fields: the platform gives the one, a button the other."""

    sections: ClassVar[dict[str, list[str]]] = {
        "产品": ["provider", "name", "category", "summary"],
        "服务内容": ["description", "deliverable", "duration"],
        "价格": ["price", "price_unit"],
    }

    name = forms.CharField(label="产品名称", max_length=120, help_text="写明对象和服务，例如“复合材料力学性能检测”。")
    category = forms.ModelChoiceField(Category.objects.none(), label="类别", help_text=CATEGORY)
    summary = forms.CharField(label="一句话介绍", max_length=200, required=False)
    description = forms.CharField(
        label="服务说明", min_length=DESCRIPTION[0], max_length=DESCRIPTION[1], widget=forms.Textarea(attrs={"rows": 8}),
        help_text="20 至 5000 字：做什么、依据什么方法或标准、需要客户提供什么。",
    )  # fmt: skip
    deliverable = forms.CharField(label="交付成果", max_length=200, help_text="例如“盖章的检测报告”。")
    duration = forms.CharField(label="服务周期", max_length=40, help_text="例如“10 个工作日”。")
    price = MoneyField(label="参考价格", help_text="单位为元，含税。订单按下单时的价格记录。")
    price_unit = forms.CharField(label="计价单位", max_length=20, help_text="次、样、项、机时等。", initial="次")

    class Meta:
        model = Product
        fields = (
            "provider", "name", "category", "summary", "description", "deliverable", "duration", "price", "price_unit",
        )  # fmt: skip

    def __init__(self, *args: Any, keeper: Any, **kwargs: Any) -> None:
        """Offer the keeper's own providers, and the categories that hold products."""
        super().__init__(*args, **kwargs)
        providers = Provider.objects.kept_by(keeper)
        self.fields["provider"] = forms.ModelChoiceField(
            providers,
            label="服务机构",
            initial=providers.first(),
            empty_label=None,
            help_text="产品以哪个机构的名义提供。",
        )
        self.fields["category"].queryset = Category.objects.filter(children=None)
        self.fields["category"].choices = [("", "请选择"), *Navigation().leaf_choices()]
