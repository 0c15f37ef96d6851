"""`manage.py take_over ADDRESS`: the primary is lost, the replica at this address writes from now on (ADR 0225)."""

from argparse import ArgumentParser
from typing import Any

import psycopg2
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from seals.failover.servers import NotTaken, told_to_libpq
from seals.failover.services import take_over
from seals.signing import SealBroken

DONE = """已接管：时间线 {mark.timeline}，日志位置 {mark.position}，此前封存的记录 {mark.size} 条，丢失 {mark.lost} 条。
序列都已移到可能发出过的编号之后，例如事项编号从 {first} 起。
接下来：每台网站和后台任务的 DATABASE_URL 改为这台服务器并重启；原来的主库不能再启动，要重做成从库；立即备份。"""


class Command(BaseCommand):
    """Promotes, moves numbers, marks and seals."""

    help = (
        "Promote the replica at this address (of whoever owns the tables), move sequences, seal the trail with a mark."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one, which others there are, and why."""
        parser.add_argument("address", help="postgres://… of the replica, as the owner of the tables")
        parser.add_argument(
            "--other", action="append", default=[], help="a further replica; the one with most log is taken"
        )
        parser.add_argument("--why", default="主库丢失", help="what the mark says")
        parser.add_argument(
            "--accept-loss", action="store_true", help="lines that were signed and never came here are lost"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Tell what is to be done next, or why nothing was."""
        old = told_to_libpq(connection.settings_dict)
        said: dict[str, Any] = {
            "others": options["other"],
            "why": options["why"],
            "accepts_loss": options["accept_loss"],
        }
        try:
            mark = take_over(options["address"], old, **said)
        except (NotTaken, SealBroken) as trouble:
            raise CommandError(str(trouble)) from trouble
        except psycopg2.OperationalError as trouble:
            raise CommandError(f"连接不上这台服务器：{trouble}") from trouble
        self.stdout.write(DONE.format(mark=mark, first=mark.numbers["records_case_number"] + 1))
