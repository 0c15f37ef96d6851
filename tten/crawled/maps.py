"""sitemap.xml: every public page, in files of at most 50,000 addresses that are found by key and remembered for an hour."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.urls import reverse
from redis.exceptions import RedisError

from catalog.mall.cards import address
from catalog.models import LabBatch, Laboratory, Product, Provider, Shelf
from help.book import articles as articles_of_manual
from help.guides import guides
from news.models import Article

logger = logging.getLogger(__name__)
MOST = 50_000  # addresses of one file, as sitemaps.org has it
HOUR = 3600  # seconds for which a file is remembered
PAGES = (
    "home",
    "product_list",
    "lab_list",
    "wanted_list",
    "voucher_home",
    "article_list",
    "policy_page",
    "help_page",
    "start_home",
    "site_map",
)
Line = tuple[str, dt.date | None]  # the address without the site, and the day of its last change


@dataclass(frozen=True)
class Part:
    """One kind of public pages: its rows by key, and the lines of those of them that one file names."""

    rows: Callable[[], QuerySet[Any]]
    lines: Callable[[list[int]], Iterator[Line]]

    def starts(self) -> Iterator[int]:
        """Behind which key each file begins; a kind without rows has none."""
        last, keys = 0, self.rows().order_by("pk").values_list("pk", flat=True)
        while keys.filter(pk__gt=last).exists():
            yield last
            full = keys.filter(pk__gt=last)[MOST - 1 : MOST].first()
            if full is None:
                return
            last = full

    def file(self, behind: int) -> list[Line]:
        """The lines of the file that begins behind this key."""
        keys = self.rows().filter(pk__gt=behind).order_by("pk").values_list("pk", flat=True)[:MOST]
        return list(self.lines(list(keys)))


def products(keys: list[int]) -> Iterator[Line]:
    """Services on the shelf."""
    rows = Product.objects.filter(pk__in=keys).order_by("pk").values_list("number", "updated_at")
    return ((address(number), changed.date()) for number, changed in rows)


def providers(keys: list[int]) -> Iterator[Line]:
    """Institutions."""
    return ((reverse("provider_detail", args=[key]), None) for key in keys)


def laboratories(keys: list[int]) -> Iterator[Line]:
    """Laboratories of published batches."""
    rows = Laboratory.objects.filter(pk__in=keys).order_by("pk").values_list("number", flat=True)
    return ((reverse("lab_detail", args=[number]), None) for number in rows)


def batches(keys: list[int]) -> Iterator[Line]:
    """Published batches."""
    rows = LabBatch.objects.filter(pk__in=keys).order_by("pk")
    return ((batch.get_absolute_url(), batch.published_on) for batch in rows)


def articles(keys: list[int]) -> Iterator[Line]:
    """Articles that are shown."""
    rows = Article.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "revised_at", "shown_from")
    return ((reverse("article_read", args=[pk]), (revised or shown).date()) for pk, revised, shown in rows if shown)


PARTS = {
    "products": Part(Shelf.objects.all, products),
    "providers": Part(lambda: Provider.objects.filter(is_active=True, laboratory=None), providers),
    "labs": Part(lambda: Laboratory.objects.published().exclude(status=Laboratory.Status.REMOVED), laboratories),
    "batches": Part(lambda: LabBatch.objects.exclude(published_on=None), batches),
    "news": Part(Article.objects.shown, articles),
}


def files() -> list[list[Any]]:
    """[kind, key behind which it begins] of every file; JSON's own shapes, as they are remembered."""
    return [[kind, start] for kind, part in PARTS.items() for start in part.starts()]


def lines_of(kind: str, behind: int) -> list[Line]:
    """What one file names; `pages` are the portal's own, with the manual and its guides."""
    return pages() if kind == "pages" else PARTS[kind].file(behind)


def pages() -> list[Line]:
    """The portal's own pages, guides and articles of the manual."""
    own = [reverse(name) for name in PAGES]
    own += [guide.get_absolute_url() for guide in guides().values()]
    own += [article.get_absolute_url() for article in articles_of_manual()]
    return [(place, None) for place in own]


def remembered(key: str, make: Callable[[], Any]) -> Any:
    """What was made within the last hour, or is made now; without the cache it is made each time."""
    try:
        found = cache.get(key)
        if found is None:
            found = make()
            cache.set(key, found, HOUR)
    except (RedisError, OSError) as trouble:
        logger.warning("the map of the site is not remembered: %r", trouble)
        return make()
    return found
