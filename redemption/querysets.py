"""Who sees which claim, and how it reads."""

from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.cases.querysets import UnitCaseQuerySet
from accounts.models import Unit
from policy.calendar import today
from policy.working_days import first_guess
from records.people import Person
from redemption.printed import waits
from redemption.workflow import State
from reviews.models import Turn
from vouchers.models import Application
from vouchers.workflow import State as Voucher

ROW_LISTS = ("invoices", "receipts", "contracts")


class ClaimQuerySet(UnitCaseQuerySet):
    """Reading rules of claims."""

    def to_read(self) -> Self:
        """With all that a page about a claim shows: voucher, order, rows and papers, and whether its form is being made."""
        rows = self.select_related(
            "application__order__provider__laboratory",
            "application__order__provider__unit",
            "application__policy",
            "application__account",
            "application__snapshot",
            "unit",
            "snapshot",
            "district",
            "policy",
            "stamped_form",
        )
        return rows.annotate(form_waits=waits()).prefetch_related(*self.row_lists(), "result_papers")

    def shown_to(self, user: Person) -> Self:
        """The same for this person's page: whether the claim lies at an own office."""
        turns = Turn.objects.visible_to(user).filter(case_type=ContentType.objects.get_for_model(self.model))
        mine = turns.filter(case_id=OuterRef("pk"), closed_at=None)
        return self.visible_to(user).to_read().annotate(lies_here=Exists(mine))

    def row_lists(self) -> "list[Prefetch[Any]]":
        """The three row lists, each in one query, each row with its paper."""
        lists = {name: self.model._meta.get_field(name).related_model for name in ROW_LISTS}
        return [Prefetch(name, model.objects.select_related("document")) for name, model in lists.items()]

    def overdue(self) -> Self:
        """Returned, or waiting for the stamped form, past the day; or the draft of a voucher that has died.

        A day in a year that nobody has published is not past yet: it may move later.
        """
        states = self.model.RETURNED | self.model.AWAITS_FORM
        dead = Q(state=State.DRAFT) & ~Q(application__state__in=(Voucher.APPROVED, Voucher.APPEAL))
        return self.filter(Q(state__in=states, due_on__lt=first_guess(today())) | dead)

    def vouchers_waiting(self, unit: Unit) -> models.QuerySet[Application]:
        """The unit's vouchers that can be redeemed today and for which no redemption is under way."""
        taken = self.live().filter(application=OuterRef("pk"))
        mine = Application.objects.filter(unit=unit, state=Voucher.APPROVED, redeem_by__gte=today())
        return mine.exclude(Exists(taken)).select_related("order__provider").order_by("redeem_by")
