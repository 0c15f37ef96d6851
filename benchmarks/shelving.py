"""What writing products costs, once Django stands: a process that writes so many each time it is told which act and how many.

Runs in older trees, too: it uses what both know, `Product.save`.
"""

import json
import sys
import time
from collections.abc import Callable

from django.db import connection

from catalog.models import Category, Product, Provider

Act = Callable[[Product, int], None]


def price(product: Product, number: int) -> None:
    """The price alone is another."""
    product.price += number % 7 + 1
    product.save()


def words(product: Product, number: int) -> None:
    """Name and description are others."""
    product.name = f"{product.name[:80]} {number}"
    product.description = f"{product.description[:400]}\n检测标准：GB/T {number}-2020"
    product.save()


def new(product: Product, number: int) -> None:
    """A copy is put on the shelf."""
    product.pk, product.number = None, ""
    product.name = f"{product.name[:80]} {number}"
    product.save()


ACTS: dict[str, Act] = {"price": price, "words": words, "new": new}


def fill(many: int) -> None:
    """So many products on the shelf, of twenty providers in ten categories."""
    top = Category.objects.create(code="bench", name="检验检测")
    leaves = [Category.objects.create(code=f"bench-{n}", name=f"材料检测 {n}", parent=top) for n in range(10)]
    providers = [Provider.objects.create(name=f"样例检测中心 {n}（演示）", uscc=f"BENCH{n:013}") for n in range(20)]
    for number in range(many):
        Product.objects.create(
            provider=providers[number % 20],
            category=leaves[number % 10],
            name=f"金属材料拉伸试验 {number}",
            summary="按国家标准测定强度和延伸率",
            description=f"检测标准：GB/T 228.{number}-2021\n仪器：万能试验机\n" + "来样即测，五个工作日出具报告。" * 12,
            deliverable="带 CNAS 标识的检测报告",
            price=500 + number,
            status="on_sale",
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def write_as_told(many: int) -> None:
    """Fill; then, for each line of the standard input, an act and a number, carry it out so often and print the CPU seconds."""
    fill(many)
    place = Product.objects.filter(status="on_sale").earliest("pk").pk
    for told in sys.stdin:
        act, often = told.split()
        rows = list(Product.objects.filter(pk__gt=place, status="on_sale").order_by("pk")[: int(often)])
        place = rows[-1].pk
        began = time.process_time()
        for number, row in enumerate(rows):
            ACTS[act](row, number)
        sys.stdout.write(json.dumps({"cpu": time.process_time() - began}) + "\n")
        sys.stdout.flush()
