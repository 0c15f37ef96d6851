"""Papers find their case, and are let go again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    CASCADE,
    BigIntegerField,
    Exists,
    ManyToOneRel,
    Model,
    OneToOneRel,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from records.models import Case, Document
from records.people import Person
from records.pictures.tasks import draw
from records.queue import after_commit
from records.rules import RuleBroken
from records.uploads import MAX_CASE, held_by, objection_to_total

ATTACHED: list[Callable[[Sequence[Document]], None]] = []


def when_attached(function: Callable[[Sequence[Document]], None]) -> Callable[[Sequence[Document]], None]:
    """Name what follows when papers find their case; called as `f(papers)` in the same transaction."""
    ATTACHED.append(function)
    return function


def attach(case: Case, documents: Iterable[Document | None], purpose: str) -> None:
    """Tie papers to the held case: from now on whoever may see the case may read them.

    RuleBroken where all that it names would be too many bytes; what was replaced is let go before (`let_papers_go`).
    """
    kind = ContentType.objects.get_for_model(case)
    new = [paper for paper in documents if paper and (paper.case_type_id, paper.case_id) != (kind.pk, case.pk)]
    if new and _fitting(case, new).update(case_type=kind, case_id=case.pk, purpose=purpose) < len(new):
        raise _too_much(case, new)
    _tell(new)


def attach_each(case: Case, purposes: Mapping[Document, str]) -> None:
    """Tie papers to the held case, each for its own purpose; RuleBroken as in `attach`."""
    for document, purpose in purposes.items():
        document.case, document.purpose = case, purpose
    rows = _fitting(case, list(purposes))
    if rows.bulk_update(purposes, ["case_type", "case_id", "purpose"]) < len(purposes):
        raise _too_much(case, list(purposes))
    _tell(list(purposes))


def _tell(papers: Sequence[Document]) -> None:
    for function in ATTACHED if papers else ():
        function(papers)
    for paper in papers:  # pictures of their first pages
        after_commit(draw, str(paper.pk))


def _fitting(case: Case, new: Sequence[Document]) -> "QuerySet[Document]":
    """These papers, if the case may hold them beside what it names; none of them else."""
    held = case.documents.filter(dropped_at=None).order_by().values("case_id").values(total=Sum("size"))
    room = MAX_CASE - sum(paper.size for paper in new)
    rows = Document.objects.filter(pk__in=[paper.pk for paper in new])
    return rows.alias(held=Coalesce(Subquery(held), 0, output_field=BigIntegerField())).filter(held__lte=room)


def _too_much(case: Case, new: Sequence[Document]) -> RuleBroken:
    return RuleBroken("R-SIZE", objection_to_total(held_by(case) + sum(paper.size for paper in new)))


def keep_beside(rows: Mapping[Document, Model], purpose: str) -> None:
    """Tie papers that nobody reads as papers, each to its row of one table: nothing is read in them or drawn of them here."""
    for paper, row in rows.items():
        paper.case, paper.purpose = row, purpose
    Document.objects.bulk_update(rows, ["case_type", "case_id", "purpose"])


def keep_with(row: Model, paper: Document, purpose: str) -> None:
    """Tie a paper to a row that is no case: whoever may see the row, as its manager's `visible_to` says, may read it."""
    kind = ContentType.objects.get_for_model(row)
    Document.objects.filter(pk=paper.pk).update(case_type=kind, case_id=row.pk, purpose=purpose)
    _tell([paper])


def let_go(paper: Document) -> None:
    """Mark a paper that its row names no more; `records.retention` removes it."""
    Document.objects.filter(pk=paper.pk).update(dropped_at=timezone.now())


def copied(papers: Iterable[Document], *, by: Person) -> list[Document]:
    """Papers of their own with the same files, tied to nothing yet, as if they had just been uploaded by the person.

    A file goes with the last paper that has it: what becomes of the one is nothing to the other.
    """
    facts = ("name", "content_type", "size", "sha256", "received_sha256", "is_locked")
    same = []
    for paper in papers:
        copy = Document(created_by=by, **{name: getattr(paper, name) for name in facts})
        copy.file.name = paper.file.name
        same.append(copy)
    return Document.objects.bulk_create(same)


def let_papers_go(case: Case) -> None:
    """Mark the papers of the held case that no row names any more: removed or replaced, they count no longer."""
    if not case.LOOSE_PAPERS:
        kind = ContentType.objects.get_for_model(case)
        papers = Document.objects.filter(case_type=kind, case_id=case.pk, dropped_at=None)
        papers.exclude(named_in_rows()).update(dropped_at=timezone.now())


def named_in_rows() -> Q:
    """Condition on papers: a row of some table names it, whatever the table; a row that goes with the paper does not."""
    relations: Any = [
        relation
        for relation in Document._meta.get_fields(include_hidden=True)
        if isinstance(relation, ManyToOneRel) and not isinstance(relation, OneToOneRel) and not _goes_along(relation)
    ]
    naming = (
        Exists(relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")}))
        for relation in relations
    )
    return reduce(or_, (Q(one) for one in naming))


def _goes_along(relation: ManyToOneRel) -> bool:
    """Whether the rows of a table of its own are deleted with their paper; those of a many-to-many name it."""
    return relation.on_delete is CASCADE and not relation.field.model._meta.auto_created
