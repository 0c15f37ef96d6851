"""The portal's own figures: each with its name for Prometheus, what it says, and how it is read by few indexed questions."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils import timezone

from accounts.keeper.shares import AIMS, shares
from accounts.models import DataExport, ListExport, SignInEvent
from notifications.models import Channel, Delivery
from policy.calendar import today
from reviews.models import Turn
from seals.models import Audit, Checkpoint
from tten.watching import backups
from tten.watching.broker import heads
from tten.watching.grounds import free_bytes
from tten.watching.readiness import READINESS

QUARTER = dt.timedelta(minutes=15)
NEWEST = 1000  # messages that are looked at
Values = Iterable[tuple[dict[str, str], float]]


@dataclass(frozen=True)
class Figure:
    """A figure that goes up and down."""

    name: str
    says: str
    values: Callable[[], Values]


def parts() -> Values:
    """1 for each part that is right or not set up, 0 for one that is wrong."""
    return [({"part": found.part.name}, float(not found.is_wrong)) for found in READINESS.look()]


def queue_seconds() -> Values:
    """By queue."""
    return [({"queue": head.queue}, head.seconds) for head in heads()]


def queue_tasks() -> Values:
    """By queue."""
    return [({"queue": head.queue}, float(head.waiting)) for head in heads()]


def deliveries() -> Values:
    """By channel and what became of them."""
    return [
        ({"channel": channel, "outcome": outcome}, float(count)) for (channel, outcome), count in outcomes().items()
    ]


def outcomes() -> dict[tuple[str, str], int]:
    """(channel, sent, failed or waiting) → how many of the newest messages."""
    newest = Delivery.objects.order_by("-pk").values_list("channel", "sent_at", "failed_at")[:NEWEST]
    found = Counter(
        (channel, "sent" if sent else "failed" if failed else "waiting") for channel, sent, failed in newest
    )
    return {(channel, end): found[channel, end] for channel in Channel.values for end in ("sent", "failed", "waiting")}


def in_time() -> Values:
    """By kind of message."""
    return [({"kind": kind}, float(share.per_cent) / 100) for kind, share in zip(AIMS, shares(), strict=True)]


def overdue() -> Values:
    """Open turns whose promised day has passed."""
    return [({}, float(Turn.objects.open().filter(due_on__lt=today()).order_by().count()))]


def failures() -> Values:
    """Sign-ins that failed in the last quarter of an hour."""
    since = timezone.now() - QUARTER
    failed = SignInEvent.objects.filter(at__gte=since, kind=SignInEvent.Kind.FAILED)
    return [({}, float(failed.order_by().count()))]


def exports() -> Values:
    """By what is exported."""
    tables = {"list": ListExport, "own_data": DataExport}
    return [
        ({"kind": kind}, float(model._default_manager.filter(ready_at=None, failed_at=None).order_by().count()))
        for kind, model in tables.items()
    ]


def audit_seconds() -> Values:
    """Since the latest 核对."""
    last = Audit.objects.first()
    return age(last.ended_at if last else None)


def audit_findings() -> Values:
    """Of the latest 核对."""
    last = Audit.objects.first()
    return [({}, float(len(last.findings)))] if last else []


def backup_seconds() -> Values:
    """Since the latest backup."""
    return age(backups.latest())


def checkpoint_seconds() -> Values:
    """Since the latest checkpoint."""
    last = Checkpoint.objects.first()
    return age(last.at if last else None)


def leaves() -> Values:
    """Under the latest checkpoint."""
    last = Checkpoint.objects.first()
    return [({}, float(last.size))] if last else []


def disk() -> Values:
    """By place."""
    return [({"place": place}, float(free)) for place, free in free_bytes().items()]


def age(moment: dt.datetime | None) -> Values:
    """Seconds since then; nothing where it never was."""
    return [({}, (timezone.now() - moment).total_seconds())] if moment else []


FIGURES = (
    Figure("tten_part_up", "0 for a part of /readyz that is wrong", parts),
    Figure("tten_queue_seconds", "for how long the first task of the queue has waited", queue_seconds),
    Figure("tten_queue_tasks", "tasks that wait in the queue", queue_tasks),
    Figure("tten_deliveries_newest", "of the newest messages of notices, by channel and outcome", deliveries),
    Figure("tten_messages_in_time_ratio", "share of the messages of a day that left in time", in_time),
    Figure("tten_turns_overdue", "open turns whose promised day has passed", overdue),
    Figure("tten_sign_in_failures", "sign-ins that failed in the last 15 minutes", failures),
    Figure("tten_exports_running", "exports that are being made", exports),
    Figure("tten_audit_age_seconds", "since everything was proved last", audit_seconds),
    Figure("tten_audit_findings", "what did not hold then", audit_findings),
    Figure("tten_backup_age_seconds", "since the latest backup", backup_seconds),
    Figure("tten_checkpoint_age_seconds", "since the latest checkpoint", checkpoint_seconds),
    Figure("tten_leaves_sealed", "leaves under the latest checkpoint", leaves),
    Figure("tten_disk_free_bytes", "free where papers lie and where the portal writes", disk),
)
