"""How the backups stand: for the page of whoever runs the portal, for /readyz, and for the alarm."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from backups.models import Backup, KeptLog
from backups.places import is_set_up


@dataclass(frozen=True)
class Standing:
    """What is known of the last backups; times are None where there was none yet."""

    is_set_up: bool
    made_at: dt.datetime | None  # the end of the last one that is whole
    size: int  # bytes of its database
    papers: int
    kept_until: dt.datetime | None  # until then every commit is kept outside the database
    failed_at: dt.datetime | None  # of what failed behind the last whole one
    troubles: tuple[str, ...]  # what is wrong now, in sentences; none: all is well

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong, and backups are made at all."""
        return self.is_set_up and not self.troubles


def last_backup() -> Standing:
    """How the backups stand now; asks three small questions of the database."""
    good = Backup.objects.filter(trouble="").first()
    failed = Backup.objects.exclude(trouble="").filter(is_alarm=False, pk__gt=good.pk if good else 0).first()
    kept = KeptLog.objects.first()
    return Standing(
        is_set_up=is_set_up(),
        made_at=good.ended_at if good else None,
        size=good.size if good else 0,
        papers=good.papers if good else 0,
        kept_until=kept.until if kept else None,
        failed_at=failed.ended_at if failed else None,
        troubles=tuple(troubles(good, failed, kept)) if is_set_up() else (),
    )


def troubles(good: Backup | None, failed: Backup | None, kept: KeptLog | None) -> Iterator[str]:
    """What is wrong, in sentences."""
    hours, seconds = settings.BACKUPS["old_hours"], settings.BACKUPS["behind_seconds"]
    if failed:
        yield failed.trouble
    elif good is None:
        yield "还没有任何成功的备份。"
    if good and timezone.now() - good.ended_at > dt.timedelta(hours=hours):
        yield f"最近一次成功的备份完成于 {good}，已超过 {hours} 小时。"
    if kept is None:
        yield "还没有保存过数据库日志：请启动 manage.py stream，否则两次备份之间的数据只有一份。"
    elif timezone.now() - kept.until > dt.timedelta(seconds=seconds):
        yield f"数据库日志只保存到 {kept}，已落后超过 {seconds} 秒：请查看 manage.py stream 的输出。"
