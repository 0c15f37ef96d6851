"""Who of the people on the site belongs, or once belonged, to a unit: what a group of experts must be free of."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from accounts.models import Invitation, JoinRequest, UnitMember


def insiders_of(units: Collection[int]) -> list[tuple[QuerySet[Any], str]]:
    """[(rows with a `unit`, their column of the person)] of who belongs to these units, or came in by a request or an invitation."""
    asked = JoinRequest.objects.filter(unit__in=units, answer=JoinRequest.Answer.ADMITTED)
    invited = Invitation.objects.filter(unit__in=units).exclude(accepted_by=None)
    return [(UnitMember.objects.filter(unit__in=units), "user"), (asked, "user"), (invited, "accepted_by")]
