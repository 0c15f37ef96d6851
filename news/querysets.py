"""How articles are read, and by whom."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from catalog.models.shelf import met_by_index
from news.permissions import office_of
from records.people import Person
from ui.words import Reading, query_words

if TYPE_CHECKING:
    from news.models import Article, ArticlePicture


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles."""

    def kept(self) -> "ArticleQuerySet":
        """All but drafts that were thrown away: these were taken back before they were ever there."""
        return self.filter(Q(withdrawn_at=None) | Q(shown_from__lte=F("withdrawn_at")))

    def shown(self) -> "ArticleQuerySet":
        """What everybody reads now."""
        return self.filter(shown_from__lte=timezone.now(), withdrawn_at=None)

    def once_shown(self) -> "ArticleQuerySet":
        """The same, and what was taken back after it had been there."""
        return self.filter(shown_from__lte=timezone.now())

    def visible_to(self, user: Person) -> "ArticleQuerySet":
        """All of them for whoever publishes; for everybody else what is shown."""
        return self.kept() if user.is_authenticated and office_of(user) else self.shown()

    def at_stage(self, stage: str) -> "ArticleQuerySet":
        """Those that are so far: draft, waiting, shown or withdrawn."""
        if stage == "withdrawn":
            return self.exclude(withdrawn_at=None)
        if stage == "draft":
            return self.filter(shown_from=None)
        return self.shown() if stage == "shown" else self.filter(shown_from__gt=timezone.now())

    def found(self, words: str) -> "ArticleQuerySet":
        """Those that hold each of the words in title, number or text."""
        groups = tuple((word,) for word in dict.fromkeys(query_words(words)))
        return self.filter(met_by_index([Reading(groups, len(groups))])) if groups else self


class ArticlePictureQuerySet(models.QuerySet["ArticlePicture"]):
    """Pictures of articles."""

    def visible_to(self, user: Person) -> "ArticlePictureQuerySet":
        """Who publishes: this is asked for the paper that a picture came as, with all that a camera wrote into it."""
        return self if user.is_authenticated and office_of(user) else self.none()
