"""How the lists of the desks are narrowed."""

from typing import Any

import django_filters as df
from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from catalog.mall.navigation import Navigation
from catalog.mall.reading import as_typed
from catalog.models import Category, LabBatch, Laboratory, LabShelf, LabType, Product, Provider, Region, Shelf
from catalog.models.shelf import Has
from catalog.querysets import ProductQuerySet
from ui.filters import WordsFilter
from ui.words import found_by, in_columns, query_words

ALL = "全部"
MARKS = (("1", "有标识"), ("rests", "标识暂停"), ("0", "没有标识"))
USE = (("1", "在用"), ("0", "已停用"))
ADMITTED = (("1", "是"), ("0", "否"))
SHOWN = (("1", "已公布"), ("0", "未公布"))


def tree(navigation: Navigation) -> list[Any]:
    """The categories as a select: each of the first level, then those below it."""
    return [
        (
            branch.category.name,
            [
                (branch.category.pk, f"全部{branch.category.name}"),
                *((leaf.pk, leaf.name) for leaf in branch.children),
            ],
        )
        for branch in navigation.branches
    ]


class ProductFilter(df.FilterSet):
    """Products by words, state, mark, category and region."""

    q = WordsFilter(label="编号、名称或机构", method="by_words")
    status = df.ChoiceFilter(label="状态", choices=Product.Status.choices, empty_label=ALL)
    mark = df.ChoiceFilter(label="创新券标识", method="by_mark", choices=MARKS, empty_label=ALL)
    category = df.ChoiceFilter(label="类别", method="by_category", choices=(), empty_label=ALL)
    region = df.ChoiceFilter(label="地区", field_name="provider__region", choices=Region.choices, empty_label=ALL)

    class Meta:
        model = Product
        fields = ()

    def __init__(self, data: QueryDict, queryset: ProductQuerySet, *, like: "ProductFilter | None" = None) -> None:
        """Read the tree once, for the select and for what lies below a category. like: the same question, asked before."""
        super().__init__(data, queryset)
        self.navigation: Navigation = like.navigation if like else Navigation()
        self.is_dense = like is not None
        self.filters["category"].extra["choices"] = tree(self.navigation)

    def in_plenty(self) -> QuerySet[Any]:
        """The same rows, asked as is best where there are very many: row by row along the order, until the page is full."""
        found: QuerySet[Any] = type(self)(self.data, self.queryset, like=self).qs
        return found.only("pk").order_by()

    def by_words(self, products: ProductQuerySet, _name: str, words: str) -> QuerySet[Any]:
        """What holds every word: on the shelf by its index, not on sale by another, and the few that are neither."""
        if not query_words(words) or self.is_dense:
            return products.search(words)
        shelf = Shelf.objects.search(as_typed(words)).values("pk")
        off = Product.objects.exclude(status=Product.Status.ON_SALE).filter(found_by(words, has))
        rest = Product.objects.filter(status=Product.Status.ON_SALE, provider__in=shut_providers()).search(words)
        arms = [found.order_by().values("pk") for found in (off, rest)]
        return products.filter(pk__in=shelf.union(*arms))

    def by_mark(self, products: QuerySet[Any], _name: str, mark: str) -> QuerySet[Any]:
        """In force, resting, or none."""
        if mark == "rests":
            return products.filter(mark_rests=True)
        return products.filter(is_marked=True) if mark == "1" else products.filter(is_marked=False, mark_rests=False)

    def by_category(self, products: QuerySet[Any], _name: str, key: str) -> QuerySet[Any]:
        """Of the category, and of those below it."""
        tops = [branch for branch in self.navigation.branches if str(branch.category.pk) == key]
        below = [leaf.pk for branch in tops for leaf in branch.children]
        return products.filter(category__in=[int(key), *below])


def shut_providers() -> list[int]:
    """The keys of the providers whose products are on no shelf, though they are on sale: out of use, or no longer listed."""
    listed = LabShelf.objects.listed().values("laboratory__provider")
    shut = Provider.objects.filter(Q(is_active=False) | Q(laboratory__isnull=False) & ~Q(pk__in=listed))
    return list(shut.order_by().values_list("pk", flat=True))


def has(word: str) -> Q:
    """The search text holds the word, as the index of terms knows it."""
    return Q(Has(F("search_text"), word))


class OwnProductFilter(ProductFilter):
    """The products of one's own providers, which are few."""

    region = None

    def by_words(self, products: ProductQuerySet, _name: str, words: str) -> QuerySet[Any]:
        """What holds every word."""
        found: QuerySet[Any] = products.search(words)
        return found


class ProviderFilter(df.FilterSet):
    """Providers by words, region, admission and use."""

    q = WordsFilter(label="名称或信用代码", method="by_words")
    region = df.ChoiceFilter(label="地区", choices=Region.choices, empty_label=ALL)
    admitted = df.ChoiceFilter(label="创新券服务机构", field_name="is_admitted", choices=ADMITTED, empty_label=ALL)
    active = df.ChoiceFilter(label="使用", field_name="is_active", choices=USE, empty_label=ALL)

    class Meta:
        model = Provider
        fields = ()

    def by_words(self, providers: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Name or credit code holds each word."""
        return providers.filter(in_columns(words, "name", "uscc"))


class LaboratoryFilter(df.FilterSet):
    """Laboratories by words, state, batch, region and type."""

    q = WordsFilter(label="编号、名称或依托单位", method="by_words")
    status = df.ChoiceFilter(label="状态", choices=Laboratory.Status.choices, empty_label=ALL)
    batch = df.ModelChoiceFilter(label="批次", queryset=LabBatch.objects.all(), empty_label=ALL)
    region = df.ChoiceFilter(label="地区", field_name="provider__region", choices=Region.choices, empty_label=ALL)
    kind = df.ChoiceFilter(label="类型", choices=LabType.choices, empty_label=ALL)

    class Meta:
        model = Laboratory
        fields = ()

    def by_words(self, laboratories: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Number, name or 依托单位 holds each word."""
        return laboratories.filter(in_columns(words, "number", "provider__name", "host_name", "host_uscc"))


class BatchFilter(df.FilterSet):
    """Batches, published or not."""

    shown = df.ChoiceFilter(label="公布", method="by_day", choices=SHOWN, empty_label=ALL)

    class Meta:
        model = LabBatch
        fields = ()

    def by_day(self, batches: QuerySet[Any], _name: str, shown: str) -> QuerySet[Any]:
        """With a day of publication, or without."""
        return batches.filter(published_on__isnull=shown == "0")


class CategoryFilter(df.FilterSet):
    """Categories by name and mark."""

    q = WordsFilter(label="名称或代码", method="by_words")
    marked = df.ChoiceFilter(label="可带创新券标识", field_name="may_be_marked", choices=ADMITTED, empty_label=ALL)

    class Meta:
        model = Category
        fields = ()

    def by_words(self, categories: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """Name or code holds each word."""
        return categories.filter(in_columns(words, "name", "code"))
