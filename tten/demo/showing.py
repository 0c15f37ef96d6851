"""What the demo's first services show beside their words: photographs, facts, and what was thought of them."""

import datetime as dt
import random
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from catalog.asking.services import answer_inquiry, ask_about
from catalog.gallery.making import make
from catalog.gallery.services import Owner, add_pictures, keep_picture
from catalog.models import Product, Provider, Rating, Shelf
from records.people import Person
from tten.demo.scenes import scenes

SERVICES, OWN, PICTURES, RATINGS = 14, 4, (3, 1, 2), (5, 0, 3, 9)
WORDS = ("实验室与主要仪器", "仪器操作位", "样品与试件")
STANDARD = "执行标准："
SAMPLES = "样品不少于 3 件，注明名称、批号和送样日期；易碎品请用硬盒包装。到样后 1 个工作日内确认是否符合要求。"
SHARES = (("基础项目", "1"), ("加急（3 个工作日内）", "1.5"), ("补充项目，每增加一项", "0.2"))
QUESTIONS = (
    ("可以开增值税专用发票吗？", "可以。合同签订后按进度开票，发票抬头与合同一致即可。"),
    ("样品能不能寄回？", "能。报告出具后保留 30 天，需要寄回的请在订单的需求描述里写明地址。"),
)
THANKS = "谢谢评价。报告的交付时间我们已经写进新的流程，有问题请随时联系。"
STARS, WEIGHTS = (5, 4, 3, 2), (9, 6, 2, 1)


def show_services(curator: Person, chance: random.Random) -> None:
    """Give the services that stand first in the mall what a good shop has."""
    first = list(Shelf.objects.order_by("place").values_list("pk", flat=True)[:SERVICES])
    own = Shelf.objects.filter(provider=Provider.objects.earliest("pk"))  # of the demo's own account
    first += own.order_by("place").values_list("pk", flat=True)[:OWN]
    numbers = count(1)
    products = Product.objects.filter(pk__in=first).select_related(
        "provider__laboratory", "provider__unit", "category__parent"
    )
    for index, product in enumerate(products.order_by("pk")):
        tell_facts(product)
        hang(product, PICTURES[index % len(PICTURES)], "product", curator, chance)
        if index % 4 == 0 and not product.provider.pictures.exists():
            hang(product.provider, 3, "site", curator, chance)
        if product.provider.unit is not None:
            ask(product, QUESTIONS[index % len(QUESTIONS)])
        rate(product, RATINGS[index % len(RATINGS)], numbers, chance)


def tell_facts(product: Product) -> None:
    """Standards out of the description, what is to be sent, and prices by item."""
    lines = product.description.splitlines()
    standards = [line.removeprefix(STANDARD) for line in lines if line.startswith(STANDARD)]
    product.description = "\n".join(line for line in lines if not line.startswith(STANDARD))
    product.standards, product.samples = "；".join(standards), SAMPLES
    unit = f"/{product.price_unit}" if product.price_unit else ""
    prices = ((name, round(float(product.price) * float(share), 2)) for name, share in SHARES)
    product.price_items = "\n".join(f"{name} {price:.2f}{unit}" for name, price in prices)
    product.save()


def hang(owner: Owner, many: int, role: str, by: Person, chance: random.Random) -> None:
    """Upload so many photographs, describe them and make what the public sees."""
    files: Any = [SimpleUploadedFile(f"{at + 1}.jpg", content) for at, content in enumerate(scenes(many, chance))]
    add_pictures(owner, files, role=role, by=by)
    for picture, words in zip(owner.pictures.filter(role=role), WORDS, strict=False):
        keep_picture(picture, alt=words, by=by)
        make(picture.pk)


def ask(product: Product, words: tuple[str, str]) -> None:
    """A question of a firm, and the answer that everybody reads."""
    asker, unit = User.objects.get(username="unit_admin"), product.provider.unit
    keeper = unit.members.first() if unit else None
    if keeper is not None:
        question, answer = words
        answer_inquiry(ask_about(product, question, by=asker), answer, public=True, by=keeper)


def rate(product: Product, many: int, numbers: "count[int]", chance: random.Random) -> None:
    """What firms of earlier years thought of it; the last one is answered."""
    now = timezone.now()
    rows = [
        Rating(
            product=product,
            provider=product.provider,
            claim_number=f"DX2024{next(numbers):07d}",
            stars=chance.choices(STARS, WEIGHTS)[0],
            given_at=now - dt.timedelta(days=chance.randint(40, 600)),
        )
        for _ in range(many)
    ]
    if rows:
        rows[-1].answer, rows[-1].answered_at = THANKS, now - dt.timedelta(days=9)
    Rating.objects.bulk_create(rows)
