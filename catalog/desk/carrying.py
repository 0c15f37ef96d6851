"""What an act at a desk does to rows that are held: whether it can, what it changes, who hears of it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts.models import Duty
from catalog.desk.acts import PRODUCTS_OF, Act
from catalog.desk.notices import PRODUCTS_OFF, Withdrawal
from catalog.mall.services import refresh_laboratories_of
from catalog.models import Laboratory, Product, Provider
from catalog.permissions import check_keeper
from notifications.services import notify
from records.models import Trailed
from records.people import Person
from records.steps import write_each

MOST = 200  # rows of one act
OFF: list[Callable[[QuerySet[Product], str, Person], int]] = []
BESIDE: dict[type[Model], tuple[str, ...]] = {
    Product: ("provider__unit", "category__parent"),
    Laboratory: ("provider", "batch"),
    Provider: ("unit",),
}
MOVED = "页面打开之后，这一行已变为“{}”，没有改动。"


def when_off(
    function: Callable[[QuerySet[Product], str, Person], int],
) -> Callable[[QuerySet[Product], str, Person], int]:
    """Name who else hears that the platform takes products off the shelf; called as `f(products, reason, by)`, gives how many."""
    OFF.append(function)
    return function


def key_of(row: Trailed) -> str:
    """By which a list names the row: its number, where people know it by one."""
    return row.number if isinstance(row, Product | Laboratory) else str(row.pk)


def key_field(model: type[Model]) -> str:
    """The column of that."""
    return "number" if model in {Product, Laboratory} else "pk"


def line_of(act: Act, row: Trailed, *, seen: str | None = None) -> dict[str, Any]:
    """What the act does to the row. seen: how the row stood on the page, where one was shown."""
    now = act.now(row)
    said = MOVED.format(now) if seen not in {None, now} else act.against(row)
    url = row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
    number = key_of(row) if isinstance(row, Product | Laboratory) else ""
    line = {"key": key_of(row), "number": number, "name": str(row), "url": url}
    return line | {"was": now, "now": now if said else act.then(row), "said": said, "done": not said}


def check_keepers(held: Sequence[Any], by: Person) -> None:
    """Raise RuleBroken unless the person keeps the catalog, or the desk of each of these products' providers."""
    if by.duty != Duty.CATALOG:
        for provider in {row.provider for row in held}:
            check_keeper(provider, by)


def change(act: Act, rows: Sequence[Any], *, by: Person, reason: str) -> list[int]:
    """Change these rows, which are held, with a line in the trail of each; return their keys."""
    if rows:
        set_field(act, rows)
        write_each(rows, act.step, by=by, text=reason)
    return [row.pk for row in rows]


def held_rows(rows: QuerySet[Any]) -> list[Any]:
    """Hold the rows, after the providers on which they rest, each table in the order of its keys; read them afterwards."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST])
    own = rows.model._default_manager.filter(pk__in=keys).order_by("pk")
    if "provider" in rows.model.RESTS_ON:
        below = Provider.objects.filter(pk__in=own.order_by().values("provider"))
        list(below.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    list(own.select_for_update(no_key=True).values_list("pk"))
    return list(
        own.select_related(*beside(rows.model)).prefetch_related(
            *(["provider__scope"] if rows.model is Product else [])
        )
    )


def beside(model: type[Model]) -> tuple[str, ...]:
    """What is read with such a row."""
    return BESIDE.get(model, ())


def set_field(act: Act, rows: Sequence[Any]) -> None:
    """Set it; what the search of a laboratory reads of its services follows."""
    model = type(rows[0])
    values = act.sets
    if model is Product:
        values |= {"updated_at": timezone.now()} | ({"mark_rests": False} if act.field == "is_marked" else {})
    model._default_manager.filter(pk__in=[row.pk for row in rows]).update(**values)
    if model is Product and act.field == "status":
        refresh_laboratories_of({row.provider_id for row in rows})


def tell(act: Act, rows: QuerySet[Any], reason: str, by: Person) -> int:
    """Tell the providers, and whoever else wants to know, what the platform took off the shelf; return how many orders are concerned."""
    products = Product.objects.filter(
        status__in=(Product.Status.ON_SALE, Product.Status.WITHDRAWN),
        **{f"{PRODUCTS_OF[rows.model]}__in": rows.order_by().values("pk")},
    )
    names: dict[Provider, list[str]] = {}
    gone = products if rows.model is Product else products.filter(status=Product.Status.ON_SALE)
    for product in gone.select_related("provider__unit").order_by("pk"):
        names.setdefault(product.provider, []).append(product.name)
    for provider, told in names.items():
        notify(PRODUCTS_OFF, Withdrawal(provider, told, act.label, reason), actor=by.pk)
    return sum(follow(products, reason, by) for follow in OFF)


def counted(rows: QuerySet[Any]) -> int:
    """How many they are; one more than an act may have says that there are more."""
    return rows.order_by()[: settings.DESK_ACT_ROWS + 1].count()
