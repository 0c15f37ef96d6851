"""How many rows several questions have, up to a limit, asked in one statement."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import IntegerField, QuerySet, Subquery


class HowMany(Subquery):
    """The number of rows of a question that has its limit already."""

    template = "(SELECT count(*) FROM (%(subquery)s) limited)"
    output_field = IntegerField()


Question = tuple[str, tuple[Any, ...]]


def numbers_of(several: Sequence[QuerySet[Any]], most: int) -> list[int]:
    """How many rows each has, up to `most`, in their order; all of one table."""
    return asked(question(several, most), len(several)) if several else []


def question(several: Sequence[QuerySet[Any]], most: int) -> Question:
    """The statement and its values, which may be kept and asked again."""
    parts = {f"n{place}": HowMany(rows.order_by().values("pk")[:most]) for place, rows in enumerate(several)}
    found = several[0].model._default_manager.order_by().values_list(*parts.values())[:1]
    sql, params = found.query.sql_with_params()
    return sql, tuple(params)


def asked(said: Question, many: int) -> list[int]:
    """What the question answers, so many numbers; none of a table without rows."""
    with connection.cursor() as cursor:
        cursor.execute(*said)
        return list(cursor.fetchone() or [0] * many)
