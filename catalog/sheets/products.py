"""Products of a spreadsheet, judged by the form of 我的产品 itself; they come in off the shelf, without the mark."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from catalog.mall.facts import EXAMPLE, MOST, PriceItemsField
from catalog.mall.forms import DESCRIPTION, ProductForm
from catalog.models import Category, Provider
from catalog.sheets.columns import Column, key_of

COLUMNS = (
    Column("number", "编号", ("产品编号",), hint="已在平台上的产品填平台编号；新的留空。"),
    Column(
        "provider",
        "服务机构",
        ("机构名称", "机构", "服务机构名称", "实验室", "实验室编号"),
        hint="机构名称、统一社会信用代码或实验室编号；只有一家机构时留空。",
    ),
    Column(
        "name", "产品名称", ("名称", "产品", "服务名称", "服务项目", "项目名称", "服务产品"), needed=True, hint="必填。"
    ),
    Column("category", "类别", ("产品类别", "服务类别", "分类"), needed=True, hint="必填，二级类别的名称。"),
    Column("summary", "一句话介绍", ("简介", "摘要")),
    Column("description", "服务说明", ("服务内容", "详细说明", "说明"), hint=f"必填，{DESCRIPTION[0]} 字以上。"),
    Column("deliverable", "交付成果", ("成果形式", "交付物"), hint="必填，例如：盖章的检测报告。"),
    Column("duration", "服务周期", ("周期", "时限", "工作周期"), hint="必填。"),
    Column(
        "price",
        "参考价格",
        ("价格", "单价", "收费标准", "参考价格（元）", "费用"),
        needed=True,
        hint="必填，单位为元，含税。",
    ),
    Column("price_unit", "计价单位", ("单位",), hint="次、样、项、机时等；留空为次。"),
    Column(
        "standards", "执行标准", ("标准", "检测标准", "依据标准", "标准号"), hint="可以留空，例如：GB/T 228.1-2021。"
    ),
    Column("instruments", "主要仪器", ("仪器", "仪器设备", "设备", "主要设备")),
    Column("samples", "样品要求", ("样品", "送样要求"), hint="可以留空；数量、尺寸、状态和送样方式。"),
    Column(
        "price_items",
        "分项价格",
        ("价格明细", "收费明细", "分项收费"),
        hint=f"可以留空；一项一行，或用分号隔开，例如：{EXAMPLE}；最多 {MOST} 项。",
    ),
)
PARTED = re.compile(r"[;；]")
NO_CATEGORY = "没有“{word}”这个类别，请照科淘平台的产品导航填写二级类别的名称。"
TWO_CATEGORIES = "有几个类别都叫“{word}”，请写成“{example}”这样。"
NO_PROVIDER = "没有找到您可以维护的服务机构“{word}”，请填写机构名称、统一社会信用代码或实验室编号。"
WHICH = "您维护的机构不止一家，请填写“服务机构”。"


class NamedField(forms.Field):
    """A word that names a row of the portal; the rows are known beforehand, so that nothing is asked for each row."""

    def __init__(self, unknown: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.unknown = unknown
        self.named: dict[str, list[Any]] = {}

    def know(self, thing: object, *names: str) -> None:
        """Let a thing be known by these names."""
        for name in {key_of(name) for name in names if name}:
            self.named.setdefault(name, []).append(thing)

    def clean(self, value: object) -> Any:
        """The one thing of this name."""
        if not isinstance(value, str):
            return value
        word = super().clean(value.strip())
        if not word:
            return None
        found = self.named.get(key_of(word), [])
        if not found:
            raise ValidationError(self.unknown.format(word=value.strip()), code="invalid_choice")
        if len(found) > 1:
            raise ValidationError(self.several(value, found), code="several")
        return found[0]

    def several(self, value: str, found: list[Any]) -> str:
        """What is said where several have this name."""
        names = "、".join(map(str, found))
        return f"“{value}”可以是{names}，请写得更确切，例如统一社会信用代码或实验室编号。"


class CategoryField(NamedField):
    """A category that holds products, by its name, or with that of the first level: 检验检测/理化分析."""

    def several(self, value: str, found: list[Any]) -> str:
        """What is said, with the way to tell them apart."""
        return TWO_CATEGORIES.format(word=value, example=f"{found[0].parent}/{found[0]}")


class ItemsOfCell(PriceItemsField):
    """Items of a cell: a line each, or parted by semicolons."""

    def clean(self, value: object) -> str:
        """As of the form of a product."""
        return super().clean(PARTED.sub("\n", str(value or "")))


class ProductRow(ProductForm):
    """The form of a product, asked once for each row of a file."""

    def __init__(self, providers: Iterable[Provider], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        items: Any = self.fields["price_items"]
        self.fields["price_items"] = ItemsOfCell(
            label=items.label, max_length=items.max_length, required=False, widget=items.widget
        )
        self.known = list(providers)
        which = NamedField(NO_PROVIDER, label="服务机构", required=False)
        for provider in self.known:
            laboratory = provider.as_laboratory
            which.know(provider, provider.name, provider.uscc, laboratory.number if laboratory else "")
        category = CategoryField(NO_CATEGORY, label="类别", error_messages={"required": "请填写类别。"})
        for leaf in Category.objects.filter(children=None).select_related("parent"):
            category.know(leaf, leaf.name, f"{leaf.parent}/{leaf}" if leaf.parent else "")
        self.which, self.fields["provider"], self.fields["category"] = which, which, category

    def clean_provider(self) -> Provider:
        """The provider that is named; the one that there is, where none is."""
        named: Provider | None = self.cleaned_data["provider"]
        if named:
            return named
        if len(self.known) != 1:
            raise ValidationError(WHICH, code="required")
        return self.known[0]

    def _post_clean(self) -> None:
        """No row is made here, and the database is not asked once for each row: its constraints hold all the same."""
