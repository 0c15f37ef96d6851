"""Load the demo: plainly fictional, the same at every run, cases in every state."""

import datetime as dt
import random
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import F
from django.utils import timezone

from accounts.models import Unit, User
from catalog.mall.vocabulary import make_vocabulary
from notifications.models import Notice
from records.doors import whole
from reviews.picture.counting import renew
from tten.demo import laboratories, mall, people
from tten.demo.admissions import admit_desks, apply_firms, end_desks
from tten.demo.around import look_around
from tten.demo.articles import tell_news
from tten.demo.box import fill_box
from tten.demo.cases import DEAREST, DemoCast, make_cases, make_firms
from tten.demo.joins import make_joins
from tten.demo.mass.grow import START_OVER, check_room, grow
from tten.demo.mass.profile import Profile
from tten.demo.names import chance_of
from tten.demo.payments import pay_half
from tten.demo.showing import show_services
from tten.demo.units import certify_desks, rename, share_phone

SEED = 20260101
OLD = dt.timedelta(days=10)


def read_old_notices() -> None:
    """What is older than ten days has been read."""
    Notice.objects.filter(at__lt=timezone.now() - OLD).update(read_at=F("at"))


def profile(path: str) -> Profile:
    """The profile in a file; a file that holds none is refused by its name."""
    try:
        return Profile.read(Path(path))
    except (OSError, ValueError, TypeError) as error:
        raise CommandError(f"{path} 不是 manage.py profile 生成的文件，请重新生成：{error}") from error


class Command(BaseCommand):
    """`manage.py demo` fills an empty database."""

    help = "Load demo data into an empty database"

    def add_arguments(self, parser: CommandParser) -> None:
        """How much is added to the small demo, and what a second call means."""
        parser.add_argument("--products", type=int, default=0, help="add so many products, with their providers")
        parser.add_argument("--cases", type=int, default=0, help="add so many cases, with their firms and orders")
        parser.add_argument(
            "--like", type=profile, default=Profile(), help="as skewed as a file of `manage.py profile`"
        )
        parser.add_argument("--seed", type=int, default=SEED, help="another number gives other products and cases")
        parser.add_argument("--once", action="store_true", help="do nothing where it has been loaded")

    def handle(self, *_args: Any, products: int = 0, cases: int = 0, once: bool = False, **options: Any) -> None:
        """Build people, mall, firms and cases, then as much more as is asked for, and say what was made."""
        like = options["like"]
        products, cases = products or like.products, cases or like.cases
        loaded = User.objects.filter(username="unit_admin").exists()
        if loaded and once:
            return
        if loaded and not (products or cases):
            raise CommandError(f"演示数据已经载入过。{START_OVER}")
        check_room(products, cases)
        started = time.monotonic()
        with whole():
            if not loaded:
                self.load(chance_of(SEED))
            if products or cases:
                grow(products, cases, options["seed"], like)
            make_vocabulary()
        if products or cases:
            self.stdout.write(f"  另加科淘产品 {products} 项、认证、申请和兑现共 {cases} 件 ✓")
        self.stdout.write(f"演示数据已载入，用时 {time.monotonic() - started:.0f} 秒。")

    def load(self, chance: random.Random) -> None:
        """All of it, in the order in which things depend on each other."""
        accounts = people.make_people()
        people.make_offices(accounts)
        leaves = mall.make_categories()
        providers = mall.make_providers()
        people.give_desks(providers, accounts)
        products = mall.make_products(providers, leaves, chance)
        laboratories.make_laboratories(leaves, chance)
        show_services(accounts["curator"], chance_of(SEED))
        self.stdout.write("  帐号、科淘产品和京津冀实验室 ✓")
        offered = [row for row in products if row.is_marked and row.status == "on_sale" and row.provider.unit_id]
        ordered = [row for row in offered if row.price <= DEAREST]
        self.play(DemoCast(accounts, ordered, chance))

    @staticmethod
    def change_names(cast: DemoCast, firms: list[Unit]) -> None:
        """One firm has a new name, another asks for one, and two people share a telephone."""
        with cast.began(3) as cast.traveller:
            rename(firms[3], cast)
            rename(firms[4], cast, state="pending")
            share_phone(cast)

    def play(self, cast: DemoCast) -> None:
        """What the people do, the desks of the providers first."""
        tell_news(cast)
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
        look_around(cast, firms)
        with cast.began(60) as cast.traveller:
            fill_box(cast, firms[0], cast.today.date())
        with cast.began(1) as cast.traveller:
            end_desks(cast, cast.today.date())
            pay_half(cast.people["municipal"])
        self.change_names(cast, firms)
        read_old_notices()
        people.give_addresses()
        renew()
        self.stdout.write("  订单、创新券和兑现 ✓")
