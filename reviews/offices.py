"""Which office takes a case."""

from typing import Any

from django.db.models import Count, Q

from records.rules import RuleBroken
from reviews.models import Office


def body_of(case: Any) -> Office:
    """The professional body that had the case before, else the one with the fewest open cases."""
    bodies = Office.objects.filter(kind=Office.Kind.BODY, is_active=True)
    earlier = case.turns.filter(office__in=bodies).order_by("-pk").select_related("office").first()
    if earlier is not None:
        return earlier.office
    waiting = Count("turns", filter=Q(turns__closed_at=None))
    office = bodies.annotate(waiting=waiting).order_by("waiting", "pk").first()
    if office is None:
        raise RuleBroken("R-OFFICE", "专业机构尚未设置，暂时不能办理，请联系技术支持 23532900-817。")
    return office
