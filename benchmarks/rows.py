"""The products of another bench's portal for a tree whose demo makes no more than a few: `python -m benchmarks.rows`.

ROWS_FROM names the database that has them. Providers and products come by COPY, with the columns that both know; units
stay behind, and a category is known by its code.
"""

import os
import tempfile

import psycopg2

from tten.local.say import say

APART = 10_000_000  # added to keys, so that none meets one that is there
COLUMNS = """
SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s ORDER BY column_name
"""
QUESTION = "WITH here (code, id) AS (VALUES {codes}) SELECT {wanted} FROM {table} t {joined}"
OF_CATEGORY = "JOIN catalog_category c ON c.id = category_id JOIN here ON here.code = c.code"


def main() -> None:
    """Copy both tables, and say how many rows there are."""
    with psycopg2.connect(os.environ["ROWS_FROM"]) as source, psycopg2.connect(os.environ["DATABASE_URL"]) as target:
        asked, written = source.cursor(), target.cursor()
        codes = keys_of(written)
        for table in ("catalog_provider", "catalog_product"):
            copy(asked, written, table, codes)
        written.execute("SELECT count(*) FROM catalog_product")
        say(f"{written.fetchone()[0]} products")


def keys_of(cursor: "psycopg2.extensions.cursor") -> str:
    """The categories of the tree as rows of SQL: (code, key)."""
    cursor.execute("SELECT string_agg(format('(%L, %s)', code, id), ', ') FROM catalog_category")
    return str(cursor.fetchone()[0])


def copy(asked: "psycopg2.extensions.cursor", written: "psycopg2.extensions.cursor", table: str, codes: str) -> None:
    """One table, its keys set apart."""
    known = [names(cursor, table) for cursor in (asked, written)]
    shared = [name for name in known[0] if name in known[1]]
    said = {
        "id": f"t.id + {APART}",
        "unit_id": "NULL",
        "provider_id": f"provider_id + {APART}",
        "category_id": "here.id",
    }
    said["number"] = "'M' || substr(t.number, 3)"
    wanted = ", ".join(f"{said.get(name, f't.{name}')} AS {name}" for name in shared)
    joined = OF_CATEGORY if table == "catalog_product" else ""
    with tempfile.TemporaryFile() as rows:
        question = QUESTION.format(codes=codes, wanted=wanted, table=table, joined=joined)
        asked.copy_expert(f"COPY ({question}) TO STDOUT", rows)
        rows.seek(0)
        written.copy_expert(f"COPY {table} ({', '.join(shared)}) FROM STDIN", rows)


def names(cursor: "psycopg2.extensions.cursor", table: str) -> list[str]:
    """The columns of a table."""
    cursor.execute(COLUMNS, [table])
    return [name for (name,) in cursor.fetchall()]


if __name__ == "__main__":
    main()
