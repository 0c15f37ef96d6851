"""What the pages of units and their people show."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Invitation, JoinRequest, Unit, UnitMember
from accounts.permissions import has_administrator, is_unit_administrator, may_answer_join
from records.people import Person

Role = UnitMember.Role


def units_of(user: Person) -> list[UnitMember]:
    """The person's places in units, the first first, each with `people` and, for an administrator, `asking`."""
    asking = Count("unit__join_requests", filter=Q(unit__join_requests__answer=""), distinct=True)
    places = UnitMember.objects.filter(user=user).select_related("unit").order_by("since", "pk")
    return list(places.annotate(people=Count("unit__memberships", distinct=True), asking=asking))


def members_context(unit: Unit, user: Person) -> dict[str, Any]:
    """Everything of 单位成员: people, and for an administrator requests and invitations."""
    runs = is_unit_administrator(unit, user)
    members = list(unit.memberships.select_related("user").order_by("since", "pk"))
    admins = sum(member.role == Role.ADMIN and member.user.is_active for member in members)
    return {
        "unit": unit,
        "members": members,
        "runs": runs,
        "roles": Role.choices,
        "is_last": runs and admins == 1,
        "requests": unit.join_requests.open().select_related("user") if runs else [],
        "invitations": invitations_of(unit) if runs else [],
    }


def invitations_of(unit: Unit) -> QuerySet[Invitation]:
    """What has been sent and neither accepted nor ended, the expired ones too: they can be sent again."""
    return unit.invitations.filter(closed_at=None).select_related("by")


def request_context(asked: JoinRequest, user: Person) -> dict[str, Any]:
    """What the page of a request shows: to who asked not more than he knows, to who answers all of it."""
    own, runs = asked.user_id == user.pk, is_unit_administrator(asked.unit, user)
    return {
        "asked": asked,
        "own": own,
        "runs": runs,
        "knows": not own or asked.answer == "admitted" or runs,
        "may_answer": not asked.answer and may_answer_join(asked, user),
        "orphan": not has_administrator(asked.unit),
    }


def all_requests(user: Person) -> QuerySet[JoinRequest]:
    """Every request for 科服网's list, with `is_orphan` and, of the ones it may answer, `is_due`."""
    rows = JoinRequest.objects.select_related("unit", "user")
    inside = UnitMember.objects.filter(unit=OuterRef("unit"), user=user)
    return rows.annotate(is_orphan=rows.orphan(), is_inside=Exists(inside))


def invitations_to(user: Person) -> QuerySet[Invitation]:
    """The open invitations to the person's verified number, the newest first."""
    return Invitation.objects.open_to(user).select_related("unit", "office", "by")
