"""One clock, however many beats run: each moment of an entry is claimed in the database, and sent by whoever has claimed it.

Two beats, started by mistake or so that one may fall, send nothing twice (ADR 0223). What is claimed is the moment as the
schedule names it (10:00), not the moment at which a host thinks it is: hosts whose clocks differ claim the same one.
"""

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import DatabaseScheduler, ModelEntry

from tten.watching.clocks import seconds_wrong

logger = logging.getLogger(__name__)


class OneScheduler(DatabaseScheduler):
    """The scheduler of the database, whose entries leave once each time, from wherever."""

    def apply_entry(self, entry: ModelEntry, producer: Any = None) -> None:
        """Send the entry, unless another beat has sent it; what the broker did not take is left to the next beat, or the next time."""
        if seconds_wrong():
            logger.error("%s is not sent: the clock is wrong", entry.name)
            return
        try:
            with transaction.atomic():
                row = PeriodicTask.objects.select_for_update(of=("self",), no_key=True).get(pk=entry.model.pk)
                if is_free(entry, row.last_run_at):
                    row.last_run_at = timezone.now()
                    own = {"last_run_at": row.last_run_at, "total_run_count": F("total_run_count") + 1}
                    PeriodicTask.objects.filter(pk=row.pk).update(**own)
                    self.apply_async(entry, producer=producer, advance=False)
                    logger.info("%s is sent (%s)", entry.name, entry.task)
        except Exception:
            logger.exception("%s did not leave", entry.name)
        else:
            follow(self.schedule[entry.name], row.last_run_at)

    def sync(self) -> None:
        """Nothing is left to be written: a claim has written when its entry was sent."""
        self._dirty.clear()


def is_free(entry: ModelEntry, last: dt.datetime | None) -> bool:
    """Whether nobody has sent the entry for the moment that has come."""
    return last is None or moment_of(entry, last) > last


def moment_of(entry: ModelEntry, last: dt.datetime) -> dt.datetime:
    """The moment for which the entry is due, counted from when this beat has last seen it sent."""
    zone = entry.app.timezone
    if hasattr(entry.schedule, "remaining_delta"):
        start, delta, _now = entry.schedule.remaining_delta(entry.last_run_at.astimezone(zone))
        moment: dt.datetime = start + delta
        return moment
    return timezone.now() if entry.schedule.is_due(last.astimezone(zone)).is_due else last


def follow(entry: ModelEntry, last: dt.datetime | None) -> None:
    """Count on from when it was sent, by whomever."""
    entry.last_run_at = entry.model.last_run_at = last
