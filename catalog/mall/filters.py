"""How the mall and the laboratory list are narrowed and sorted. Values that make no sense narrow nothing."""

from typing import Any

import django_filters as df

from catalog.mall.navigation import Navigation
from catalog.models import LabBatch, LabField, Laboratory, LabType, Product, Region
from catalog.querysets import LaboratoryQuerySet, ProductQuerySet
from ui.fields import MoneyField

CITIES = (
    "石家庄", "唐山", "秦皇岛", "邯郸", "邢台", "保定", "张家口", "承德", "沧州", "廊坊", "衡水", "雄安新区",
)  # fmt: skip
SOURCES = (("mall", "服务机构"), ("lab", "京津冀实验室"))
SORTS = (("", "综合"), ("price", "价格从低到高"), ("-price", "价格从高到低"), ("new", "最新"))
ORDERS = {"price": ("price", "pk"), "-price": ("-price", "-pk"), "new": ("-pk",)}
WAYS = (("", "全部"), ("institution", "按机构"), ("service", "按服务"))
LONGEST = 60  # characters of a query


class MoneyFilter(df.Filter):
    """An amount in yuan."""

    field_class = MoneyField


class MallFilter(df.FilterSet):
    """Products by words, category, region, source, price and mark."""

    q = df.CharFilter(label="关键词", method="by_words", max_length=LONGEST)
    category = df.CharFilter(label="类别", method="by_category", max_length=LONGEST)
    region = df.ChoiceFilter(label="地区", field_name="provider__region", choices=Region.choices)
    source = df.ChoiceFilter(label="来源", method="by_source", choices=SOURCES)
    least = MoneyFilter(label="最低价（元）", field_name="price", lookup_expr="gte")
    most = MoneyFilter(label="最高价（元）", field_name="price", lookup_expr="lte")
    marked = df.ChoiceFilter(label="创新券", method="by_mark", choices=(("1", "仅看可用创新券"),))
    sort = df.ChoiceFilter(label="排序", method="by_sort", choices=SORTS[1:])

    class Meta:
        model = Product
        fields = ()

    def __init__(self, data: Any, queryset: Any, *, navigation: Navigation) -> None:
        """Keep the tree, which the page reads anyway, to find the category."""
        super().__init__(data, queryset.in_general_order())
        self.navigation = navigation

    def by_words(self, products: ProductQuerySet, _name: str, words: str) -> Any:
        """Products that hold every word."""
        return products.search(words)

    def by_category(self, products: ProductQuerySet, _name: str, _code: str) -> Any:
        """Products of the category and of those below it."""
        return products.in_category(self.navigation.current) if self.navigation.current else products

    def by_source(self, products: ProductQuerySet, _name: str, source: str) -> Any:
        """Services of laboratories or all others."""
        return products.of_laboratories(source == "lab")

    def by_mark(self, products: ProductQuerySet, _name: str, _value: str) -> Any:
        """Products that bear the mark."""
        return products.filter(is_marked=True)

    def by_sort(self, products: ProductQuerySet, _name: str, sort: str) -> Any:
        """Price either way, or the newest first."""
        return products.order_by(*ORDERS[sort])


class LabFilter(df.FilterSet):
    """Laboratories by words, region, city, type, field and batch."""

    q = df.CharFilter(label="关键词", method="by_words", max_length=LONGEST)
    by = df.ChoiceFilter(label="查找方式", method="as_it_is", choices=WAYS[1:])
    region = df.ChoiceFilter(label="地区", field_name="provider__region", choices=Region.choices)
    city = df.CharFilter(label="城市", field_name="provider__city", lookup_expr="startswith", max_length=20)
    kind = df.ChoiceFilter(label="类型", choices=LabType.choices)
    field = df.ChoiceFilter(label="领域", method="by_field", choices=LabField.choices)
    batch = df.ModelChoiceFilter(label="批次", queryset=LabBatch.objects.all(), to_field_name="number")

    class Meta:
        model = Laboratory
        fields = ()

    def by_words(self, laboratories: LaboratoryQuerySet, _name: str, words: str) -> Any:
        """By institution, by service, or by all that is known."""
        way = self.form.cleaned_data.get("by")
        if way == "institution":
            return laboratories.by_institution(words)
        return laboratories.by_service(words) if way == "service" else laboratories.search(words)

    def as_it_is(self, laboratories: LaboratoryQuerySet, _name: str, _value: str) -> LaboratoryQuerySet:
        """The way of searching narrows nothing by itself."""
        return laboratories

    def by_field(self, laboratories: LaboratoryQuerySet, _name: str, field: str) -> Any:
        """Laboratories of the technical field."""
        return laboratories.filter(fields__contains=[field])
