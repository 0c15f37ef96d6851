"""Who sees which order."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import UnitMember
from reviews.permissions import is_municipal


class OrderQuerySet(models.QuerySet[Any]):
    """Reading rules of orders."""

    def bought_by(self, user: Any) -> "OrderQuerySet":
        """The person's own orders and those of his units."""
        member = UnitMember.objects.filter(unit=OuterRef("unit"), user=user)
        return self.filter(Q(buyer=user) | Exists(member))

    def received_by(self, user: Any) -> "OrderQuerySet":
        """The orders of the providers whose desk the person keeps."""
        return self.filter(Exists(UnitMember.objects.filter(unit=OuterRef("provider__unit"), user=user)))

    def visible_to(self, user: Any) -> "OrderQuerySet":
        """Buyer and provider; the city sees all."""
        if is_municipal(user):
            return self
        member = UnitMember.objects.filter(user=user)
        return self.filter(
            Q(buyer=user)
            | Exists(member.filter(unit=OuterRef("unit")))
            | Exists(member.filter(unit=OuterRef("provider__unit")))
        )

    def with_parties(self) -> "OrderQuerySet":
        """With buyer, unit, product and provider, in one query."""
        return self.select_related("buyer", "unit", "product", "provider__unit", "provider__laboratory")
