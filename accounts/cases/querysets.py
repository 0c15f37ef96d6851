"""Who sees which case of a unit: one answer for every kind."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import UnitMember
from accounts.permissions import WRITERS
from records.people import Person
from reviews.models import Turn
from reviews.permissions import is_municipal


def membership(user: Person, **more: Any) -> Exists:
    """Condition on cases: the person belongs to the unit."""
    return Exists(UnitMember.objects.filter(unit=OuterRef("unit"), user=user, **more))


class UnitCaseQuerySet(models.QuerySet[Any]):
    """Reading rules of cases of units."""

    def of(self, user: Person) -> Self:
        """The cases of the person's units."""
        return self.filter(membership(user))

    def written_by(self, user: Person) -> Self:
        """The cases of the units that the person acts for: not those that he only reads."""
        return self.filter(membership(user, role__in=WRITERS))

    def visible_to(self, user: Person) -> Self:
        """The own unit's cases, and those that are or were an own office's turn; who oversees all sees all but drafts."""
        others = self.handed_over() if self.is_overseer(user) else Turn.objects.reach(user, self.model)
        return self.filter(Q(membership(user)) | others)

    def is_overseer(self, user: Person) -> bool:
        """Whether the person sees every such case that is no draft: 市科技局."""
        return is_municipal(user)

    def handed_over(self) -> Q:
        """Condition: no draft."""
        return ~Q(state__in=self.model.DRAFTS)

    def live(self) -> Self:
        """Neither refused nor ended."""
        return self.exclude(state__in=self.model.DEAD)

    def to_read(self) -> Self:
        """As the review desk reads it: with what its steps read, where a kind says no more."""
        return self.select_related(*self.model.BESIDE)
