"""Which messages about a case have reached nobody, and at which addresses."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from notifications.models import Delivery, Notice
from reviews.models import Turn


def with_unreached(turns: QuerySet[Turn]) -> QuerySet[Turn]:
    """The turns with `unreached`: the addresses at which messages about the case could not be delivered."""
    rows = Delivery.objects.unreached().filter(
        notice__case_type=OuterRef("case_type"), notice__case_id=OuterRef("case_id")
    )
    return turns.annotate(unreached=ArraySubquery(rows.order_by("address").values("address").distinct()))


def news_of(turn: Turn) -> QuerySet[Notice]:
    """The messages to the applicant's people about the case of the turn, the latest first, each with its ways."""
    told = Notice.objects.filter(case_type=turn.case_type_id, case_id=turn.case_id)
    members = turn.case.applicant.members.values("pk")
    return (
        told.filter(recipient__in=members)
        .select_related("recipient")
        .prefetch_related("deliveries")
        .order_by("-at", "-pk")
    )
