"""`manage.py drill`: back up the portal as it runs, restore it to a moment beside it, prove it, tell what it took."""

import shutil
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backups.drilling import Drilled, drill
from backups.making import GB
from backups.places import Places, places_without_folder
from backups.proving import audited
from backups.refusals import Refused
from backups.restoring import told


class Command(BaseCommand):
    """Drills."""

    help = "Back up, restore to a moment into a fresh cluster, audit; nothing of the portal is changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where, and whether it stays."""
        parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()), help="where there is room")
        parser.add_argument("--keep", action="store_true", help="leave everything there afterwards")
        parser.add_argument("--every", type=float, default=10, help="seconds between two rounds of the log")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Carry it out and tell; leaves with 1 where something was lost or does not hold."""
        own = places_without_folder()
        folder = Path(tempfile.mkdtemp(prefix="tten-drill-", dir=options["folder"]))
        folder.chmod(0o711)  # PostgreSQL, which does not run as root, must be able to pass
        try:
            found = drilled(own, folder, options["every"])
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        finally:
            if not options["keep"]:
                shutil.rmtree(folder, ignore_errors=True)
        self.tell(found)

    def tell(self, found: Drilled) -> None:
        """How long, how much, what was lost."""
        made, restored = found.made, found.restored
        self.stdout.write(f"备份 {found.backup_seconds:.1f} 秒：数据库 {made.database_bytes / GB:.2f} GB，")
        self.stdout.write(f"材料 {made.papers} 份，{made.paper_bytes / GB:.2f} GB，写完已读回。")
        self.stdout.write(f"恢复到 {told(found.moment)}，共 {sum(restored.seconds.values()):.1f} 秒：")
        for what, seconds in restored.seconds.items():
            self.stdout.write(f"  {what} {seconds:.1f} 秒")
        self.stdout.write(f"这一刻之前的留痕、流水和意见 {found.lines} 条，恢复后缺少 {found.lost} 条。")
        self.stdout.write(f"演练期间日志最多落后 {found.behind_seconds:.1f} 秒：此时出事，最多损失这么久的提交。")
        if found.findings or found.lost:
            raise CommandError("\n".join(["演练没有通过：", *found.findings]))
        self.stdout.write("演练通过：材料与记录一致，核对相符。")


def drilled(own: Places, folder: Path, every: float) -> Drilled:
    """One drill, proved with a copy of the portal's key."""
    return drill(own, folder, lambda url, media: audited(url, media, own.apart[0]), every=every)
