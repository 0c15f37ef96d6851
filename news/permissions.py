"""Who writes for everybody."""

from records.people import Person
from records.rules import RuleBroken
from reviews.models import Office
from reviews.querysets import places_of

KINDS = (Office.Kind.PLATFORM, Office.Kind.MUNICIPAL)
NOT_YOURS = "R-PERM", "只有科服网平台和市科技局可以发布。"


def office_of(user: Person) -> Office | None:
    """The office in whose name the person publishes and announces; None where he does not."""
    place = (
        places_of(user).filter(office__kind__in=KINDS).select_related("office").order_by("office__kind", "pk").first()
    )
    return place.office if place else None


def check_writer(by: Person) -> Office:
    """The office in whose name he publishes; RuleBroken unless he is at work at the platform or at 市科技局."""
    office = office_of(by)
    if office is None:
        raise RuleBroken(*NOT_YOURS)
    return office
