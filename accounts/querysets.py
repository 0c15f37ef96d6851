"""Who sees which unit."""

from typing import Any

from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q

from reviews.models import Office
from reviews.permissions import is_at
from reviews.querysets import turn_of

CLOCK = "system"


class UserManager(DjangoUserManager):
    """Users, and the system's own one."""

    def clock(self) -> Any:
        """The user in whose name the clock takes steps; he cannot sign in."""
        return self.get_or_create(username=CLOCK, defaults={"name": "系统", "is_active": False, "password": "!"})[0]


class UnitQuerySet(models.QuerySet[Any]):
    """Reading rules of units."""

    def of(self, user: Any) -> "UnitQuerySet":
        """The units that the person belongs to."""
        return self.filter(memberships__user=user)

    def visible_to(self, user: Any) -> "UnitQuerySet":
        """Own units, those that are or were a turn of an own office; the platform and the city see all."""
        if is_at(user, Office.Kind.PLATFORM) or is_at(user, Office.Kind.MUNICIPAL):
            return self
        membership = self.model._meta.get_field("memberships").related_model
        own = Exists(membership.objects.filter(unit=OuterRef("pk"), user=user))
        return self.filter(Q(own) | turn_of(user, self.model))

    def to_read(self) -> "UnitQuerySet":
        """As the review desk reads it."""
        return self.select_related("district", "licence")

    def alive(self) -> "UnitQuerySet":
        """Not refused for good."""
        return self.exclude(state="rejected")
