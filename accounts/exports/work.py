"""A list is asked of its own view, as its person, and written row by row."""

import datetime as dt
import tempfile
import uuid
from collections.abc import Iterator
from functools import partial
from typing import IO

from django.conf import settings
from django.core.files import File
from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.exports.notices import LIST_FAILED, LIST_READY
from accounts.models import ListExport
from accounts.own_data.exports import DAYS_KEPT, MOST_TRIES, QUEUED, SILENT
from notifications.services import notify
from records.doors import door, whole
from records.storing.kept import StoreAway
from ui.listing import PIECE, Listing, Whole, whole_list
from ui.reading import work_aside
from ui.sheets import write_list

AT_ONCE = 1_000  # rows that are written while the person waits
MOST = 100_000  # rows of one export


def asked_of(export: ListExport) -> tuple[Listing, Whole]:
    """The list as its person reads it now, for the unit that he acted for; 404 where it is not his any more."""
    user = export.user
    if not user.is_active:
        raise Http404
    user.acting_for_id = export.acting_for_id
    return whole_list(export.path, export.query, user)


def write(export: ListExport, out: IO[bytes], listing: Listing, rows: Whole) -> int:
    """Write the list; return how many rows it has."""
    return write_list(out, listing.title, list(listing.columns), counted(export, listing, rows))


def write_anew(export: ListExport, out: IO[bytes]) -> int:
    """Write it from the beginning: a database that failed on the way has left a half."""
    out.truncate(out.seek(0))
    return write(export, out, *asked_of(export))


def counted(export: ListExport, listing: Listing, rows: Whole) -> Iterator[list[object]]:
    """The rows, telling from time to time how far it is."""
    for number, row in enumerate(rows, 1):
        if export.pk and number % PIECE == 0:
            ListExport.objects.filter(pk=export.pk).update(done=number, seen_at=timezone.now())
        yield listing.cells(row)


def unfinished() -> QuerySet[ListExport]:
    """The exports that nobody is at: never begun, or without progress for so long that their worker has died."""
    silent = Q(seen_at=None) | Q(seen_at__lt=timezone.now() - SILENT)
    return ListExport.objects.filter(silent, ready_at=None, failed_at=None)


def make_export(pk: int) -> bool:
    """Write a long list and keep it; False if that is done already, somebody is at it, or it was given up."""
    mine = unfinished().filter(pk=pk, tries__lt=MOST_TRIES)
    if not mine.update(tries=F("tries") + 1, seen_at=timezone.now()):
        return False
    export = ListExport.objects.select_related("user").get(pk=pk)
    try:
        with tempfile.TemporaryFile() as out:
            written = work_aside(partial(write_anew, export, out))
            out.seek(0)
            return keep_file(export, out, written)
    except Http404:
        return not give_up(pk)
    except StoreAway:  # the sweep tries once more
        raise
    except Exception:
        give_up(pk)
        raise


@door
def give_up(pk: int) -> bool:
    """The list is not made, which its person is told once; False where it was made, or given up before."""
    waiting = ListExport.objects.filter(pk=pk, ready_at=None, failed_at=None)
    if not waiting.update(failed_at=timezone.now()):
        return False
    notify(LIST_FAILED, ListExport.objects.select_related("user").get(pk=pk), phone=settings.SUPPORT_PHONE)
    return True


def keep_file(export: ListExport, out: IO[bytes], written: int) -> bool:
    """Keep the file under a random name, unless a second worker was quicker."""
    now = timezone.now()
    with whole():
        waiting = ListExport.objects.select_for_update(no_key=True).filter(pk=export.pk, ready_at=None, failed_at=None)
        kept = waiting.first()
        if kept is None:
            return False
        kept.file.save(f"{uuid.uuid4().hex}.xlsx", File(out), save=False)
        kept.done = kept.total = written
        kept.ready_at, kept.expires_at = now, now + dt.timedelta(days=DAYS_KEPT)
        kept.save()
        notify(LIST_READY, kept, days=DAYS_KEPT)
    return True


def lost() -> list[int]:
    """Give up what has been tried too often; return what is to be made once more."""
    for pk in unfinished().filter(tries__gte=MOST_TRIES).values_list("pk", flat=True):
        give_up(pk)
    return list(unfinished().filter(asked_at__lt=timezone.now() - QUEUED).order_by("pk").values_list("pk", flat=True))


def tidy() -> int:
    """Delete the files past their days; that the lists were taken away stays known. Return how many."""
    old = list(ListExport.objects.filter(expires_at__lt=timezone.now()).exclude(file=""))
    for export in old:
        export.file.delete(save=False)
        export.save(update_fields=["file"])
    return len(old)
