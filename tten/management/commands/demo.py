"""Load the demo: plainly fictional, the same at every run, cases in every state."""

import datetime as dt
import random
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from notifications.models import Notice
from tten.demo import mall, people
from tten.demo.admissions import admit_desks, apply_firms, end_desks
from tten.demo.bulk import multiply
from tten.demo.cases import DemoCast, make_cases, make_firms
from tten.demo.joins import make_joins
from tten.demo.units import certify_desks, rename

SEED = 20260101
OLD = dt.timedelta(days=10)


def read_old_notices() -> None:
    """What is older than ten days has been read."""
    Notice.objects.filter(at__lt=timezone.now() - OLD).update(read_at=F("at"))


class Command(BaseCommand):
    """`manage.py demo` fills an empty database."""

    help = "Load demo data into an empty database"

    def add_arguments(self, parser: CommandParser) -> None:
        """`--size N`: N times as much, copied by the database. `--once`: what has been loaded is no error."""
        parser.add_argument("--size", type=int, default=1, help="N times as much, for load work")
        parser.add_argument("--once", action="store_true", help="do nothing where it has been loaded")

    def handle(self, *_args: Any, size: int = 1, once: bool = False, **_options: Any) -> None:
        """Build people, mall, firms and cases, and say what was made."""
        if User.objects.filter(username="unit_admin").exists():
            if once:
                return
            raise CommandError("演示数据已经载入过。如需重来，请先运行 make reset。")
        started = time.monotonic()
        with transaction.atomic():
            self.load(random.Random(SEED))  # noqa: S311 - the same demo every time is the point
            multiply(size)
        self.stdout.write(f"演示数据已载入，用时 {time.monotonic() - started:.0f} 秒。")

    def load(self, chance: random.Random) -> None:
        """All of it, in the order in which things depend on each other."""
        accounts = people.make_people()
        people.make_offices(accounts)
        leaves = mall.make_categories()
        providers = mall.make_providers(chance)
        people.give_desks(providers, accounts)
        products = mall.make_products(providers, leaves, chance)
        mall.make_laboratories(leaves, chance)
        self.stdout.write("  帐号、科淘产品和京津冀实验室 ✓")
        ordered = [row for row in products if row.is_marked and row.status == "on_sale" and row.provider.unit_id]
        self.play(DemoCast(accounts, ordered, chance))

    def play(self, cast: DemoCast) -> None:
        """What the people do, the desks of the providers first."""
        with cast.began(390) as cast.traveller:
            certify_desks(cast)
            admit_desks(cast)
        firms = make_firms(cast)
        self.stdout.write("  企业和单位认证 ✓")
        with cast.began(12) as cast.traveller:
            apply_firms(cast, firms)
        self.stdout.write("  服务机构入驻 ✓")
        make_cases(cast, firms)
        make_joins(cast, firms)
        with cast.began(1) as cast.traveller:
            end_desks(cast, cast.today.date())
        with cast.began(3) as cast.traveller:
            rename(firms[3], cast)
            rename(firms[4], cast, state="pending")
        read_old_notices()
        self.stdout.write("  订单、创新券和兑现 ✓")
