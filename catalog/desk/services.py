"""Verbs of the desks: acts on several rows, edits of one row, each with its line in the row's trail."""

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts.models import Duty
from catalog.desk.acts import PRODUCTS_OF, Act
from catalog.desk.notices import PRODUCTS_OFF, Withdrawal
from catalog.mall.services import check_keeper, locked, refresh_laboratories_of, refresh_laboratory, refresh_provider
from catalog.mall.wording import changes_between
from catalog.models import Category, DeskAct, Laboratory, Product, Provider
from notifications.services import notify
from records.doors import door
from records.locks import hold_row
from records.models import Trailed
from records.people import Person
from records.rules import RuleBroken
from records.steps import write, write_each

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


def line_of(act: Act, row: Trailed, *, seen: str | None = None) -> dict[str, Any]:
    """What the act does to the row. seen: how the row stood on the page, where one was shown."""
    now = act.now(row)
    said = MOVED.format(now) if seen not in {None, now} else act.against(row)
    url = row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
    number = key_of(row) if isinstance(row, Product | Laboratory) else ""
    line = {"key": key_of(row), "number": number, "name": str(row), "url": url}
    return line | {"was": now, "now": now if said else act.then(row), "said": said, "done": not said}


@door
def carry_out(act: Act, rows: QuerySet[Any], *, by: Person, reason: str, seen: dict[str, str]) -> DeskAct:
    """Do it to those of the rows that can take it, and say of each what became of it.

    seen: key → how the row stood when it was shown; a row that stands otherwise by now stays as it is.
    """
    is_staff = by.duty == Duty.CATALOG
    if is_staff and not reason.strip():
        raise RuleBroken("R-WORDS", "请写明原因：它会写进每一行的历史，下架和停用时服务机构和买方也会看到。")
    held = held_rows(rows)
    for provider in {row.provider for row in held if not is_staff}:
        check_keeper(provider, by)
    lines = [line_of(act, row, seen=seen.get(key_of(row))) for row in held]
    done = [row for row, line in zip(held, lines, strict=True) if line["done"]]
    if done:
        set_field(act, done)
        write_each(done, act.step, by=by, text=reason)
    told = tell(act, done, reason, by) if done and act.takes_off and is_staff else 0
    matter = str(rows.model._meta.verbose_name)
    return DeskAct.objects.create(label=act.label, matter=matter, reason=reason, by=by, lines=lines, told=told)


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
    values = {act.field: act.new}
    if model is Product:
        values |= {"updated_at": timezone.now()} | ({"mark_rests": False} if act.field == "is_marked" else {})
    model._default_manager.filter(pk__in=[row.pk for row in rows]).update(**values)
    if model is Product and act.field == "status":
        refresh_laboratories_of({row.provider_id for row in rows})


def tell(act: Act, rows: Sequence[Any], reason: str, by: Person) -> int:
    """Tell the providers, and whoever else wants to know; return how many orders are concerned."""
    where = {f"{PRODUCTS_OF[type(rows[0])]}__in": [row.pk for row in rows]}
    products = Product.objects.filter(status__in=(Product.Status.ON_SALE, Product.Status.WITHDRAWN), **where)
    names: dict[Provider, list[str]] = {}
    gone = products if type(rows[0]) is Product else products.filter(status=Product.Status.ON_SALE)
    for product in gone.select_related("provider__unit").order_by("pk"):
        names.setdefault(product.provider, []).append(product.name)
    for provider, told in names.items():
        notify(PRODUCTS_OFF, Withdrawal(provider, told, act.label, reason), actor=by.pk)
    return sum(follow(products, reason, by) for follow in OFF)


@door
def keep_row(form_of: Callable[[Any], Any], row: Trailed, *, by: Person) -> Any:
    """Keep what the curator typed over the row, which is held from now on; the form says what is against it.

    form_of: makes the form of the row as it stands.
    """
    is_new = row.pk is None
    held = row if is_new else held_one(row)
    before = copy(held)
    form = form_of(held)
    if form.is_valid() and (is_new or form.changed_data):
        if isinstance(row, Product) and not is_new and "category" in form.changed_data:
            form.instance.is_marked = form.instance.mark_rests = False  # the platform gives it anew
        kept = form.save()
        text = "" if is_new else changes_between(before, kept, form.changed_data)
        write(kept, "row_made" if is_new else "row_changed", by=by, text=text)
        follow_up(kept, form.changed_data)
    return form


def held_one(row: Trailed) -> Any:
    """The row as it stands now, held with what it rests on."""
    if isinstance(row, Product):
        return locked(row)
    if isinstance(row, Laboratory):
        hold_row(Provider.objects.all(), row.provider_id)
    return hold_row(type(row)._default_manager.all(), row.pk)


def follow_up(row: Trailed, changed: Sequence[str]) -> None:
    """Bring what is searched up to date."""
    if isinstance(row, Product):
        refresh_provider(row.provider)
    elif isinstance(row, Laboratory):
        refresh_laboratory(row)
    elif isinstance(row, Provider) and "name" in changed:
        refresh_provider(row)
    elif isinstance(row, Category) and "name" in changed:
        for provider in Provider.objects.filter(products__category__in=[row, *row.children.all()]).distinct():
            refresh_provider(provider)
