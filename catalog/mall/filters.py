"""How the mall is narrowed and sorted. Values that make no sense narrow nothing."""

import django_filters as df
from django.http import QueryDict

from catalog.mall.navigation import Navigation
from catalog.models import Product, Region
from catalog.querysets import ProductQuerySet
from ui.fields import MoneyField

SOURCES = (("mall", "服务机构"), ("lab", "京津冀实验室"))
SORTS = (("", "综合"), ("price", "价格从低到高"), ("-price", "价格从高到低"), ("new", "最新"))
ORDERS = {"price": ("price", "pk"), "-price": ("-price", "-pk"), "new": ("-pk",)}
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

    def __init__(self, data: QueryDict, queryset: ProductQuerySet, *, navigation: Navigation) -> None:
        """Keep the tree, which the page reads anyway, to find the category."""
        super().__init__(data, queryset.in_general_order())
        self.navigation = navigation

    def by_words(self, products: ProductQuerySet, _name: str, words: str) -> ProductQuerySet:
        """Products that hold every word."""
        return products.search(words)

    def by_category(self, products: ProductQuerySet, _name: str, _code: str) -> ProductQuerySet:
        """Products of the category and of those below it."""
        return products.in_category(self.navigation.current) if self.navigation.current else products

    def by_source(self, products: ProductQuerySet, _name: str, source: str) -> ProductQuerySet:
        """Services of laboratories or all others."""
        return products.of_laboratories(source == "lab")

    def by_mark(self, products: ProductQuerySet, _name: str, _value: str) -> ProductQuerySet:
        """Products that bear the mark."""
        return products.filter(is_marked=True)

    def by_sort(self, products: ProductQuerySet, _name: str, sort: str) -> ProductQuerySet:
        """Price either way, or the newest first."""
        return products.order_by(*ORDERS[sort])
