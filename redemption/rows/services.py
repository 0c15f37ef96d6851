"""Verbs of papers that wait beside the row lists: they come, change their list, become rows, or go."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Case, Value, When

from accounts.cases.services import hold_editable
from records.doors import door
from records.models import Document
from records.people import Person
from records.rules import RuleBroken
from records.services import attach, let_papers_go
from redemption.models import Claim, Dropped, ListName
from redemption.services import ROW_TWICE, Row, called, count, key_of

GONE = "R-STALE", "这个文件刚刚已经保存成行，或者已被移除。列表里可以看到；需要再加一行的，请用【添加】。"


@door
def drop_papers(claim: Claim, papers: Sequence[Document], name: str, *, by: Person) -> list[Dropped]:
    """Tie stored papers to the claim; they wait to become rows, and from now on a worker reads them.

    name: of the list on which they were dropped. R-COUNT where more would wait than a person looks through.
    """
    held = hold_editable(claim, by=by)
    if held.dropped.count() + len(papers) > settings.DROPPED_AT_ONCE:
        raise RuleBroken("R-COUNT", too_many())
    attach(held, papers, ListName(name).label)
    return Dropped.objects.bulk_create(Dropped(claim=claim, document=paper, dropped_on=name) for paper in papers)


def too_many() -> str:
    """Why no more is taken now."""
    return f"没有保存成行的文件最多放 {settings.DROPPED_AT_ONCE} 个。请先保存或移除一些，再拖入其余的。"


@door
def move_dropped(dropped: Dropped, name: str, *, by: Person) -> Dropped:
    """Put the paper on another list than its reading says."""
    held = hold_editable(dropped.claim, by=by)
    if not held.dropped.filter(pk=dropped.pk).update(chosen=ListName(name)):
        raise RuleBroken(*GONE)
    dropped.chosen = ListName(name)
    return dropped


@door
def remove_dropped(dropped: Dropped, *, by: Person) -> None:
    """The paper is not wanted; `records.retention` removes it. Done twice it is done."""
    held = hold_editable(dropped.claim, by=by)
    held.dropped.filter(pk=dropped.pk).delete()
    let_papers_go(held)


@door
def save_dropped(claim: Claim, rows: Sequence[tuple[Dropped, Row]], *, by: Person) -> None:
    """Keep these as rows, each with its paper; all of them or, where one waits no more (R-STALE) or stands there already, none."""
    held = hold_editable(claim, by=by)
    gone, _ = held.dropped.filter(pk__in=[dropped.pk for dropped, _ in rows]).delete()
    if gone < len(rows):
        raise RuleBroken(*GONE)
    for dropped, row in rows:
        row.claim, row.document = held, dropped.document
    insert([row for _, row in rows])
    name_purposes(rows)
    count(held, {key_of(row): f"新增了{called(row)}" for _, row in rows}, by=by)


def insert(rows: Sequence[Row]) -> None:
    """One statement for each list; raise RuleBroken where one of them stands there already."""
    try:
        with transaction.atomic():
            for _, some in groupby(sorted(rows, key=model_name), key=model_name):
                same: list[Any] = list(some)
                type(same[0])._default_manager.bulk_create(same)
    except IntegrityError as error:
        raise RuleBroken(*ROW_TWICE) from error


def model_name(row: Row) -> str:
    """The name of its list."""
    return str(row._meta.model_name)


def name_purposes(kept: Sequence[tuple[Dropped, Row]]) -> None:
    """A paper that was dropped on one list and saved on another is for the other."""
    moved = {dropped.document.pk: row._meta.verbose_name for dropped, row in kept}
    wrong = [dropped.document.pk for dropped, row in kept if dropped.document.purpose != row._meta.verbose_name]
    if wrong:
        cases = [When(pk=pk, then=Value(moved[pk])) for pk in wrong]
        Document.objects.filter(pk__in=wrong).update(purpose=Case(*cases))
