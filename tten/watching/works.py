"""Whether what goes by itself goes on: queues, the clock, 核对, backups."""

import datetime as dt

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django_celery_beat.models import PeriodicTask

from seals.models import Audit
from tten.watching import backups
from tten.watching.broker import WORDS, heads
from tten.watching.found import Look, State, verdict

BEAT_MINUTES = 10  # the clock writes down every three minutes what it has begun


def queues() -> Look:
    """For how long the first task of the slowest queue has waited. Each queue gets one every minute, so a dead worker is seen."""
    head = max(heads(), key=lambda head: head.seconds)
    minutes = head.seconds / 60
    fact = f"“{WORDS[head.queue]}”队列最早的任务等了 {minutes:.0f} 分钟" if head.seconds else "没有任务在等"
    return verdict(
        minutes <= settings.WATCH["queue_minutes"], fact, timezone.now() - dt.timedelta(seconds=head.seconds)
    )


def beat() -> Look:
    """When the clock last began a task."""
    last = PeriodicTask.objects.aggregate(last=Max("last_run_at"))["last"]
    return aged(last, dt.timedelta(minutes=BEAT_MINUTES), "定时任务还没有运行过", "最近一次运行于 {}")


def proof() -> Look:
    """When everything was proved last, and whether it held."""
    last = Audit.objects.first()
    if last is not None and last.findings:
        return verdict(False, f"最近一次核对发现 {len(last.findings)} 处不符", last.ended_at)
    hours = dt.timedelta(hours=settings.WATCH["audit_hours"])
    return aged(last.ended_at if last else None, hours, "还没有完成过核对", "最近一次核对完成于 {}，全部相符")


def backup() -> Look:
    """When the portal was backed up last."""
    hours = dt.timedelta(hours=settings.WATCH["backup_hours"])
    return aged(backups.latest(), hours, "没有设置备份，或者还没有备份过", "最近一次备份完成于 {}")


def aged(last: dt.datetime | None, limit: dt.timedelta, never: str, told: str) -> Look:
    """Unknown where it never was, wrong where it was longer ago than it may be."""
    if last is None:
        return Look(State.UNKNOWN, never)
    return verdict(timezone.now() - last <= limit, told.format(f"{timezone.localtime(last):%Y-%m-%d %H:%M}"), last)
