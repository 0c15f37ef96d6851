"""Who sees which application, and how it reads."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import UnitMember
from reviews.permissions import is_municipal
from reviews.querysets import turn_of


class ApplicationQuerySet(models.QuerySet[Any]):
    """Reading rules of applications."""

    def of(self, user: Any) -> "ApplicationQuerySet":
        """The applications of the person's units."""
        return self.filter(Exists(UnitMember.objects.filter(unit=OuterRef("unit"), user=user)))

    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """The own unit's cases, and those that are or were an own office's turn; the city sees all but drafts."""
        own = Q(Exists(UnitMember.objects.filter(unit=OuterRef("unit"), user=user)))
        if is_municipal(user):
            return self.filter(own | ~Q(state="draft"))
        return self.filter(own | turn_of(user, self.model))

    def live(self) -> "ApplicationQuerySet":
        """Neither refused nor ended."""
        return self.exclude(state__in=self.model.DEAD)
