"""Papers that nothing names any more go, a day after they came or were let go; each removal is a row (ADR 0092)."""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.files.storage import Storage
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q
from django.utils import timezone

from records.doors import whole
from records.models import FOLDER, Document, RemovedPaper
from records.pictures.services import forget
from records.services import named_in_rows

logger = logging.getLogger(__name__)
REST = dt.timedelta(days=1)  # in which a refused form may be sent again, and an open page still shows its paper
NAMES = r"[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # a paper by its hash, or by its key
WRITTEN = "SELECT DISTINCT found.name[1] FROM {table}, LATERAL regexp_matches({column}::text, %s, 'g') AS found(name)"


def remove_papers() -> int:
    """Remove what no case, receipt, trail, round or kept form names; return how many papers went."""
    old = dict(unnamed().values_list("pk", "sha256"))
    written = written_names() if old else frozenset()
    return sum(remove(pk) for pk, sha256 in old.items() if not {str(pk), sha256} & written)


def unnamed() -> "models.QuerySet[Document]":
    """The papers that came for nothing, or that their case has let go, and that no row names."""
    before = timezone.now() - REST
    gone = Q(case_id=None, created_at__lt=before) | Q(dropped_at__lt=before)
    return Document.objects.filter(gone).exclude(named_in_rows())


def written_names() -> frozenset[str]:
    """Every hash and key that stands in what is kept as plain values, whatever the table: one pass over each."""
    names: set[str] = set()
    with connection.cursor() as cursor:
        for table, column in columns_of_values():
            cursor.execute(WRITTEN.format(table=table, column=column), [NAMES])
            names.update(name for (name,) in cursor.fetchall())
    return frozenset(names)


def columns_of_values() -> Iterator[tuple[str, str]]:
    """(table, column) of what is kept as JSON: receipts, attachments of the trail, terms, forms that wait."""
    quote = connection.ops.quote_name
    for model in apps.get_models(include_auto_created=True):
        fields: Iterable[Any] = model._meta.local_concrete_fields
        yield from (
            (quote(model._meta.db_table), quote(field.column or ""))
            for field in fields
            if isinstance(field, models.JSONField) and model._meta.managed
        )


def remove(pk: UUID) -> bool:
    """Remove one paper, its file after the commit; False where somebody has taken it up meanwhile."""
    try:
        with whole():
            paper = Document.objects.select_for_update(no_key=True).filter(pk__in=unnamed().filter(pk=pk)).first()
            if paper is None:
                return False
            RemovedPaper.of(paper).save(force_insert=True)
            paper.delete()
            if not Document.objects.filter(file=paper.file.name).exists():  # the demo's copies share theirs
                transaction.on_commit(partial(paper.file.storage.delete, paper.file.name or ""))
            if not Document.objects.filter(sha256=paper.sha256).exists():
                transaction.on_commit(partial(forget, paper.sha256))
    except IntegrityError:  # a row that names it was written in this moment
        return False
    return True


def remove_files() -> int:
    """Remove files without a row, as an upload leaves them whose transaction was undone; return how many."""
    storage: Storage = Document._meta.get_field("file").storage
    removed = 0
    for folder in _folders(storage):
        names = {f"{FOLDER}/{folder}/{name}" for name in storage.listdir(f"{FOLDER}/{folder}")[1]}
        for name in names - set(Document.objects.filter(file__in=names).values_list("file", flat=True)):
            if storage.get_modified_time(name) < timezone.now() - REST:
                storage.delete(name)
                logger.warning("%s belonged to no paper and was removed", name)
                removed += 1
    return removed


def _folders(storage: Storage) -> list[str]:
    try:
        return storage.listdir(FOLDER)[0]
    except FileNotFoundError:  # no paper was ever kept
        return []
