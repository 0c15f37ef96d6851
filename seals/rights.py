"""Which table grants what to the application role: the one list, in force through `manage.py roles` (ADR 0172).

A table that is not named grants everything that rows need. No table grants TRUNCATE, REFERENCES or TRIGGER, and the
role owns nothing: it can neither alter a table nor let a trigger rest.
"""

from dataclasses import dataclass

from seals.proving.guards import KEPT_WHOLE


@dataclass(frozen=True)
class Right:
    """What may be done with the rows of a table; `columns` are those that alone may be updated."""

    acts: frozenset[str]
    columns: frozenset[str] = frozenset()

    def __str__(self) -> str:
        """As GRANT has it: SELECT, INSERT, UPDATE (cap)."""
        words = sorted(self.acts)
        if self.columns:
            words.append(f"UPDATE ({', '.join(sorted(self.columns))})")
        return ", ".join(words) or "-"


def right(*acts: str, columns: tuple[str, ...] = ()) -> Right:
    """Say a right in words of SQL."""
    return Right(frozenset(acts), frozenset(columns))


ROWS = right("SELECT", "INSERT", "UPDATE", "DELETE")
ADDED = right("SELECT", "INSERT")
READ = right("SELECT")
LATER = ADDED  # tables that a migration makes, until `manage.py roles` has run behind it
RIGHTS = {
    **dict.fromkeys(KEPT_WHOLE, ADDED),
    # a trigger lets those go alone that are older than 183 days
    "accounts_signinevent": right("SELECT", "INSERT", "DELETE"),
    # a paper finds its case and is dropped; its bytes, name and digests stay as they came
    "records_document": right(
        "SELECT", "INSERT", "DELETE", columns=("case_type_id", "case_id", "purpose", "dropped_at")
    ),
    "records_removedpaper": ADDED,
    # whoever holds a row must be allowed to update a column of it; the sums come from the entries' trigger
    "vouchers_quotaaccount": right("SELECT", "INSERT", columns=("id",)),
    # a line that was wrong is struck out and stays
    "redemption_payment": right("SELECT", "INSERT", columns=("struck_at", "struck_by_id", "struck_why")),
    # what a reader has said stays as he said it; whether it was dealt with is the platform's
    "help_manualanswer": right("SELECT", "INSERT", columns=("handled_at", "handled_by_id")),
    "django_migrations": READ,
    "django_content_type": READ,
    "auth_permission": READ,
}
BY_OWNERS_RIGHT = ("vouchers_carry_entry",)  # the functions that do what their caller may not


def right_to(table: str) -> Right:
    """What the application role may do with the rows of this table."""
    return RIGHTS.get(table, ROWS)
