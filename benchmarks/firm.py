"""Thousands of orders, applications, redemptions and notices for one firm: `python -m benchmarks.firm`, for the bench of the desk.

Copies of what the firm has, so that its lists are as mixed as before; they have no trail, which no list reads.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import django

from tten.local.say import say

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

FIRM = "unit_admin"  # user name of its administrator
MANY = 3000  # of each
COLUMNS = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
COPY = """
WITH mould AS (SELECT *, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS moulds FROM {table} WHERE {fits})
INSERT INTO {table} ({names}) SELECT {values}
  FROM generate_series(1, %s) k JOIN mould ON mould.place = k %% mould.moulds + 1 {joined}
"""
UNIT = "unit_id = (SELECT unit_id FROM accounts_unitmember m JOIN accounts_user u ON u.id = m.user_id WHERE u.username = %s LIMIT 1)"
THEN = "now() - make_interval(hours => k * 4)"
VOUCHER = "CASE WHEN mould.voucher_number <> '' THEN 'CXB' || k END"
FORM = "CASE WHEN mould.form_number <> '' THEN 'FB' || k ELSE mould.form_number END"
TOLD = """
INSERT INTO notifications_notice (recipient_id, kind, subject, body, url, at, read_at)
SELECT person.id, 'application_approved', '消息 ' || k, '样例内容。', '/center/', now() - make_interval(hours => k),
       CASE WHEN k > 5 THEN now() END
  FROM accounts_user person, generate_series(1, %s) k WHERE person.username = %s
"""


def main() -> None:
    """Write them, the notices read but for the first few."""
    from django.db import connection, transaction  # noqa: PLC0415 - Django stands now

    from redemption.models import Claim  # noqa: PLC0415
    from vouchers.models import Application  # noqa: PLC0415

    mine = {"orders_order": "", "vouchers_application": dead(Application.DEAD), "redemption_claim": dead(Claim.DEAD)}
    said = {
        "orders_order": {"number": "'KB' || k"},
        "vouchers_application": {"number": "'SB' || k", "order_id": "made.id", "voucher_number": VOUCHER},
        "redemption_claim": {"number": "'DB' || k", "form_number": FORM},
    }
    joined = {"vouchers_application": "JOIN orders_order made ON made.number = 'KB' || k"}
    with transaction.atomic(), connection.cursor() as cursor:
        for table, fits in mine.items():
            copy(cursor, table, UNIT + fits, said[table], joined.get(table, ""))
        cursor.execute(TOLD, [MANY, FIRM])
    say(f"{FIRM}: {MANY} more of {', '.join([*mine, 'notifications_notice'])}")


def dead(states: Iterable[object]) -> str:
    """Of cases those that have ended: of the living there is one at a time."""
    return f" AND state IN ({', '.join(repr(state) for state in sorted(map(str, states)))})"


def copy(cursor: "CursorWrapper", table: str, fits: str, said: dict[str, str], joined: str) -> None:
    """So many copies of the rows that fit, one mould after the other; said: columns that each copy has of its own, in SQL."""
    cursor.execute(COLUMNS, [table])
    said = dict.fromkeys(("created_at", "updated_at"), THEN) | said
    names = [name for (name,) in cursor.fetchall() if name != "id"]
    values = ", ".join(said.get(name, f"mould.{name}") for name in names)
    question = COPY.format(table=table, fits=fits, names=", ".join(names), values=values, joined=joined)
    cursor.execute(question, [FIRM, MANY])


if __name__ == "__main__":
    django.setup()
    main()
