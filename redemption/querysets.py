"""Who sees which claim, and how it reads."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import UnitMember
from reviews.permissions import is_municipal
from reviews.querysets import turn_of


class ClaimQuerySet(models.QuerySet[Any]):
    """Reading rules of claims."""

    def of(self, user: Any) -> "ClaimQuerySet":
        """The claims of the person's units."""
        return self.filter(Exists(UnitMember.objects.filter(unit=OuterRef("unit"), user=user)))

    def visible_to(self, user: Any) -> "ClaimQuerySet":
        """The own unit's cases, those that are or were an own office's turn, and those on whose panel one sits."""
        own = Q(Exists(UnitMember.objects.filter(unit=OuterRef("unit"), user=user)))
        if is_municipal(user):
            return self.filter(own | ~Q(state="draft"))
        return self.filter(own | turn_of(user, self.model))

    def live(self) -> "ClaimQuerySet":
        """Neither refused nor ended."""
        return self.exclude(state__in=self.model.DEAD)
