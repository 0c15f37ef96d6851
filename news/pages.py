"""What the pages of 政策与通知 show."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from news.models import Article
from news.pictures.naming import text_of
from ui.reading import aside

TITLE, DESK = "政策与通知", "文章管理"
LATEST = 6  # articles on 首页
READINGS = 10  # of one document


def crumbs(last: str) -> list[tuple[str, str]]:
    """The way back to the readers' list."""
    return [
        ("首页", reverse("home")),
        (TITLE, reverse("article_list") if last else ""),
        *([(last, "")] if last else []),
    ]


def desk_crumbs(last: str = "") -> list[tuple[str, str]]:
    """The way back to the writers' list."""
    return [(DESK, reverse("article_desk") if last else ""), *([(last, "")] if last else [])]


def latest(*sorts: str) -> list[Article]:
    """What was published last, of all columns or of these; what stands on top first."""
    rows = aside(Article.objects.shown()).defer("document", "body")
    return list((rows.filter(sort__in=sorts) if sorts else rows)[:LATEST])


def reading_context(article: Article) -> dict[str, Any]:
    """One article with its papers, what it explains, and what explains it."""
    return {
        "article": article,
        "text": "" if article.is_withdrawn else text_of(article),
        "files": [] if article.is_withdrawn else article.attachments.select_related("paper"),
        "readings": article.readings.shown().order_by("-shown_from")[:READINGS],
        "structured": structured_of(article),
        "crumbs": crumbs(article.title),
    }


def structured_of(article: Article) -> dict[str, Any]:
    """The article in the words of schema.org; {} of one that was taken back."""
    if article.is_withdrawn or article.shown_from is None:
        return {}
    return {
        "@type": "NewsArticle",
        "headline": article.title,
        "url": article.get_absolute_url(),
        "description": article.begins,
        "datePublished": article.shown_from.isoformat(),
        "dateModified": (article.revised_at or article.shown_from).isoformat(),
        "publisher": {"@type": "Organization", "name": article.issuer},
    }


def detail_context(article: Article) -> dict[str, Any]:
    """The same for whoever writes, with the trail."""
    pictures = list(article.pictures.all())
    return {
        "article": article,
        "text": text_of(article, pictures, desk=True),
        "pictures": pictures,
        "files": article.attachments.select_related("paper"),
        "events": article.events.select_related("actor").order_by("sequence"),
        "now": timezone.now(),
        "crumbs": desk_crumbs(article.title),
    }
