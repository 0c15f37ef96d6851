"""Verbs that write: what came of a backup, and until when the log is kept."""

import datetime as dt

from django.utils import timezone

from backups.making import Made
from backups.models import Backup, KeptLog
from backups.notices import FAILED
from notifications.services import notify
from records.doors import door


@door
def write_made(made: Made) -> Backup:
    """Keep that a backup was made and checked."""
    return Backup.objects.create(
        began_at=dt.datetime.fromisoformat(made.began_at),
        name=made.name,
        size=made.database_bytes,
        papers=made.papers,
        copied=made.copied_bytes,
    )


@door
def write_trouble(trouble: str, *, began_at: dt.datetime | None = None, is_alarm: bool = False) -> Backup:
    """Keep why there is none, or what is old, and tell whoever keeps the portal."""
    row = Backup.objects.create(began_at=began_at or timezone.now(), trouble=trouble, is_alarm=is_alarm)
    notify(FAILED, row)
    return row


@door
def write_kept(until: dt.datetime) -> None:
    """Keep until when every commit is outside the database, too."""
    KeptLog.objects.update_or_create(pk=1, defaults={"until": until})
