"""What a list of the desk reads: of which offices, and where their turns lie; each such part has an index for every order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from records.people import Person
from reviews.models import Lies, OfficeMember, Rest, Turn
from reviews.querysets import aside, places_of
from ui.limited import MANY, HowMany, how_many, numbers_of
from ui.paging import MOST

WAITING = "waiting_today"  # beside the person of a request: what 待办 counts
OPEN = (Lies.DESK, Lies.EXPERTS)
CLOSED = (Lies.RETURNED, Lies.DONE)
ANYWHERE = (*OPEN, *CLOSED)
VALUED = ("case_type_id", "stage", "round", "district", "category", "ended_by")  # columns that have few values
ONE_VALUE = """
SELECT '[column]', value::text FROM unnest(%s::bigint[]) office (id), unnest(%s::text[]) part (lies), LATERAL (
    WITH RECURSIVE found (value) AS (
        (SELECT [column] FROM reviews_turn WHERE office_id = office.id AND lies = part.lies ORDER BY [column] LIMIT 1)
        UNION ALL
        SELECT (SELECT [column] FROM reviews_turn
                 WHERE office_id = office.id AND lies = part.lies AND [column] > found.value ORDER BY [column] LIMIT 1)
          FROM found WHERE found.value IS NOT NULL
    ) SELECT value FROM found WHERE value IS NOT NULL) told
"""
VALUES = " UNION ".join(ONE_VALUE.replace("[column]", column) for column in VALUED)

Seat = tuple[int, str, str]  # office, its kind, the role there; "" of a stand-in


def seats_of(user: Person) -> list[Seat]:
    """The places where the person is at work today; asked once for each request."""
    if "seats_today" not in vars(user):
        role = Case(When(stands_in_for=None, then="role"), default=Value(""))
        vars(user)["seats_today"] = list(places_of(user).values_list("office_id", "office__kind", role))
    seats: list[Seat] = vars(user)["seats_today"]
    return seats


def lent_to(user: Person) -> list[OfficeMember]:
    """The places where the person stands in for somebody; asked only where there is one."""
    return list(places_of(user).lent()) if any(not role for _, _, role in seats_of(user)) else []


@dataclass(frozen=True)
class Scope:
    """Turns that lie in one of these ways at these offices; None: at all of them."""

    offices: tuple[int, ...] | None
    lies: tuple[str, ...]

    @property
    def rows(self) -> QuerySet[Turn]:
        """All of them, in no order."""
        turns = Turn.objects.filter(lies__in=self.lies).defer("search_text").order_by()
        return turns if self.offices is None else turns.filter(office__in=self.offices)

    def arms(self, rows: QuerySet[Turn]) -> list[QuerySet[Turn]]:
        """The rows in the parts of which each has its index."""
        parts = [{"lies": lies} for lies in self.lies]
        if self.offices is None:
            return [rows.filter(**part) for part in parts]
        return [rows.filter(**part, office=office) for part in parts for office in self.offices]

    def at(self, office: int) -> "Scope":
        """The same at one of the offices."""
        return Scope((office,), self.lies)

    @property
    def values(self) -> dict[str, list[str]]:
        """Column → the values that occur, as they were within the last minute; of all offices it is not asked."""
        if not self.offices:
            return {}
        kept: dict[str, list[str]] | None = MANY.fresh(self)
        if kept is None:
            kept = {column: [] for column in VALUED}
            with connection.cursor() as cursor:
                cursor.execute(VALUES, [list(self.offices), list(self.lies)] * len(VALUED))
                for column, value in cursor.fetchall():
                    kept[column].append(value)
            MANY.keep(self, kept)
        return kept


def in_work() -> Q:
    """No decision rests on it."""
    return ~Q(Exists(Rest.objects.living().filter(turn=OuterRef("pk"))))


def waits(_user: Person) -> Q:
    """Nobody has put it aside, and no decision rests on it."""
    return ~Q(Exists(Turn.objects.all().claims().filter(aside()))) & in_work()


def waiting_at(user: Person) -> int:
    """How many turns wait for the person's offices, up to one more than are counted; asked once for each request."""
    if WAITING not in vars(user):
        vars(user)[WAITING] = counts_of([waiting_rows(user)])[0]
    return int(vars(user)[WAITING])


def waiting_rows(user: Person) -> QuerySet[Turn]:
    """The turns that wait for the person's offices."""
    return scope_of(user, (Lies.DESK,)).rows.filter(waits(user))


def waiting_count(user: Person) -> dict[str, HowMany]:
    """{WAITING: the same number as a column of another question}; nothing where it is known already."""
    return {} if WAITING in vars(user) else {WAITING: how_many(waiting_rows(user), MOST + 1)}


def keep_waiting(user: Person, found: Mapping[str, int]) -> None:
    """Remember for the request what such a question has found."""
    vars(user).update({WAITING: found[WAITING]} if WAITING in found else {})


def scope_of(user: Person, lies: Sequence[str]) -> Scope:
    """What lies so at the person's own offices."""
    return Scope(tuple(dict.fromkeys(office for office, _, _ in seats_of(user))), tuple(lies))


def counts_of(several: Sequence[QuerySet[Any]]) -> list[int]:
    """How many rows each has, exact up to a thousand; one question."""
    return numbers_of([rows.order_by() for rows in several], MOST + 1)


def count_words(count: int) -> str:
    """1000+ where there are more than are counted."""
    return str(count) if count <= MOST else f"{MOST}+"
