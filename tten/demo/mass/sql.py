"""Statements of the mass demo: names of our own tables and columns, no input."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

HALF = 2**31  # what a drawn number is divided by


def run(statement: str, parameters: Sequence[Any] | None = None) -> int:
    """Carry out a statement; return how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def read(statement: str) -> list[tuple[Any, ...]]:
    """Return the rows of a question."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def first(statement: str) -> Any:
    """Return the one value that is asked for."""
    return read(statement)[0][0]


def fill(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Make a table of this transaction from rows; columns: their definitions, as in CREATE TABLE."""
    run(f"CREATE TEMPORARY TABLE {table} ({columns}) ON COMMIT DROP")
    lines = io.StringIO("".join("\t".join(map(_cell, row)) + "\n" for row in rows))
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} FROM STDIN", lines)
    run(f"ANALYZE {table}")


def _cell(value: object) -> str:
    """A value as COPY reads it; none of ours holds a tab or a backslash."""
    return r"\N" if value is None else str(value).replace("\n", r"\n")


def keep_table(table: str, question: str) -> None:
    """Make a table of this transaction from a question."""
    run(f"CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS {question}")
    run(f"ANALYZE {table}")


def free_id(model: type[models.Model]) -> int:
    """The first number behind all rows of a table."""
    return int(first(f"SELECT coalesce(max(id), 0) + 1 FROM {model._meta.db_table}"))


def reserve(sequence: str, count: int) -> int:
    """Take so many numbers of a sequence; return the first of them."""
    last = int(first(f"SELECT setval('{sequence}', nextval('{sequence}') + {max(count, 1)})"))
    return last - max(count, 1)


def drawn(seed: int, place: int, key: str = "i") -> str:
    """A number from 0 to below 1 that depends on the row's key, the place and the seed alone."""
    return f"((hashint8extended({key}, {seed * 64 + place}) & {HALF - 1}) / {HALF}::float8)"


def numbered(prefix: str, number: str, at: str) -> str:
    """A case number as `records.models.next_number` writes it: prefix, year of the instant in Shanghai, seven digits."""
    digits = f"lpad(({number})::text, greatest(7, length(({number})::text)), '0')"
    return f"'{prefix}' || to_char(({at}) AT TIME ZONE 'Asia/Shanghai', 'YYYY') || {digits}"
