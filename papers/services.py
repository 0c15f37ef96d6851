"""Readings are asked for where papers find their case, and given to whoever shows a paper."""

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings

from papers import tasks
from papers.facts import FORMS, READER, Facts
from papers.models import Reading
from records.models import Document
from records.queue import after_commit
from records.services import when_attached


@when_attached
def ask_readings(papers: Sequence[Document]) -> None:
    """Let a worker read these papers after the commit; what was asked for before is not asked for again."""
    wanted = [paper for paper in papers if paper.content_type in FORMS] if settings.READ_PAPERS else []
    if not wanted:
        return
    Reading.objects.bulk_create([Reading(document=paper, version=READER) for paper in wanted], ignore_conflicts=True)
    for paper in wanted:
        after_commit(tasks.read, str(paper.pk))


def readings_of(papers: Iterable[Document]) -> dict[Document, Reading]:
    """The newest reading of each paper that has one, in one question; it holds the paper that was given."""
    known = {paper.pk: paper for paper in papers}
    found = {}
    for row in Reading.objects.filter(document__in=list(known)).order_by("version"):
        row.document = known[row.document_id]
        found[row.document] = row
    return found


def facts_of(paper: Document) -> Facts | None:
    """What the newest reading that is done has read; None while none is, or where the paper could not be read."""
    row = Reading.objects.filter(document=paper, stage=Reading.Stage.READ).order_by("-version").first()
    return row.read if row else None


def read_alike(copies: Mapping[Document, Document]) -> None:
    """What was read of a paper counts for the one with the same content that it is mapped to, which is not read again."""
    rows = list(Reading.objects.filter(document__in=list(copies)).exclude(stage=Reading.Stage.READING))
    of = {paper.pk: copy for paper, copy in copies.items()}
    for row in rows:
        row.pk, row.document = None, of[row.document_id]
    Reading.objects.bulk_create(rows, ignore_conflicts=True)
