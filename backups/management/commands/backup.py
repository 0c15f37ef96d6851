"""`manage.py backup`: back up database and papers now; `--new-key` makes the key once, `--check` reads everything back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backups import cipher
from backups.making import GB, check_all, make
from backups.places import places
from backups.refusals import Refused
from backups.services import write_made, write_trouble
from backups.tasks import plan


class Command(BaseCommand):
    """Backs up."""

    help = "Back up database and papers into BACKUP_FOLDER, encrypted, and read it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two other things that it does."""
        parser.add_argument("--new-key", action="store_true", help="make the key, once")
        parser.add_argument("--check", action="store_true", help="read back all backups and papers, make none")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Tell what was made, or why it was not."""
        try:
            own = places()
            if options["new_key"]:
                cipher.make_key(own.key_file)
                self.stdout.write(f"备份密钥：{own.key_file}。请把副本存放在别处：没有它，任何备份都恢复不了。")
            elif options["check"]:
                backups, papers = check_all(own)
                self.stdout.write(f"全部读回，没有损坏：备份 {backups} 份，材料 {papers} 份。")
            else:
                self.back_up()
        except FileExistsError as there:
            raise CommandError(f"备份密钥已存在，没有改动：{there.filename}") from there
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def back_up(self) -> None:
        """Make one; what came of it is written down."""
        try:
            made = make(places(), keep=plan())
        except Refused as refused:
            write_trouble(str(refused))
            raise
        write_made(made)
        self.stdout.write(
            f"备份 {made.name} 已完成并读回：数据库 {made.database_bytes / GB:.2f} GB，材料 {made.papers} 份"
            f"（新复制 {made.copied_papers} 份，{made.copied_bytes / GB:.2f} GB）。"
        )
