"""What the pages 单位与人员 show."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Invitation
from records.kinds import own_cases
from records.labels import label_of
from records.models import Event
from records.people import Person
from reviews.claims.sharing import SHARED_CASES
from reviews.models import Lies, Office, OfficeMember, PanelSeat, Turn
from reviews.offices import counted, stuck_turns, with_counts
from reviews.permissions import gives_in, may_change_place
from reviews.places import VACATED_SEATS

HERE = ("单位与人员", "office_list")
LATEST = 20  # lines of the office's trail
NUMBER = re.compile(r"[A-Z]{2}[0-9]{11}")  # of a case
BY_CASES = {
    "shared_out": SHARED_CASES
}  # a line that names cases, and before what it names them; any other: VACATED_SEATS


def crumbs(*here: tuple[str, str]) -> list[tuple[str, str]]:
    """(label, url) from the list to this page."""
    return [(HERE[0], reverse(HERE[1])), *here]


def offices_kept_by(leads: set[str]) -> QuerySet[Office]:
    """The offices whose people somebody who leads there keeps, as the list reads them."""
    kinds = [kind for kind in Office.Kind.values if gives_in(leads, kind)]
    offices = Office.objects.filter(kind__in=kinds).select_related("district")
    offices = with_counts(offices).annotate(stuck=counted(stuck_turns()))
    return offices.order_by("-is_active", "kind", "district__order", "name")


def office_page(office: Office, user: Person, leads: set[str]) -> dict[str, Any]:
    """The office's facts, its people with what may be done with each, open invitations, the latest of its trail."""
    places = list(OfficeMember.objects.filter(office=office).to_show())
    for place in places:
        place.office = office
        place.acts = acts_of(place, user, leads)
    events = office.events.select_related("actor").order_by("-sequence")[:LATEST]
    invitations = Invitation.objects.filter(office=office, closed_at=None).order_by("-at")
    own = own_numbers_in(events, user)
    may_invite = office.is_active and bool(gives_in(leads, office.kind))
    return {
        "office": office,
        "standing": [place for place in places if not place.is_over],
        "over": [place for place in places if place.is_over],
        "is_expert": office.kind == Office.Kind.EXPERT,
        "invitations": [invitation for invitation in invitations if invitation.is_open],
        "invite": reverse("office_invite", args=[office.pk]) if may_invite else "",
        "events": [
            {"label": label_of(event), "at": event.at, "by": str(event.actor), "note": words_told(event, own)}
            for event in events
        ],
        "stuck": stuck_words(office) if getattr(office, "stuck", 0) else "",
        "crumbs": crumbs((office.name, "")),
    }


def stuck_words(office: Office) -> str:
    """Which of the office's cases wait for somebody to be appointed."""
    numbers = list(stuck_turns().filter(office=office).order_by("pk").values_list("number", flat=True)[: LATEST + 1])
    named = "、".join(numbers[:LATEST]) + (" 等" if len(numbers) > LATEST else "")
    return f"这些待办现有人员都不能办理（无人在岗，或都办理过其他环节），请安排其他人员：{named}。"


def seats_told(seats: list[PanelSeat], user: Person) -> list[PanelSeat]:
    """The seats without those in cases of the reader's own unit, whose experts he is not told."""
    own = set(
        Turn.objects.filter(own_cases(user), pk__in=[seat.turn_id for seat in seats]).values_list("pk", flat=True)
    )
    return [seat for seat in seats if seat.turn_id not in own]


def words_told(event: Event, own: Collection[str]) -> str:
    """What the office's trail says, without what goes by cases where one of them is of the reader's unit (ADR 0079)."""
    head, mark, _ = event.text.partition(BY_CASES.get(event.step, VACATED_SEATS))
    if not mark or not any(number in event.text for number in own):
        return event.text
    return head + mark if event.step in BY_CASES else head


def own_numbers_in(events: Sequence[Event], user: Person) -> set[str]:
    """The numbers of the cases of the person's own unit that these lines name; nothing is asked where none names a case."""
    named = {number for event in events for number in NUMBER.findall(event.text)}
    rows = (
        Turn.objects.filter(own_cases(user), lies__in=Lies.values, number__in=named) if named else Turn.objects.none()
    )
    return set(rows.values_list("number", flat=True))


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
