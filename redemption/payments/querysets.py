"""Which redemptions wait for their money, and which were paid."""

from django.db.models import Q, QuerySet

from policy.calendar import today
from policy.working_days import first_guess
from redemption.models import Claim
from redemption.workflow import State


def unpaid() -> QuerySet[Claim]:
    """Passed with an amount and not paid, the longest waiting first."""
    return Claim.objects.filter(state=State.PASSED, paid_on=None, final_amount__gt=0).order_by("passed_at", "pk")


def held_against() -> Q:
    """Whose amount may still be held against, and so may change: no money is told of it yet."""
    return Q(due_on__gte=first_guess(today()))


def paid() -> QuerySet[Claim]:
    """Those that were paid, the latest first."""
    return Claim.objects.filter(paid_on__isnull=False).order_by("-paid_on", "-pk")


def with_names(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """With the names that the lists show."""
    beside = ("unit__certified_as", "snapshot", "district", "application__order__provider")
    return claims.select_related(*beside).defer("form_content")
