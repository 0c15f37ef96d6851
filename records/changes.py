"""What people type into a case is counted by one version; a stale save learns who has changed what."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.text import Truncator

from records.models import Case, Change
from records.people import Person
from records.rules import Overtaken, StaleCase

SHOWN = 80  # signs of a colleague's text in the sentence beside a field
KEPT_BY_STEPS = {"version", "state"}
WORDS = {True: "是", False: "否"}


def count_change(case: Case, what: Mapping[str, str], *, by: Person, before: Mapping[str, str] | None = None) -> None:
    """Write down who has changed what in the case, whose row is locked and has its new version.

    what: name of the field or row → what was done with it, in words. before: name of a field → digest of its old answer.
    """
    kind, words = ContentType.objects.get_for_model(case), {"what": dict(what), "before": dict(before or {})}
    Change.objects.create(case_type=kind, case_id=case.pk, version=case.version, by=by, **words)


def changes_since(case: Case, seen: int) -> list[Change]:
    """What was changed in the case after this version, the first first."""
    kind = ContentType.objects.get_for_model(case)
    changes = Change.objects.filter(case_type=kind, case_id=case.pk, version__gt=seen)
    return list(changes.select_related("by").order_by("version"))


def told(changes: Iterable[Change]) -> str:
    """Who has changed what and when, in one line; "" where nobody has."""
    return "；".join(f"{_who(change)}{'、'.join(change.what.values())}" for change in changes)


def _who(change: Change) -> str:
    return signed(change.by.name, change.at)


def signed(name: str, instant: dt.datetime) -> str:
    """Who has done something and when, to stand before what he has done."""
    at = timezone.localtime(instant)
    day = "" if at.date() == timezone.localdate() else f"{at:%m-%d} "
    return f"{name} {day}{at:%H:%M} "


def becomes(who: str, value: str) -> str:
    """What stands in a field by now, said beside it; who: as `signed` says it, "" where nobody knows."""
    return f"{who}已改为“{Truncator(value or '（空）').chars(SHOWN)}”。"


def guard_version(
    stored: Case, typed: Case, seen: int | None, *, by: Person, more: Mapping[str, str] | None = None
) -> None:
    """Raise StaleCase if a colleague has saved another answer to the same question; else count the save on `typed`.

    seen: the version on screen. more: what is changed beside the row of the case, as in `count_change`.
    A second click brings the same content again: it is no conflict, and counts for nothing. Nor is an old answer
    that a form brings along untouched: the colleague's takes its place on `typed`.
    """
    known = typed.version if seen is None else seen
    ours = _answers(stored, typed) | dict(more or {})
    if stored.version != known and ours:
        changes = changes_since(stored, known)
        _take_over(stored, typed, changes, also=more or {})
        ours = _answers(stored, typed) | dict(more or {})
        refuse_overtaken(stored, ours, changes, steps=stored.version - known)
    typed.version = stored.version + bool(ours or not stored.version)
    if typed.version != stored.version:
        before = {field.name: _digest(stored, field) for field in differing(stored, typed)}
        count_change(typed, ours, by=by, before=before)


def _answers(stored: Case, typed: Case) -> dict[str, str]:
    return {field.name: f"修改了{field.verbose_name}" for field in differing(stored, typed)}


def _take_over(stored: Case, typed: Case, changes: list[Change], *, also: Collection[str]) -> None:
    """Give `typed` what colleagues have answered since, if it brings all these questions as they were before.

    Where one of them was answered anew, in the row or beside it (`also`), or where both together break a constraint,
    nothing is taken over: the person is to choose.
    """
    asked = {name for change in changes for name in change.what}
    fields = [field for field in differing(stored, typed) if field.name in asked]
    before: dict[str, str] = {}
    for change in reversed(changes):  # the first change has found what the page showed
        before |= change.before
    if asked & set(also) or any(before.get(field.name) != _digest(typed, field) for field in fields):
        return
    own = {field.attname: getattr(typed, field.attname) for field in fields}
    _set(typed, {name: getattr(stored, name) for name in own})
    try:
        typed.validate_constraints()
    except ValidationError:
        _set(typed, own)


def _set(case: Case, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(case, name, value)


def _digest(case: Case, field: "models.Field[Any, Any]") -> str:
    """What an answer is compared by later; it cannot be read from it."""
    value = getattr(case, field.attname)
    text = f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
    return salted_hmac("records.changes", f"{field.name}:{text}", algorithm="sha256").hexdigest()[:32]


def refuse_overtaken(stored: Case, ours: Collection[str], changes: list[Change], *, steps: int) -> None:
    """Raise StaleCase where one of the changes, or a step that is none of them, stands against ours."""
    if len(changes) != steps:
        raise StaleCase
    theirs = [change for change in changes if set(change.what) & set(ours)]
    if theirs:
        raise Overtaken(told(theirs), stored.version, _beside_fields(stored, ours, theirs))


def _beside_fields(stored: Case, ours: Collection[str], theirs: list[Change]) -> dict[str, str]:
    """Name of a field → who has given it another answer, and which."""
    columns = {field.name for field in stored._meta.concrete_fields}
    last = {name: change for change in theirs for name in change.what if name in ours and name in columns}
    return {name: becomes(_who(change), _shown(stored, name)) for name, change in last.items()}


def _shown(stored: Case, name: str) -> str:
    display = getattr(stored, f"get_{name}_display", None)
    value = display() if display else getattr(stored, name)
    return WORDS[value] if isinstance(value, bool) else str(value or "")


def differing(stored: Case, typed: Case) -> list[Any]:
    """The fields that people type and whose answers differ; instants are new with every click."""
    fields = [field for field in stored._meta.concrete_fields if not isinstance(field, models.DateTimeField)]
    names = [field for field in fields if field.name not in KEPT_BY_STEPS]
    return [field for field in names if getattr(stored, field.attname) != getattr(typed, field.attname)]
