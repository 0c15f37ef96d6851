"""Who sees which claim, and how it reads."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.models import UnitMember
from accounts.permissions import WRITERS
from policy.calendar import today
from reviews.permissions import is_municipal
from reviews.querysets import turn_of

ROW_LISTS = ("invoices", "receipts", "contracts")


class ClaimQuerySet(models.QuerySet[Any]):
    """Reading rules of claims."""

    def of(self, user: Any) -> "ClaimQuerySet":
        """The claims of the person's units."""
        return self.filter(Exists(UnitMember.objects.filter(unit=OuterRef("unit"), user=user)))

    def written_by(self, user: Any) -> "ClaimQuerySet":
        """The claims of the units that the person acts for: not those that he only reads."""
        member = UnitMember.objects.filter(unit=OuterRef("unit"), user=user, role__in=WRITERS)
        return self.filter(Exists(member))

    def visible_to(self, user: Any) -> "ClaimQuerySet":
        """The own unit's cases, those that are or were an own office's turn, and those on whose panel one sits."""
        own = Q(Exists(UnitMember.objects.filter(unit=OuterRef("unit"), user=user)))
        if is_municipal(user):
            return self.filter(own | ~Q(state="draft"))
        return self.filter(own | turn_of(user, self.model))

    def live(self) -> "ClaimQuerySet":
        """Neither refused nor ended."""
        return self.exclude(state__in=self.model.DEAD)

    def with_papers(self) -> "ClaimQuerySet":
        """With all that a page about a claim shows: voucher, order, rows and papers."""
        return self.select_related(
            "application__order__provider__laboratory", "application__order__provider__unit", "application__policy",
            "application__account", "application__snapshot", "unit", "snapshot", "district", "policy", "stamped_form",
        ).prefetch_related(*self.row_lists(), "result_papers")  # fmt: skip

    def to_read(self) -> "ClaimQuerySet":
        """As the review desk reads it."""
        return self.with_papers()

    def row_lists(self) -> list[Prefetch]:
        """The three row lists, each in one query, each row with its paper."""
        lists = {name: self.model._meta.get_field(name).related_model for name in ROW_LISTS}
        return [Prefetch(name, model.objects.select_related("document")) for name, model in lists.items()]

    def overdue(self) -> "ClaimQuerySet":
        """Returned, or waiting for the stamped form, past the day; or the draft of a voucher that has died."""
        states = self.model.RETURNED | self.model.AWAITS_FORM
        dead = Q(state="draft") & ~Q(application__state="approved")
        return self.filter(Q(state__in=states, due_on__lt=today()) | dead)

    def vouchers_waiting(self, unit: Any) -> models.QuerySet[Any]:
        """The unit's vouchers that can be redeemed today and for which no redemption is under way."""
        vouchers = self.model._meta.get_field("application").related_model.objects
        taken = self.live().filter(application=OuterRef("pk"))
        mine = vouchers.filter(unit=unit, state="approved", redeem_by__gte=today())
        return mine.exclude(Exists(taken)).select_related("order__provider").order_by("redeem_by")
