"""What the pages 单位与人员 show."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Invitation
from records.labels import label_of
from records.people import Person
from reviews.models import Office, OfficeMember
from reviews.offices import with_counts
from reviews.permissions import gives_in, may_change_place

HERE = ("单位与人员", "office_list")
LATEST = 20  # lines of the office's trail


def crumbs(*here: tuple[str, str]) -> list[tuple[str, str]]:
    """(label, url) from the list to this page."""
    return [(HERE[0], reverse(HERE[1])), *here]


def offices_kept_by(leads: set[str]) -> QuerySet[Office]:
    """The offices whose people somebody who leads there keeps, as the list reads them."""
    kinds = [kind for kind in Office.Kind.values if gives_in(leads, kind)]
    offices = Office.objects.filter(kind__in=kinds).select_related("district")
    return with_counts(offices).order_by("-is_active", "kind", "district__order", "name")


def office_page(office: Office, user: Person, leads: set[str]) -> dict[str, Any]:
    """The office's facts, its people with what may be done with each, open invitations, the latest of its trail."""
    places = list(OfficeMember.objects.filter(office=office).to_show())
    for place in places:
        place.office = office
        place.acts = acts_of(place, user, leads)
    events = office.events.select_related("actor").order_by("-sequence")[:LATEST]
    invitations = Invitation.objects.filter(office=office, closed_at=None).order_by("-at")
    may_invite = office.is_active and bool(gives_in(leads, office.kind))
    return {
        "office": office,
        "standing": [place for place in places if not place.is_over],
        "over": [place for place in places if place.is_over],
        "is_expert": office.kind == Office.Kind.EXPERT,
        "invitations": [invitation for invitation in invitations if invitation.is_open],
        "invite": reverse("office_invite", args=[office.pk]) if may_invite else "",
        "events": [
            {"label": label_of(event), "at": event.at, "by": str(event.actor), "note": event.text} for event in events
        ],
        "crumbs": crumbs((office.name, "")),
    }


def acts_of(place: OfficeMember, user: Person, leads: set[str]) -> list[dict[str, str]]:
    """[{label, url}] of what the person may do with a place."""
    if not may_change_place(place, user, leads):
        return []
    verbs: list[tuple[str, str]] = []
    if place.is_over:
        verbs = [] if place.is_stand_in or not place.office.is_active else [("恢复", "place_return")]
    elif place.is_stand_in:
        verbs = [("结束代理", "place_end")]
    else:
        leave = [] if place.office.kind == Office.Kind.EXPERT else [("安排代理", "place_stand_in")]
        verbs = [("改角色", "place_role"), *leave, ("停用", "place_end")]
    return [{"label": label, "url": reverse(name, args=[place.pk])} for label, name in verbs]
