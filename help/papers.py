"""The manual on paper: one PDF of all articles, made once for what it says and then kept in the cache (ADR 0207)."""

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

from help.book import articles
from help.pages import print_roles
from help.texts import print_of
from ui.printing import print_pdf

logger = logging.getLogger(__name__)
REMEMBERED = 30 * 86_400  # seconds
TEMPLATES, MANUAL = Path(settings.BASE_DIR) / "templates", "pdf/manual.html"


def manual_pdf() -> bytes:
    """The whole manual as PDF; RuntimeError with a sentence where papers cannot be made."""
    roles = print_roles()
    mark = digest_of(
        [look_of(MANUAL), *(text for _, told in roles for article, *texts in told for text in (article.title, *texts))]
    )

    def made() -> bytes:
        printed = [(role, [(article, about, print_of(text)) for article, about, text in told]) for role, told in roles]
        return print_pdf(MANUAL, {"roles": printed, "many": len(articles())}, mark=mark)

    return remembered(f"help-manual-{mark}", made)


def digest_of(texts: list[str]) -> str:
    """What a paper is known by."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def look_of(template: str) -> str:
    """The template of a paper with its style: a paper that looks otherwise is another one."""
    path = TEMPLATES / template
    return path.read_text(encoding="utf-8") + path.with_suffix(".css").read_text(encoding="utf-8")


def remembered(key: str, made: Callable[[], bytes]) -> bytes:
    """What was made before, or is made now; a cache that is away keeps nobody from his paper."""
    try:
        known: bytes | None = cache.get(key)
    except RedisError:
        logger.warning("cache is away: %s is made anew", key)
        return made()
    if known is None:
        known = made()
        cache.set(key, known, REMEMBERED)
    return known
