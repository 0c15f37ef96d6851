"""What is held until a transaction ends: rows of one table a statement, in one order (docs/architecture.md)."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, models

from records.models import Trailed

M = TypeVar("M", bound=models.Model)
Rows = models.QuerySet[Any]


def hold_row(rows: "models.QuerySet[M]", pk: object) -> M:
    """Hold the row of this key, then read it through `rows`, so that what is joined is as fresh as the row itself."""
    with held_first(rows.model._default_manager.filter(pk=pk)):
        return rows.get(pk=pk)


def way_to(case: Trailed) -> list[Rows]:
    """What the case rests on, the lowest floor first, then the case itself."""
    own = type(case)._default_manager.filter(pk=case.pk)
    below = [rested_on(type(case), path)._default_manager.filter(pk__in=own.values(path)) for path in case.RESTS_ON]
    return [*below, own]


def rested_on(model: type[models.Model], path: str) -> Any:
    """The model that a path of relations leads to."""
    found: Any = model
    for name in path.split("__"):
        found = found._meta.get_field(name).related_model
    return found


@contextmanager
def held_first(*rows: Rows) -> Iterator[None]:
    """Hold these rows before the one question that is asked inside; all statements go off together, in this order.

    One statement a table: a row that is joined to a held one would be read as it stood before the wait for it.
    """
    held = [some.select_for_update(no_key=True).order_by().values("pk").query.sql_with_params() for some in rows]
    values = [value for _, own in held for value in own]

    def together(execute: Callable[..., object], sql: str, params: Iterable[object], *more: object) -> object:
        return execute("; ".join([*(text for text, _ in held), sql]), (*values, *params), *more)

    with connection.execute_wrapper(together):
        yield
