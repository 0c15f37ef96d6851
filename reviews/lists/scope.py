"""What a list of the desk reads: of which offices, and where their turns lie; each such part has an index for every order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from records.people import Person
from reviews.models import Lies, OfficeMember, Question, Rest, Turn
from reviews.models.listed import SORTED_ANYWHERE
from reviews.querysets import aside, places_of
from ui.limited import MANY, HowMany, how_many, numbers_of
from ui.paging import MOST

WAITING, ASKED = "waiting_today", "asked_today"  # beside the person of a request: what 待办 and 企业询问 count
COUNTED = ("turns_waiting", "turns_unsigned", "turns_asked")
OPEN = (Lies.DESK, Lies.EXPERTS)
CLOSED = (Lies.RETURNED, Lies.DONE)
ANYWHERE = (*OPEN, *CLOSED)
VALUED = (
    "case_type_id",
    "stage",
    "round",
    "district",
    "category",
    "ended_by",
    "looked",
)  # columns that have few values
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
ANYWHERE_VALUED = tuple(column for column in VALUED if column in SORTED_ANYWHERE)  # those with an index of their own
ONE_ANYWHERE = ONE_VALUE.replace("unnest(%s::bigint[]) office (id), ", "").replace("office_id = office.id AND ", "")
OFFICES = "office"  # beside them, in the same question: every office, its key before its name
ALL_OFFICES = "SELECT 'office', id || ' ' || name FROM reviews_office"
VALUES_ANYWHERE = " UNION ".join(
    [*(ONE_ANYWHERE.replace("[column]", column) for column in ANYWHERE_VALUED), ALL_OFFICES]
)

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
        """Column → the values that occur, as they were within the last minute; of all offices those with an index, and the offices."""
        if self.offices == ():
            return {}
        kept: dict[str, list[str]] | None = MANY.fresh(self)
        if kept is None:
            kept = {column: [] for column in (*VALUED, OFFICES)}
            with connection.cursor() as cursor:
                cursor.execute(*self.asking)
                for column, value in cursor.fetchall():
                    kept[column].append(value)
            MANY.keep(self, kept)
        return kept

    @property
    def asking(self) -> tuple[str, list[list[Any]]]:
        """The statement that finds the values, and what it is given."""
        if self.offices is None:
            return VALUES_ANYWHERE, [list(self.lies)] * len(ANYWHERE_VALUED)
        return VALUES, [list(self.offices), list(self.lies)] * len(VALUED)


def in_work() -> Q:
    """No decision rests on it."""
    return ~Q(Exists(Rest.objects.living().filter(turn=OuterRef("pk"))))


def waits(_user: Person) -> Q:
    """Nobody has put it aside, and no decision rests on it."""
    return ~Q(Exists(Turn.objects.all().claims().filter(aside()))) & in_work()


def unsigned(user: Person) -> Q:
    """A decision of somebody else waits for its second person (docs/adr/0150)."""
    return Q(Exists(Rest.objects.unsigned().filter(turn=OuterRef("pk")).exclude(reviewer=user)))


def owes(_user: Person) -> Q:
    """Its firm has asked the office, and waits for the answer."""
    return Q(Exists(Question.objects.open().to_offices().filter(turn=OuterRef("pk"))), asked__gt=0)


def waiting_rows(user: Person) -> dict[str, QuerySet[Turn]]:
    """What the menu counts at the person's offices: to be decided, to be signed, asked by a firm."""
    rows, asked = scope_of(user, (Lies.DESK,)).rows, scope_of(user, OPEN).rows.filter(owes(user))
    return dict(zip(COUNTED, (rows.filter(waits(user)), rows.filter(unsigned(user)), asked), strict=True))


def waiting_at(user: Person) -> int:
    """How many turns wait for the person's offices, up to one more than are counted; asked once for each request."""
    if WAITING not in vars(user):
        count_waiting(user, *counts_of(list(waiting_rows(user).values())))
    return int(vars(user)[WAITING])


def asked_at(user: Person) -> int:
    """On how many turns a firm waits for an answer of the person's offices; one question with `waiting_at`."""
    waiting_at(user)
    return int(vars(user)[ASKED])


def waiting_count(user: Person) -> dict[str, HowMany]:
    """The same numbers as columns of another question; nothing where they are known already."""
    if WAITING in vars(user):
        return {}
    return {name: how_many(rows, MOST + 1) for name, rows in waiting_rows(user).items()}


def waiting_known(user: Person) -> tuple[bool]:
    """(whether that is known already), as part of a key."""
    return (WAITING in vars(user),)


def keep_waiting(user: Person, found: Mapping[str, int | None]) -> None:
    """Remember for the request what such a question has found."""
    if COUNTED[0] in found:
        count_waiting(user, *(found[name] or 0 for name in COUNTED))


def count_waiting(user: Person, desk: int, sign: int, asked: int) -> None:
    """Keep for the request what is to be decided and to be signed, which the menu counts together, and to be answered."""
    vars(user)[WAITING], vars(user)[ASKED] = desk + sign, asked


def scope_of(user: Person, lies: Sequence[str]) -> Scope:
    """What lies so at the person's own offices."""
    return Scope(tuple(dict.fromkeys(office for office, _, _ in seats_of(user))), tuple(lies))


def counts_of(several: Sequence[QuerySet[Any]]) -> list[int]:
    """How many rows each has, exact up to a thousand; one question."""
    return numbers_of([rows.order_by() for rows in several], MOST + 1)


def count_words(count: int) -> str:
    """1000+ where there are more than are counted."""
    return str(count) if count <= MOST else f"{MOST}+"
