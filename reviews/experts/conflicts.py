"""Whom an expert must not be near: one account of it, asked by the query of candidates and again by the step that seats."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from reviews.kinds import Near, Party, kind_of_review
from reviews.models import ExpertProfile, ExpertTie, Leaving, Opinion, PanelSeat, ReviewedCase, Turn
from reviews.models.experts import key_of

Sides = Mapping[str, tuple[ReviewedCase, Party]]


@dataclass(frozen=True)
class Conflict:
    """Why one person may not hear one case."""

    person: int
    case: ReviewedCase
    why: str


def cases_of(turns: Sequence[Turn]) -> list[ReviewedCase]:
    """The cases of these turns, all of one kind, with what they say of their sides: as a page has read them, else one question."""
    if all(Turn.case.is_cached(turn) for turn in turns):
        return [turn.case for turn in turns]
    model = turns[0].kind.model
    rows = model._default_manager.select_related(*model.BESIDE).filter(pk__in=[turn.case_id for turn in turns])
    return [case for case in rows.order_by("pk") if isinstance(case, ReviewedCase)]


def near_to(cases: Sequence[ReviewedCase]) -> list[Near]:
    """Everybody who may not hear these cases, all of one kind; asks nothing."""
    sides = sides_of(cases)
    return [*kind_of_review(cases[0]).insiders(cases), *employed(sides), *declared(sides), decided(cases), aside(cases)]


def conflicts_in(cases: Sequence[ReviewedCase], people: Collection[int]) -> dict[int, Conflict]:
    """Person → the first thing for which he may not hear these cases; one question."""
    rules = near_to(cases)
    found: dict[int, Conflict] = {}
    for number, person, value in sorted(asked(rules, people)):
        case, why = rules[number].tells[value]
        found.setdefault(person, Conflict(person, case, why))
    return found


def asked(rules: Sequence[Near], people: Collection[int]) -> Iterator[tuple[int, int, str]]:
    """(number of the rule, person, value of its column) of whoever of these people is near."""
    parts = [rows_of(near, number).filter(**{f"{near.person}__in": people}) for number, near in enumerate(rules)]
    yield from parts[0].union(*parts[1:], all=True)


def rows_of(near: Near, number: int) -> "QuerySet[Any, Any]":
    """The rows of one rule in the shape of all others."""
    value = Cast(near.column, TextField()) if near.column else Value("", TextField())
    shaped: QuerySet[Any, Any] = near.rows.order_by().annotate(
        near_rule=Value(number), near_who=F(near.person), near_value=value
    )
    return shaped.values_list("near_rule", "near_who", "near_value")


def insiders_of(cases: Sequence[ReviewedCase], people: Collection[int]) -> set[int]:
    """Who of these people belongs, or once belonged, to a side; one question."""
    return {person for _, person, _ in asked(list(kind_of_review(cases[0]).insiders(cases)), people)}


def employed(sides: Sides) -> Iterator[Near]:
    """Whose employer is a side."""
    why = {key: (case, f"的工作单位是{party.role}") for key, (case, party) in sides.items()}
    for column in ("employer_key", "employer_uscc"):
        yield Near(ExpertProfile.objects.filter(**{f"{column}__in": sorted(sides)}), "user", column, why)


def declared(sides: Sides) -> Iterator[Near]:
    """Who has declared a tie to a side, which has not ended."""
    why = {key: (case, f"声明过与{party.role}有利害关系") for key, (case, party) in sides.items()}
    for column in ("key", "uscc"):
        rows = ExpertTie.objects.filter(**{f"{column}__in": sorted(sides)}, ended_at=None)
        yield Near(rows, "expert", column, why)


def decided(cases: Sequence[ReviewedCase]) -> Near:
    """Who has given his word at a stage of a case."""
    why = {str(case.pk): (case, "已审核过本事项的其他环节") for case in cases}
    kind = ContentType.objects.get_for_model(cases[0])
    rows = Opinion.objects.filter(turn__case_type=kind, turn__case_id__in=[case.pk for case in cases])
    return Near(rows, "reviewer", "turn__case_id", why)


def aside(cases: Sequence[ReviewedCase]) -> Near:
    """Who has stepped aside from a case of the same applicant."""
    why = {case.unit_name[:200]: (case, "曾在该申请单位的事项中回避") for case in cases}
    left = PanelSeat.objects.exclude(recused_at=None).filter(leaving=Leaving.RECUSED)
    return Near(left.filter(turn__unit_name__in=sorted(why)), "expert", "turn__unit_name", why)


def sides_of(cases: Sequence[ReviewedCase]) -> Sides:
    """Name as compared, or code → a case and its side."""
    kind, sides = kind_of_review(cases[0]), dict[str, tuple[ReviewedCase, Party]]()
    for case in cases:
        for party in kind.parties(case):
            for key in (key_of(party.name), party.uscc):
                sides.setdefault(key, (case, party))
    sides.pop("", None)
    return sides
