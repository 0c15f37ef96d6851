"""What a leaf is made of: the columns of a line, as JSON that the database writes, so that millions cost seconds.

The lists below are part of every hash: a column that comes later joins no old leaf. Whoever must seal one gives the
lines from then on a new name (`trail/2`) and keeps this one for those that are sealed.
"""

from dataclasses import dataclass

from seals.models import Leaf


def instant(column: str) -> str:
    """An instant in UTC with six digits, whatever the session's zone."""
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


@dataclass(frozen=True)
class Source:
    """A table whose lines are sealed, called `own` in its SQL."""

    table: str
    name: str  # the first word of the content
    columns: tuple[str, ...]
    beside: str = ""  # what is joined

    @property
    def content(self) -> str:
        """SQL of the content of a line, a text."""
        return f"jsonb_build_array('{self.name}', {', '.join(self.columns)})::text"

    @property
    def hash(self) -> str:
        """SQL of the leaf's hash, bytea."""
        return f"sha256('\\x00'::bytea || convert_to({self.content}, 'UTF8'))"

    @property
    def rows(self) -> str:
        """SQL of where the lines stand."""
        return f"{self.table} own {self.beside}".strip()


SOURCES = {
    Leaf.Kind.TRAIL: Source(
        "records_event",
        "trail/1",
        (
            *(
                "own.id",
                "own.case_type_id",
                "own.case_id",
                "own.sequence",
                "own.step",
                "own.from_state",
                "own.to_state",
            ),
            *("own.actor_id", "own.office", "own.text", "own.attachments", instant("own.at"), "own.previous_hash"),
            "own.hash",
        ),
    ),
    Leaf.Kind.LEDGER: Source(
        "vouchers_ledgerentry",
        "ledger/1",
        (
            *("own.id", "own.account_id", "own.application_id", "own.kind", "own.reserved", "own.approved", "own.used"),
            *("own.by_id", instant("own.at")),
        ),
    ),
    Leaf.Kind.OPINION: Source(
        "reviews_opinion",
        "opinion/1",
        (
            *(
                "own.id",
                "turn.case_type_id",
                "turn.case_id",
                "turn.state",
                "own.turn_id",
                "own.reviewer_id",
                "own.verdict",
            ),
            *("own.text", "own.reason", "own.corrections", "own.row_labels", "own.amount", "own.second_id"),
            instant("own.at"),
        ),
        "JOIN reviews_turn turn ON turn.id = own.turn_id",
    ),
    Leaf.Kind.TAKEOVER: Source(
        "seals_takeover",
        "takeover/1",
        (
            *("own.id", "own.system", "own.timeline", "own.position", "own.lost", "own.size"),
            *("encode(own.root, 'hex')", "own.numbers", "own.why", instant("own.at")),
        ),
    ),
}
