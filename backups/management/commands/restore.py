"""`manage.py restore --data FOLDER --media FOLDER [--at MOMENT | --name BACKUP]`: needs no database that works."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from backups.making import GB
from backups.places import Places, places
from backups.proving import audited, behind_seal
from backups.refusals import Refused
from backups.restoring import Restored, restore, told
from backups.retention import whole


class Command(BaseCommand):
    """Restores."""

    help = "Restore database and papers into two empty folders, to a moment, compare them and prove them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and to which moment."""
        parser.add_argument("--list", action="store_true", help="the backups that there are")
        parser.add_argument("--data", type=Path, help="empty folder for PostgreSQL's data")
        parser.add_argument("--media", type=Path, help="empty folder for the papers")
        parser.add_argument("--at", default="", help="moment in Tianjin's time, 2026-11-29T18:30:00; else all there is")
        parser.add_argument("--name", default="", help="one backup, exactly as it was")
        parser.add_argument("--no-audit", action="store_true", help="leave out `manage.py audit`")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Restore and tell; leaves with 1 where something does not go together."""
        try:
            own = places()
            if options["list"]:
                self.stdout.writelines(f"{folder.name}\n" for folder in whole(own))
                return
            found = restored(own, options)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.tell(found, options)

    def tell(self, found: Restored, options: dict[str, Any]) -> None:
        """How long it took, how much it was, what does not go together."""
        until = told(found.moment) if found.moment else "所保存的最后一刻"
        self.stdout.write(
            f"已恢复到{until}（备份 {found.made.name}）：数据库 {found.made.database_bytes / GB:.2f} GB，"
        )
        self.stdout.write(f"材料 {found.papers} 份，{found.bytes / GB:.2f} GB。")
        for what, seconds in found.seconds.items():
            self.stdout.write(f"  {what} {seconds:.1f} 秒")
        self.stdout.write(
            f"数据目录 {options['data']}，材料目录 {options['media']}。请改用新的 BACKUP_FOLDER 并立即备份。"
        )
        if found.findings:
            raise CommandError("\n".join(["恢复完成，但有以下问题：", *found.findings]))


def restored(own: Places, options: dict[str, Any]) -> Restored:
    """Carry it out as it was asked for."""
    if not (options["data"] and options["media"]):
        raise Refused("请用 --data 和 --media 各指定一个空目录。")
    data, media, seals = options["data"].resolve(), options["media"].resolve(), own.apart[0]

    def asked(url: str) -> list[str]:
        proved = [] if options["no_audit"] else audited(url, media, seals)
        return [*behind_seal(url, seals), *proved]

    return restore(own, data, media, moment=moment_of(options["at"]), name=options["name"], asked=asked)


def moment_of(typed: str) -> dt.datetime | None:
    """What was typed, in Tianjin's time where it names none."""
    if not typed:
        return None
    try:
        found = dt.datetime.fromisoformat(typed)
    except ValueError as bad:
        raise Refused(f"时刻“{typed}”读不懂：请写成 2026-11-29T18:30:00 的样子，按天津时间。") from bad
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
