"""Who sees which application, and how it reads."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.cases.querysets import UnitCaseQuerySet
from accounts.models import Unit
from orders.models import Order
from policy.calendar import today
from policy.working_days import first_guess
from records.people import Person
from ui.keys import AsRead, as_read
from vouchers.workflow import State

if TYPE_CHECKING:  # the models read by these rules
    from vouchers.models import Application, QuotaAccount

PROJECT_KEY = AsRead("project_name")  # by which two names of projects are one


class QuotaAccountQuerySet(models.QuerySet["QuotaAccount"]):
    """Reading rules of quota accounts."""

    def of(self, unit: Unit) -> Self:
        """The accounts that count for the unit: of every code certified of it, opened by it, or used by its cases.

        So a changed code keeps its account, and a unit that registers anew finds that of its code (ADR 0080). A code that
        was only typed opens nobody's account. Three questions with an index each: joined by “or” they read every account.
        """
        every = self.model._default_manager.order_by().values("pk")
        opened, certified = every.filter(unit=unit), every.filter(uscc__in=unit.snapshots.values("uscc"))
        return self.filter(pk__in=opened.union(certified, every.filter(applications__unit=unit)))


class ApplicationQuerySet(UnitCaseQuerySet):
    """Reading rules of applications."""

    def to_read(self) -> Self:
        """With all that a page about an application shows of its order, unit and policy."""
        return self.select_related(
            "order__provider__laboratory",
            "order__provider__unit",
            "unit",
            "snapshot",
            "district",
            "policy",
            "account",
            "contract_draft",
        )

    def overdue(self) -> Self:
        """Returned and not handed in again in time, or a voucher past its redeem-by day.

        A day in a year that nobody has published is not past yet: it may move later.
        """
        late = Q(state__in=self.model.RETURNED, due_on__lt=first_guess(today()))
        return self.filter(late | Q(state=State.APPROVED, redeem_by__lt=today()))

    def alike(self, application: "Application", since: dt.date) -> Self:
        """What the same unit had handed in since this day on other orders, at the same provider or under the same name."""
        same = Q(order__provider=application.order.provider_id) | Q(key=as_read(application.project_name))
        return self._beside(application, since).filter(same, unit=application.unit_id)

    def alike_elsewhere(self, application: "Application", since: dt.date) -> Self:
        """What other units had handed in since this day under the same name; none where the name is only the product's."""
        key = as_read(application.project_name)
        if key in {"", as_read(application.order.product_name)}:
            return self.none()
        return self._beside(application, since).filter(key=key).exclude(unit=application.unit_id)

    def _beside(self, application: "Application", since: dt.date) -> Self:
        """Those of other orders that were handed in before it and not taken back, with their key, the latest first."""
        earlier = Q(submitted_at__date__gte=since, submitted_at__lt=application.handed_in_at)
        rows = (
            self.annotate(key=PROJECT_KEY)
            .filter(earlier)
            .exclude(Q(order=application.order_id) | Q(state=State.WITHDRAWN))
        )
        return rows.select_related("unit", "order__provider").order_by("-pk")

    def orders_waiting(self, unit: Unit | None, user: Person) -> models.QuerySet[Order]:
        """The living orders with the mark, of this unit of the person, for which no application is under way."""
        taken = self.live().filter(order=OuterRef("pk"))
        marked = Order.objects.bought_for(unit, user).filter(is_marked=True).exclude(state__in=Order.DEAD)
        return marked.exclude(Exists(taken)).select_related("provider")
