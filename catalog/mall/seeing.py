"""Who has seen a service: counted beside the database, told to the reader alone (ADR 0210)."""

import logging
from functools import lru_cache
from zlib import crc32

from django.conf import settings
from django.db import connection
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from redis import Redis
from redis.exceptions import RedisError, ResponseError

from accounts.history.sign_ins import address_of
from catalog.models import Product, SeenCount, SeenProduct
from records.doors import door
from records.people import Person

logger = logging.getLogger(__name__)
KEPT = 20  # services of one reader, the latest first
SESSION = "seen"  # of a visitor: numbers, the latest first
WAITING, TAKEN = "tten:seen", "tten:seen:taken"  # in Redis: product → how often, since the last batch
AGAIN = 1800  # seconds for which one reader of one service counts once
ROBOTS = ("bot", "spider", "crawl", "slurp", "python", "curl", "wget", "headless", "scrapy", "httpclient")  # folded
ADD = """
INSERT INTO catalog_seencount (product_id, times)
SELECT product.id, given.times FROM unnest(%s::bigint[], %s::bigint[]) AS given (id, times)
  JOIN catalog_product product ON product.id = given.id ORDER BY product.id
    ON CONFLICT (product_id) DO UPDATE SET times = catalog_seencount.times + excluded.times
"""


@lru_cache(maxsize=1)
def counter() -> Redis:
    """The store of the cache, asked directly: the cache knows no hashes."""
    store = settings.CACHES["default"]
    return Redis.from_url(store["LOCATION"], **store["OPTIONS"])


def is_robot(request: HttpRequest) -> bool:
    """Whether the browser says that it is none; who says nothing is none either."""
    said = request.headers.get("User-Agent", "").lower()
    return not said or any(word in said for word in ROBOTS)


def reader_of(request: HttpRequest) -> str:
    """By whom the service was seen, as the counter tells readers apart for half an hour."""
    if request.user.is_authenticated:
        return f"person-{request.user.pk}"
    browser = crc32(request.headers.get("User-Agent", "").encode())
    return f"address-{address_of(request) or ''}-{browser}"


def count_reader(product: Product, reader: str) -> bool:
    """Count the reader unless he was counted just now; False where he is not, or where nobody can count."""
    try:
        if not counter().set(f"{WAITING}:{product.pk}:{reader}", 1, nx=True, ex=AGAIN):
            return False
        counter().hincrby(WAITING, str(product.pk), 1)
    except (RedisError, OSError) as trouble:
        logger.warning("a reader of a service is not counted: %r", trouble)
        return False
    return True


@door
def write_counts() -> int:
    """Write what was counted since the last batch; return of how many services. Two at once write it once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [WAITING])
        try:
            if not counter().exists(TAKEN):
                counter().rename(WAITING, TAKEN)
        except ResponseError:  # nobody has seen anything
            return 0
        rows = {int(key): int(times) for key, times in counter().hgetall(TAKEN).items()}
        cursor.execute(ADD, [list(rows), list(rows.values())])
        counter().delete(TAKEN)
        return len(rows)


def times_seen() -> Coalesce:
    """Of products: how often each was seen, up to the last batch."""
    counts = SeenCount.objects.filter(product=OuterRef("pk")).values("times")
    return Coalesce(Subquery(counts), Value(0))


@door
def remember(product: Product, *, by: Person) -> None:
    """Put the service at the head of what the person saw last; the twenty-first goes."""
    SeenProduct.objects.filter(user=by, product=product).delete()
    SeenProduct.objects.create(user=by, product=product)
    latest = SeenProduct.objects.filter(user=by).order_by("-pk")
    SeenProduct.objects.filter(user=by).exclude(pk__in=list(latest.values_list("pk", flat=True)[:KEPT])).delete()


def note_seen(request: HttpRequest, product: Product) -> None:
    """Whatever follows from a look at a service: nothing where a robot or its own provider looks."""
    if is_robot(request) or (request.user.is_authenticated and product.provider.has_member(request.user)):
        return
    if request.user.is_authenticated:
        remember(product, by=request.user)
    else:
        numbers: list[str] = request.session.get(SESSION, [])
        request.session[SESSION] = [product.number, *(one for one in numbers if one != product.number)][:KEPT]
    count_reader(product, reader_of(request))


def seen_keys(request: HttpRequest) -> list[int]:
    """The primary keys of what the reader saw last, the latest first."""
    if request.user.is_authenticated:
        rows = SeenProduct.objects.filter(user=request.user).order_by("-pk")
        return list(rows.values_list("product_id", flat=True))
    numbers: list[str] = request.session.get(SESSION, [])
    found = dict(Product.objects.filter(number__in=numbers).values_list("number", "pk"))
    return [found[number] for number in numbers if number in found]
