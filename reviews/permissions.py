"""Who may review."""

from collections.abc import Iterable

from django.db.models import Exists, Q

from records.kinds import kind_for
from records.people import Person
from reviews.models import Office, OfficeMember, ReviewedCase, Turn
from reviews.querysets import apart_from, places_of

Kind, Role = Office.Kind, OfficeMember.Role
BOTH = frozenset({Role.REVIEWER, Role.LEAD})
GIVES = {  # a 负责人 at an office of this kind → kind of office → the roles there that he gives and takes
    Kind.MUNICIPAL: dict.fromkeys(Kind, BOTH),
    Kind.PLATFORM: {
        Kind.DISTRICT: BOTH,
        Kind.BODY: BOTH,
        Kind.EXPERT: frozenset({Role.REVIEWER}),
        Kind.PLATFORM: frozenset({Role.REVIEWER}),
    },
}


OWN_CASE = "您是申请单位的成员，不能审核本单位的事项，请由同事办理。"


def is_reviewer_in_turn(case: ReviewedCase, user: Person) -> bool:
    """A member of the office whose turn it is, not of the unit concerned, who decided no other stage of this case."""
    turns = case.turns.visible_to(user).filter(closed_at=None, state=case.state)
    own = kind_for(case).of(user).filter(pk=case.pk)
    decidable: bool = turns.exclude(Exists(own)).unspoken_by(user).exists()
    return decidable


def objection_to(turn: Turn, case: ReviewedCase, user: Person, turns: Iterable[Turn] | None = None) -> str:
    """Why a member of the turn's office may not decide it, in one sentence; "" if he may.

    turns: those of the case with their opinions, where a page has read them.
    """
    if case.has_member(user):
        return OWN_CASE
    if turns is None:
        had_part = Q(opinions__reviewer=user) | (Q(opinions__second=user) if turn.is_appeal else Q())
        other = case.turns.filter(apart_from(turn.state), had_part).first()
    else:
        spoken = (one for one in turns if has_spoken(one, user, or_signed=turn.is_appeal))
        other = next((one for one in spoken if one.state != turn.state or one.is_appeal), None)
    if other is not None:
        return f"您已办理过本事项的“{other.stage}”，同一事项的不同环节应由不同的人办理，请由同事办理。"
    return ""


def has_spoken(turn: Turn, user: Person, *, or_signed: bool) -> bool:
    """Whether one of the turn's opinions, read already, is the person's; of 复核 (or_signed) also, whether he has signed one."""
    return any(user.pk in (word.reviewer_id, word.second_id if or_signed else 0) for word in turn.opinions.all())


def is_at(user: Person, kind: str) -> bool:
    """Whether the person is at work today at an office of the kind."""
    return places_of(user).filter(office__kind=kind).exists()


def is_municipal(user: Person) -> bool:
    """市科技局 sees everything."""
    return is_at(user, Office.Kind.MUNICIPAL)


def is_clock(_case: object, user: Person) -> bool:
    """The system itself, where a day has passed."""
    return user.is_clock


def is_portal(_case: object, user: Person) -> bool:
    """The system itself, where the step follows from another one: a verdict, an order that has ended."""
    return user.is_clock


def leads_at(user: Person) -> set[str]:
    """The kinds of offices whose 负责人 the person is today; one query."""
    return set(places_of(user).leading().values_list("office__kind", flat=True)) if user.is_active else set()


def gives_in(leads: set[str], kind: str) -> frozenset[str]:
    """The roles at an office of the kind that somebody who leads there gives and takes."""
    return frozenset().union(*(GIVES.get(Kind(lead), {}).get(Kind(kind), frozenset()) for lead in leads))


def keeps_offices(user: Person) -> bool:
    """Whether the people of any office are the person's to keep."""
    return bool(leads_at(user) & set(GIVES))


def kinds_kept_by(leads: set[str]) -> list[str]:
    """The kinds of offices whose people somebody who leads there keeps."""
    return [kind for kind in Kind.values if gives_in(leads, kind)]


def may_invite_to_office(office: Office, user: Person, role: str, leads: set[str] | None = None) -> bool:
    """Whether the person may give the role at the office to somebody else; leads: as in `may_change_place`."""
    return office.is_active and role in gives_in(leads_at(user) if leads is None else leads, office.kind)


def may_change_place(place: OfficeMember, user: Person, leads: set[str] | None = None) -> bool:
    """Whether the person may change somebody's place: never his own, never one whose role he does not give.

    leads: `leads_at(user)`, where a page has asked already.
    """
    leads = leads_at(user) if leads is None else leads
    return place.user_id != user.pk and place.role in gives_in(leads, place.office.kind)
