"""`manage.py roles`: make the application role and give it its rights, behind `migrate`; `--check` only compares.

`--pooled` makes the two accounts behind PgBouncer as well.
"""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from seals import granting, pooled


class Command(BaseCommand):
    """Grants, or compares."""

    help = "Give the application role (APPLICATION_ROLE) what seals/rights.py says; --check leaves with 1 where it differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two choices."""
        parser.add_argument("--check", action="store_true", help="change nothing, tell what differs")
        parser.add_argument("--pooled", action="store_true", help="the accounts behind PgBouncer, too (ADR 0222)")

    def handle(self, *_args: object, **options: object) -> None:
        """Tell what was granted, or what differs."""
        if not granting.role():
            raise CommandError("没有设置 APPLICATION_ROLE：本站只用一个数据库账户。")
        changed = 0 if options["check"] else self.granted(is_pooled=bool(options["pooled"]))
        if found := [*granting.differences(), *pooled.differences()]:
            raise CommandError("\n".join(["不符：", *found]))
        self.stdout.write(f"应用账户 {granting.role()} 的权限与名单一致，本次改动 {changed} 张表。")

    def granted(self, *, is_pooled: bool) -> int:
        """How many tables were given anew; CommandError where this account may not."""
        try:
            changed = granting.grant()
            if is_pooled:
                pooled.make_accounts()
        except DatabaseError as refused:
            raise CommandError(f"不能授权：{refused}\n请用数据库所有者的账户运行。") from refused
        return changed
