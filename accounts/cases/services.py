"""Verbs that every case of a unit has."""

from collections.abc import Iterable
from typing import TypeVar

from django.db import transaction

from accounts.cases.models import UnitCase
from accounts.permissions import check_writer
from notifications.services import announce
from records.models import Document
from records.people import Person
from records.rules import RuleBroken
from records.services import attach, guard_version
from records.steps import lock
from reviews.services import advance

C = TypeVar("C", bound=UnitCase)


def hold_editable(case: C, *, by: Person) -> C:
    """Lock the case for a change of its content; nothing is editable outside 草稿 and 退回修改. A new one is held as it is."""
    stored, name = lock(case) if case.pk else case, case._meta.verbose_name
    if stored.state not in stored.EDITABLE:
        raise RuleBroken("R-STATE", f"{name}现在的状态是“{stored.get_state_display()}”，不能修改。")
    if not stored.has_member(by):
        raise RuleBroken("R-PERM", f"只有申请单位的成员可以修改这份{name}。")
    check_writer(stored, by)
    return stored


@transaction.atomic
def save_case(
    case: C, *, by: Person, seen: int | None = None, papers: Iterable[Document | None] = (), purpose: str = ""
) -> C:
    """Keep what was typed, and tie its papers to the case."""
    guard_version(hold_editable(case, by=by), case, seen)
    case.save()
    attach(case, papers, purpose)
    return case


@transaction.atomic
def take(case: C, step: str, *, by: Person, note: str = "", seen: int | None = None) -> C:
    """Take the step and tell whom it concerns; return the case as it now stands."""
    case = advance(case, step, by=by, note=note, seen=seen)
    announce(case, text=note)
    return case
