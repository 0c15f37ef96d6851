"""How the trail is searched: each condition by an index of its own, the lines in the order of time."""

import datetime as dt
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from accounts.models import Unit, User
from records.admin import case_of
from records.kinds import case_kinds, own_cases
from records.models import Event
from records.people import Person
from records.words import said, said_by_index
from tten.audit.forms import TrailForm
from tten.firm.readers import key_of_unit
from ui.spans import Order
from ui.words import folded, in_columns

IN_TIME = Order(("at", "id"), descending=True)
MOST_NAMED = 50  # firms or people of one name
Lines = QuerySet[Event]


def lines_for(user: Person) -> Lines:
    """Every line but those of cases of the reader's own side, which somebody else audits (ADR 0079)."""
    return Event.objects.exclude(own_cases(user)).order_by()


def narrowed(lines: Lines, form: TrailForm) -> Lines:
    """By all conditions but the words."""
    if number := form.said("number"):
        lines = lines.filter(of_case(number))
    if firm := form.said("firm"):
        lines = lines.filter(of_firms(firm))
    if person := form.said("person"):
        lines = lines.filter(of_people(person))
    if step := form.said("step"):
        steps = step.split(",")
        lines = lines.filter(step=steps[0]) if len(steps) == 1 else lines.filter(step__in=steps)
    return lines.filter(between(form.day("since"), form.day("until")))


def found(lines: Lines, form: TrailForm) -> tuple[Lines, Lines]:
    """(the lines asked of the index of words first, the same asked line by line along the order)."""
    lines, words = narrowed(lines, form), form.said("words")
    return (said_by_index(lines, words), said(lines, words)) if words else (lines, lines)


def of_case(number: str) -> Q:
    """Condition: a line of the case of this number."""
    case = case_of(folded(number).replace(" ", ""))
    if case is None:
        return Q(pk=None)
    return Q(case_type=ContentType.objects.get_for_model(case), case_id=case.pk)


def of_firms(words: str) -> Q:
    """Condition: a line of a case of a firm whose name or code holds the words."""
    rows = Unit.objects.filter(in_columns(words, "name", "uscc")).order_by("pk").values_list("pk", flat=True)
    units = list(rows[:MOST_NAMED])
    keys: dict[int, list[int]] = {}
    for kind, key in cases_of(units) if units else ():
        keys.setdefault(kind, []).append(key)
    return reduce(or_, (Q(case_type=kind, case_id__in=own) for kind, own in keys.items()), Q(pk=None))


def cases_of(units: list[int]) -> QuerySet[Any]:
    """(type, key) of every case of the units, by one question."""
    rows: list[QuerySet[Any]] = []
    for kind in case_kinds():
        cases: Any = kind.model._default_manager.filter(**{f"{key_of_unit(kind.model)}__in": units}).order_by()
        of_type = Value(ContentType.objects.get_for_model(kind.model).pk)
        rows.append(cases.annotate(of_type=of_type).values_list("of_type", "pk"))
    first, *others = rows
    return first.union(*others, all=True)


def of_people(typed: str) -> Q:
    """Condition: an act of somebody with this name, user name or phone number, whole."""
    named = User.objects.filter(Q(username=typed) | Q(name=typed) | Q(phone=typed)).order_by("pk")
    people = list(named.values_list("pk", flat=True)[:MOST_NAMED])
    return Q(actor=people[0]) if len(people) == 1 else Q(actor__in=people)


def between(since: dt.date | None, until: dt.date | None) -> Q:
    """Condition: within these days in Shanghai, both included."""
    condition = Q()
    if since:
        condition &= Q(at__gte=midnight(since))
    if until and until < dt.date.max:
        condition &= Q(at__lt=midnight(until + dt.timedelta(days=1)))
    return condition


def midnight(day: dt.date) -> dt.datetime:
    """The moment at which the day begins."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
