"""The verb: take a list away."""

import io

from django.db import IntegrityError
from django.utils import timezone

from accounts.exports import work
from accounts.exports.tasks import export_list
from accounts.models import ListExport
from records.doors import whole
from records.people import Person
from records.queue import after_commit
from records.rules import RuleBroken

LONGEST = 2000  # characters of the conditions


def take_list(path: str, query: str, *, by: Person) -> tuple[ListExport, bytes]:
    """(what is written down, the file) of a short list; a long one has no file yet, a worker makes it.

    Http404 for what is no list or not the person's, RuleBroken where it is too long, or another one is being made.
    """
    export = ListExport(user=by, acting_for_id=by.acting_for_id, path=path, query=query[:LONGEST])
    listing, rows = work.asked_of(export)
    export.title, export.total = listing.title, rows.count(work.MOST + 1)
    if export.total > work.MOST:
        raise RuleBroken("R-EXPORT", f"这个列表超过 {work.MOST} 行，请先加上筛选条件，再导出。")
    content = b""
    if export.total <= work.AT_ONCE:
        out = io.BytesIO()
        export.done = work.write(export, out, listing, rows)
        export.ready_at, content = timezone.now(), out.getvalue()
    try:
        with whole():
            export.save()
            if not content:
                after_commit(export_list, export.pk)
    except IntegrityError as running:
        raise RuleBroken("R-EXPORT", "您的另一个列表正在导出，完成后再导出这一个。") from running
    return export, content
