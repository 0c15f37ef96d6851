"""Who sees which order."""

from collections.abc import Sequence
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import Unit, UnitMember
from orders.workflow import State
from records.people import Person
from reviews.permissions import is_municipal


class OrderQuerySet(models.QuerySet[Any]):
    """Reading rules of orders."""

    def bought_by(self, user: Person) -> Self:
        """The orders of the person's units, and those that he placed without one."""
        member = UnitMember.objects.filter(unit=OuterRef("unit"), user=user)
        return self.filter(Q(buyer=user, unit=None) | Exists(member))

    def bought_for(self, unit: Unit | None, user: Person) -> Self:
        """The orders of this one unit of the person, and those that he placed without one."""
        own = Q(buyer=user, unit=None)
        return self.filter(own | Q(unit=unit)) if unit is not None else self.filter(own)

    def received_by(self, user: Person) -> Self:
        """The orders of the providers whose desk the person keeps."""
        return self.filter(Exists(UnitMember.objects.filter(unit=OuterRef("provider__unit"), user=user)))

    def received_for(self, unit: Unit | None) -> Self:
        """The orders of the providers behind which this unit stands."""
        return self.filter(provider__unit=unit) if unit is not None else self.none()

    def sold_by(self, providers: Sequence[int]) -> Self:
        """The orders of these providers, named by their keys, so that one of them is read along its own index."""
        return self.filter(provider=providers[0]) if len(providers) == 1 else self.filter(provider__in=providers)

    def visible_to(self, user: Person) -> Self:
        """Buyer and provider; the city sees all."""
        if is_municipal(user):
            return self
        member = UnitMember.objects.filter(user=user)
        return self.filter(
            Q(buyer=user, unit=None)
            | Exists(member.filter(unit=OuterRef("unit")))
            | Exists(member.filter(unit=OuterRef("provider__unit")))
        )

    def running(self) -> Self:
        """Neither completed nor dead."""
        return self.exclude(state__in=self.model.DEAD).exclude(state=State.COMPLETED)

    def with_parties(self) -> Self:
        """With buyer, unit, product and provider, in one query."""
        return self.select_related("buyer", "unit", "product", "provider__unit", "provider__laboratory")
