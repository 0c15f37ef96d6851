"""How many rows several questions have, up to a limit, asked in one statement."""

import time
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from ui.reading import line


class HowMany(Subquery):
    """The number of rows of a question that has its limit already."""

    template = "(SELECT count(*) FROM (%(subquery)s) limited)"
    output_field = IntegerField()


def how_many(rows: QuerySet[Any], most: int) -> HowMany:
    """How many rows there are, up to `most`, as a column of another question."""
    return HowMany(rows.order_by().values("pk")[:most])


def number_of(rows: QuerySet[Any]) -> Any:
    """How many rows there are, as a column of another question."""
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


ONE_OR_ALL = """
SELECT first.many, CASE WHEN first.many < %s THEN (SELECT count(*) FROM ([all]) whole) ELSE first.many END
  FROM (SELECT count(*) AS many FROM ([one]) limited) first
"""
KEPT_SECONDS = 60
KEPT = 2000  # questions
Question = tuple[str, tuple[Any, ...]]


class Memory:
    """What was found to have more rows than are counted, as this process saw it within the last minute."""

    def __init__(self) -> None:
        self.kept: dict[Hashable, tuple[float, Any]] = {}

    def fresh(self, key: Hashable) -> Any:
        """What was kept under the key; None where that is longer ago."""
        at, value = self.kept.get(key, (0.0, None))
        return value if time.monotonic() - at < KEPT_SECONDS else None

    def keep(self, key: Hashable, value: object) -> None:
        """Remember it from now on."""
        if len(self.kept) >= KEPT:
            self.kept.clear()
        self.kept[key] = time.monotonic(), value

    def forget(self) -> None:
        """The next question is asked afresh."""
        self.kept.clear()


MANY = Memory()


def numbers_of(several: Sequence[QuerySet[Any]], most: int) -> list[int]:
    """How many rows each has, up to `most`, in their order; all of one table."""
    return asked(question(several, most), len(several)) if several else []


def question(several: Sequence[QuerySet[Any]], most: int) -> Question:
    """The statement and its values, which may be kept and asked again."""
    parts = {f"n{place}": how_many(rows, most) for place, rows in enumerate(several)}
    found = several[0].model._default_manager.order_by().values_list(*parts.values())[:1]
    sql, params = found.query.sql_with_params()
    return sql, tuple(params)


def asked(said: Question, many: int) -> list[int]:
    """What the question answers, so many numbers; none of a table without rows."""
    with line().cursor() as cursor:
        cursor.execute(*said)
        return [number or 0 for number in cursor.fetchone() or [0] * many]  # NULL: a question that can have no row


def one_or_all(one: QuerySet[Any], whole: QuerySet[Any], most: int) -> tuple[int, int]:
    """How many rows the first has, up to `most`, and the second; which is not asked where the first has so many already."""
    (first, firsts), (rest, rests) = (
        rows.order_by().values("pk")[:most].query.sql_with_params() for rows in (one, whole)
    )
    with line().cursor() as cursor:
        cursor.execute(ONE_OR_ALL.replace("[all]", rest).replace("[one]", first), (most, *rests, *firsts))
        found: tuple[int, int] = cursor.fetchone()
        return found


def kept_row(key: Hashable, asks: Callable[[], QuerySet[Any]]) -> dict[str, Any]:
    """The one row that a question of values gives, by name. The question is kept for the minute: what it compares with now is of then."""
    key = (key, timezone.localtime().replace(second=0, microsecond=0))
    kept: tuple[tuple[str, ...], Question] | None = MANY.fresh(key)
    if kept is None:
        query = asks().query
        names, (sql, params) = (*query.values_select, *query.annotation_select), query.sql_with_params()
        kept = names, (sql, tuple(params))
        MANY.keep(key, kept)
    names, said = kept
    return dict(zip(names, asked(said, len(names)), strict=True))
