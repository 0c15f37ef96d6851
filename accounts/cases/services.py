"""Verbs that every case of a unit has."""

from collections.abc import Iterable
from typing import TypeVar

from accounts.cases.models import UnitCase
from accounts.permissions import check_writer
from notifications.services import announce
from records.changes import guard_version
from records.doors import door
from records.models import Document
from records.people import Person
from records.rules import RuleBroken
from records.services import attach, let_papers_go
from records.steps import lock
from reviews.services import advance

C = TypeVar("C", bound=UnitCase)


def not_editable(case: UnitCase) -> RuleBroken:
    """The refusal of a change to what was handed in, or has ended."""
    return RuleBroken("R-STATE", f"{case._meta.verbose_name}现在的状态是“{case.get_state_display()}”，不能修改。")


def hold_editable(case: C, *, by: Person) -> C:
    """Lock the case for a change of its content; nothing is editable outside 草稿 and 退回修改. A new one is held as it is."""
    stored = lock(case) if case.pk else case
    if stored.state not in stored.EDITABLE:
        raise not_editable(stored)
    if not stored.has_member(by):
        raise RuleBroken("R-PERM", f"只有申请单位的成员可以修改这份{case._meta.verbose_name}。")
    check_writer(stored, by)
    return stored


@door
def save_case(
    case: C, *, by: Person, seen: int | None = None, papers: Iterable[Document | None] = (), purpose: str = ""
) -> C:
    """Keep what was typed, and tie its papers to the case."""
    guard_version(hold_editable(case, by=by), case, seen, by=by)
    case.save()
    let_papers_go(case)
    attach(case, papers, purpose)
    return case


@door
def take(case: C, step: str, *, by: Person, note: str = "", seen: int | None = None) -> C:
    """Take the step and tell whom it concerns; return the case as it now stands."""
    case = advance(case, step, by=by, note=note, seen=seen)
    announce(case, text=note)
    return case
