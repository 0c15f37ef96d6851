"""Who sees which application, and how it reads."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import UnitMember
from accounts.permissions import WRITERS
from orders.models import Order
from policy.calendar import today
from reviews.permissions import is_municipal
from reviews.querysets import turn_of


class ApplicationQuerySet(models.QuerySet[Any]):
    """Reading rules of applications."""

    def of(self, user: Any) -> "ApplicationQuerySet":
        """The applications of the person's units."""
        return self.filter(Exists(UnitMember.objects.filter(unit=OuterRef("unit"), user=user)))

    def written_by(self, user: Any) -> "ApplicationQuerySet":
        """The applications of the units that the person acts for: not those that he only reads."""
        member = UnitMember.objects.filter(unit=OuterRef("unit"), user=user, role__in=WRITERS)
        return self.filter(Exists(member))

    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """The own unit's cases, and those that are or were an own office's turn; the city sees all but drafts."""
        own = Q(Exists(UnitMember.objects.filter(unit=OuterRef("unit"), user=user)))
        if is_municipal(user):
            return self.filter(own | ~Q(state="draft"))
        return self.filter(own | turn_of(user, self.model))

    def with_order(self) -> "ApplicationQuerySet":
        """With all that a page about an application shows of its order, unit and policy."""
        return self.select_related(
            "order__provider__laboratory", "unit", "snapshot", "district", "policy", "account", "contract_draft"
        )

    def to_read(self) -> "ApplicationQuerySet":
        """As the review desk reads it."""
        return self.with_order()

    def live(self) -> "ApplicationQuerySet":
        """Neither refused nor ended."""
        return self.exclude(state__in=self.model.DEAD)

    def overdue(self) -> "ApplicationQuerySet":
        """Returned and not handed in again in time, or a voucher past its redeem-by day."""
        late = Q(state__in=self.model.RETURNED, due_on__lt=today())
        return self.filter(late | Q(state="approved", redeem_by__lt=today()))

    def orders_waiting(self, unit: Any, user: Any) -> models.QuerySet[Order]:
        """The living orders with the mark, of this unit of the person, for which no application is under way."""
        taken = self.live().filter(order=OuterRef("pk"))
        marked = Order.objects.bought_for(unit, user).filter(is_marked=True).exclude(state__in=Order.DEAD)
        return marked.exclude(Exists(taken)).select_related("provider")
