"""What the pages of 帮助中心 show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.sms.services import PER_PHONE
from help.book import Article, Role, articles, roles
from help.figures import figures_of, put_in
from help.finding import hits_of
from help.texts import html_of
from policy.models import PolicyVersion
from reviews.models import Office
from ui.reading import aside

TITLE = "帮助中心"
DESCRIBED = 78  # characters that a search engine is told


@dataclass(frozen=True)
class Told:
    """An article with the figures in force."""

    article: Article
    about: str
    html: SafeString

    @property
    def description(self) -> str:
        """What a search engine is told of it."""
        words = f"{self.article.role_name}怎样办理“{self.article.title}”：{self.about}天津市科技创新券办事手册。"
        return words if len(words) <= DESCRIBED else f"{words[: DESCRIBED - 1]}…"


def told(article: Article, figures: Mapping[str, str]) -> Told:
    """The article as it is read today."""
    return Told(article, put_in(article.about, figures), html_of(put_in(article.text, figures)))


def figures() -> dict[str, str]:
    """The figures as this process has read them within half a minute."""
    return figures_of(PolicyVersion.objects.remembered())


def crumbs(last: str = "", *between: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back to 帮助中心."""
    return [
        ("首页", reverse("home")),
        (TITLE, reverse("help_page") if last else ""),
        *between,
        *([(last, "")] if last else []),
    ]


def center_context() -> dict[str, Any]:
    """帮助中心: the roles with their articles, what people ask, whom to call."""
    offices = aside(Office.objects.filter(kind=Office.Kind.DISTRICT, is_active=True).select_related("district"))
    return {
        "roles": roles(),
        "offices": offices.order_by("district__order"),
        "policy": PolicyVersion.objects.remembered(),
        "texts": PER_PHONE,
        "tries": settings.LOCK_TRIES,
        "minutes": settings.LOCK_MINUTES,
        "crumbs": crumbs(),
    }


def article_context(article: Article) -> dict[str, Any]:
    """One article, the table of contents, and its neighbours."""
    every = articles()
    at = every.index(article)
    return {
        "article": article,
        "told": told(article, figures()),
        "roles": roles(),
        "before": every[at - 1] if at else None,
        "after": every[at + 1] if at + 1 < len(every) else None,
        "crumbs": crumbs(article.title, (article.role_name, f"{reverse('help_page')}#{article.role}")),
    }


def search_context(query: str) -> dict[str, Any]:
    """What was found for these words."""
    return {"sought": query, "hits": hits_of(query, figures()), "roles": roles(), "crumbs": crumbs("查找")}


def print_roles() -> list[tuple[Role, list[tuple[Article, str, str]]]]:
    """(role, [(article, what it is about, its text)]) with the figures in force, for the manual on paper."""
    named = figures()
    return [
        (role, [(article, put_in(article.about, named), put_in(article.text, named)) for article in role.articles])
        for role in roles()
    ]
