"""Who sees which application, and how it reads."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.cases.querysets import UnitCaseQuerySet
from accounts.models import Unit
from orders.models import Order
from policy.calendar import today
from records.people import Person
from vouchers.workflow import State


class ApplicationQuerySet(UnitCaseQuerySet):
    """Reading rules of applications."""

    def to_read(self) -> Self:
        """With all that a page about an application shows of its order, unit and policy."""
        return self.select_related(
            "order__provider__laboratory", "unit", "snapshot", "district", "policy", "account", "contract_draft"
        )

    def overdue(self) -> Self:
        """Returned and not handed in again in time, or a voucher past its redeem-by day."""
        late = Q(state__in=self.model.RETURNED, due_on__lt=today())
        return self.filter(late | Q(state=State.APPROVED, redeem_by__lt=today()))

    def orders_waiting(self, unit: Unit | None, user: Person) -> models.QuerySet[Order]:
        """The living orders with the mark, of this unit of the person, for which no application is under way."""
        taken = self.live().filter(order=OuterRef("pk"))
        marked = Order.objects.bought_for(unit, user).filter(is_marked=True).exclude(state__in=Order.DEAD)
        return marked.exclude(Exists(taken)).select_related("provider")
