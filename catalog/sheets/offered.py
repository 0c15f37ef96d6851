"""Products of a spreadsheet beside those of the portal: found, compared, written, taken back."""

import copy
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, cast

from django.db import connection
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import Duty
from catalog.mall.facts import FACTS
from catalog.mall.services import WRITTEN, keep_mark, refresh_laboratories_of, set_status
from catalog.models import Category, Product, Provider, SheetRow
from catalog.models.mall import product_number
from catalog.permissions import check_keeper
from catalog.search import search_text_of
from catalog.sheets.columns import key_of
from catalog.sheets.kind import GONE, Outcome, SheetKind, State, Verdict, Wrong
from catalog.sheets.products import COLUMNS, ProductRow
from catalog.sheets.reading import Line
from records.rules import RuleBroken
from ui.names import as_compared
from ui.templatetags.ui import money

BROUGHT = (*WRITTEN, *FACTS)
FIELDS = tuple(column.removesuffix("_id") for column in BROUGHT)
NO_SUCH = "没有找到编号为 {number} 的产品。新的产品请把“编号”留空；已在平台上的，请照平台的编号填写。"
ON_SHELF = "发布之后有人修改、上架过，或已有订单，没有删除，状态改为“已下架”。"
STANDS_ALREADY = "发布前已经有了同名的产品 {number}，没有重复新增。请重新上传核对。"


class ProductKind(SheetKind[Product]):
    """服务产品: found by number, else by provider and name."""

    columns = COLUMNS
    form: ProductRow

    def prepare(self, lines: Sequence[Line]) -> None:
        """Fetch the providers that the person may write for, with their products."""
        keeps_all = self.by.duty == Duty.CATALOG
        written = Provider.objects.all() if keeps_all else Provider.objects.filter(unit=self.sheet.unit)
        providers = list(written.filter(is_active=True).select_related("laboratory"))
        self.form = ProductRow(providers, keeper=self.by)
        named = {key_of(line.values["provider"]) for line in lines}
        if named != {""}:
            providers = [provider for name in named for provider in self.form.which.named.get(name, ())]
        numbers = {line.values["number"].upper() for line in lines}
        found = list(Product.objects.filter(provider__in=providers).select_related("provider", "category"))
        found += Product.objects.filter(number__in=numbers, provider__in=self.form.known).exclude(
            provider__in=providers
        )
        self.by_number = {product.number: product for product in found}
        self.by_key = {(product.provider_id, as_compared(product.name)): product for product in found}

    def judged(self, line: Line, row: SheetRow) -> None:
        """New, changed or the same."""
        number = line.values["number"].upper()
        product = self.by_number.get(number)
        if number and product is None:
            raise Wrong(NO_SUCH.format(number=number))
        typed = {name: value for name, value in line.values.items() if value}
        if product is None:
            typed.setdefault("price_unit", "次")
        data = self.data_of(line, typed, product)
        if product is None:
            product = self.by_key.get((data["provider_id"], as_compared(data["name"])))
            if product is not None:
                data = self.data_of(line, typed, product)
        self.meet((data["provider_id"], as_compared(data["name"])), line, "是同一家机构的同名产品")
        if product is not None:
            row.target = product.pk
            self.compare(row, self.state_of(product), data)
            return
        row.verdict, row.data = Verdict.NEW, data
        told = [self.in_words(name, data[name]) for name in ("category_id", "price")]
        row.words = f"{'，'.join(told)}/{data['price_unit']}"

    def data_of(self, line: Line, typed: dict[str, Any], product: Product | None) -> State:
        """What the product is to hold: what the row says, and where it says nothing, what stands there."""
        stands = {name: getattr(product, name) for name in FIELDS} if product else {}
        cleaned = self.checked(line, stands | typed)
        provider, category = cleaned.pop("provider"), cleaned.pop("category")
        if product is not None and provider.pk != product.provider_id:
            raise Wrong(f"编号 {product.number} 是“{product.provider}”的产品，不能改到另一家机构。")
        return cleaned | {"provider_id": provider.pk, "category_id": category.pk, "price": str(cleaned["price"])}

    def held(self, keys: Iterable[int | None]) -> dict[int, Product]:
        """The products, held after their providers; not those of a provider that the unit has given up meanwhile."""
        found = Product.objects.filter(pk__in=list(keys))
        if self.sheet.unit_id:
            found = found.filter(provider__unit=self.sheet.unit_id)
        providers = Provider.objects.filter(products__in=found).order_by("pk")
        list(Provider.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=providers.values("pk")))
        held = found.select_for_update(of=("self",), no_key=True).order_by("pk")
        return {product.pk: product for product in held.select_related("provider__unit", "category__parent")}

    def state_of(self, thing: Product) -> State:
        """What stands of a product."""
        return {name: getattr(thing, name) for name in BROUGHT} | {"price": str(thing.price)}

    def make(self, rows: list[SheetRow]) -> None:
        """New products, off the shelf and without the mark."""
        providers = self.providers_of(row.data["provider_id"] for row in rows)
        stands = {
            (product.provider_id, as_compared(product.name)): product
            for product in Product.objects.filter(provider__in=providers)
        }
        made: list[tuple[SheetRow, Product]] = []
        for row in rows:
            provider = providers.get(row.data["provider_id"])
            other = stands.get((row.data["provider_id"], as_compared(row.data["name"])))
            row.outcome_words = self.objection(provider)
            if other is not None:
                row.outcome_words = row.outcome_words or STANDS_ALREADY.format(number=other.number)
            row.outcome = Outcome.LEFT if row.outcome_words else Outcome.WRITTEN
            if not row.outcome_words:
                made.append((row, filled(Product(status=Product.Status.DRAFT), row.data)))
        products = [product for _, product in made]
        complete(products)
        for product, number in zip(products, next_numbers(len(products)), strict=True):
            product.number = number
        Product.objects.bulk_create(products)
        for row, product in made:
            row.target = product.pk

    def objection(self, provider: Provider | None) -> str:
        """Why the person may not write for this provider now; "" where he may."""
        if provider is None:
            return GONE
        try:
            check_keeper(provider, self.by)
        except RuleBroken as refusal:
            return refusal.sentence
        return ""

    def providers_of(self, keys: Iterable[int]) -> dict[int, Provider]:
        """The providers, held: of two equal products the second sees the first."""
        wanted = set(keys)
        rows = Provider.objects.filter(pk__in=wanted).order_by("pk")
        list(rows.select_for_update(no_key=True).values_list("pk"))  # held before what is joined to them is read
        return Provider.objects.select_related("unit").in_bulk(wanted)

    def put(self, changes: list[tuple[Product, State]]) -> None:
        """Write what changes; a new category takes the mark away, and what is searched follows."""
        products = []
        for product, data in changes:
            stored = copy.copy(product)
            keep_mark(filled(product, data), stored)
            product.updated_at = timezone.now()
            products.append(product)
        complete(products)
        marks = ("is_marked", "mark_rests", "search_text", "updated_at")
        Product.objects.bulk_update(products, [*FIELDS, *marks])
        refresh_laboratories_of({product.provider_id for product, data in changes if "name" in data})

    def remove(self, thing: Product, touched: set[int]) -> None:
        """Delete a product that is off the shelf still; ProtectedError where it is not, somebody has worked with it, or orders name it."""
        if thing.status != Product.Status.DRAFT:
            raise ProtectedError(ON_SHELF, {thing})
        super().remove(thing, touched)

    def put_away(self, thing: Product) -> str:
        """A product that somebody has worked with, or that orders name, goes off the shelf."""
        if thing.status != Product.Status.WITHDRAWN:
            set_status(thing, Product.Status.WITHDRAWN, by=self.by)
        return ON_SHELF

    def finish(self) -> None:
        """Nothing follows: products come in off the shelf."""

    def finish_undoing(self) -> None:
        """Nor does anything when they are taken back."""

    def in_words(self, name: str, value: object) -> str:
        """A category by its name, a price as an amount."""
        if name == "price":
            return money(str(value))
        return str(self.categories.get(cast("int", value), value) if name == "category_id" else value)

    @cached_property
    def categories(self) -> dict[int, str]:
        """The names of all categories by their keys."""
        return dict(Category.objects.values_list("pk", "name"))


def filled(product: Product, data: State) -> Product:
    """Let a product hold what is given."""
    for name, value in data.items():
        setattr(product, name, Decimal(value) if name == "price" else value)
    return product


def complete(products: list[Product]) -> None:
    """Give products the text that is searched, with their providers and categories fetched once."""
    providers = Provider.objects.in_bulk({product.provider_id for product in products})
    categories = Category.objects.select_related("parent").in_bulk({product.category_id for product in products})
    for product in products:
        product.provider, product.category = providers[product.provider_id], categories[product.category_id]
        product.search_text = search_text_of(product)


def next_numbers(many: int) -> list[str]:
    """So many product numbers, in one question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('catalog_product_number') FROM generate_series(1, %s)", [many])
        return [product_number(value) for (value,) in cursor.fetchall()]
