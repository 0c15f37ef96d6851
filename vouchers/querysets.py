"""Who sees which application, and how it reads."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.cases.querysets import UnitCaseQuerySet
from accounts.models import Unit
from orders.models import Order
from policy.calendar import today
from records.people import Person
from vouchers.workflow import State

if TYPE_CHECKING:  # the model read by these rules
    from vouchers.models import QuotaAccount


class QuotaAccountQuerySet(models.QuerySet["QuotaAccount"]):
    """Reading rules of quota accounts."""

    def of(self, unit: Unit) -> Self:
        """The accounts that count for the unit: of every code certified of it, opened by it, or used by its cases.

        So a changed code keeps its account, and a unit that registers anew finds that of its code (ADR 0080). A code that
        was only typed opens nobody's account.
        """
        used = self.filter(applications__unit=unit).values("pk")
        return self.filter(Q(unit=unit) | Q(uscc__in=unit.snapshots.values("uscc")) | Q(pk__in=used))


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
