"""What the page of a turn shows of who has it, and the head's page of who has what."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Min, Q
from django.utils import timezone

from policy.models import PolicyVersion
from policy.working_days import working_days_of
from records.people import Person
from reviews.claims.permissions import claim_of
from reviews.claims.sharing import hands_of, to_share
from reviews.models import Office, Turn, TurnClaim
from reviews.querysets import alive, aside

MINUTE = 60  # seconds
SIGN = 60  # seconds between two signs of life of a page that is in sight; a shorter lease has three
SIGNS = 3  # in a lease, at least


def sign_seconds() -> int:
    """Seconds between two signs of life of an open page."""
    return min(SIGN, PolicyVersion.objects.remembered().lease_minutes * MINUTE // SIGNS)


def claim_context(turn: Turn, user: Person, *, may: bool) -> dict[str, Any]:
    """{words, key, is_mine, may, seconds, gives, note} for reviews/claim_state.html; may: whether the person may decide the open turn."""
    claim = claim_of(turn)
    is_mine = claim is not None and claim.person_id == user.pk
    return {
        "claim": claim,
        "words": told_to(claim, user),
        "key": key_of(claim),
        "is_mine": is_mine,
        "may": may,
        "seconds": sign_seconds(),
        "gives": getattr(turn, "has_colleague", True),
        "note": claim if claim is not None and is_mine and claim.note else None,
    }


def told_to(claim: TurnClaim | None, user: Person) -> str:
    """Who has the turn, as this person reads it."""
    if claim is None:
        return "还没有人认领。"
    if claim.person_id != user.pk:
        return f"{claim.words}。"
    if claim.is_aside:
        return f"您已搁置至 {claim.aside_until:%Y-%m-%d}：{claim.reason}。到期自动回到待办。"
    return f"您正在办理，{claim.since_words} 起。"


def key_of(claim: TurnClaim | None) -> str:
    """Tells whether the state that a page shows is still the present one."""
    return f"{claim.person_id}.{claim.since:%H%M%S}.{claim.is_kept}.{claim.is_aside}" if claim else ""


@dataclass
class Load:
    """What one person of an office has: given to him, open before him, put aside; the oldest and what is overdue among it."""

    person: Person
    is_here: bool  # at work at the office today
    kept: int = 0
    leased: int = 0
    aside: int = 0
    oldest: dt.datetime | None = None
    overdue: int = 0
    days: int = 0  # working days since the oldest arrived

    @property
    def total(self) -> int:
        """How many turns the person has."""
        return self.kept + self.leased + self.aside


def loads_of(office: Office) -> list[Load]:
    """What everybody at the office has, those first who are at work there; who has left and still has something last."""
    held: dict[int, Any] = {row.pop("person"): row for row in held_at(office)}
    people = [place.user for place in hands_of(office)]
    gone = set(held) - {person.pk for person in people}
    others = get_user_model().objects.filter(pk__in=gone).order_by("name_key", "pk") if gone else []
    loads = [Load(person, is_here=True, **held.get(person.pk, {})) for person in people]
    loads += [Load(person, is_here=False, **held[person.pk]) for person in others]
    aged = [load for load in loads if load.oldest is not None]
    days = working_days_of((load.oldest, timezone.now()) for load in aged if load.oldest is not None)
    for load, used in zip(aged, days, strict=True):
        load.days = used
    return loads


def held_at(office: Office) -> list[dict[str, Any]]:
    """{person, kept, leased, aside, oldest, overdue} of those who have turns of the office; one question."""
    claims = TurnClaim.objects.filter(alive(), turn__office=office, turn__closed_at=None).order_by()
    rows = claims.values("person").annotate(
        kept=Count("pk", filter=Q(is_kept=True) & ~aside()),
        leased=Count("pk", filter=Q(is_kept=False) & ~aside()),
        aside=Count("pk", filter=aside()),
        oldest=Min("turn__opened_at"),
        overdue=Count("pk", filter=Q(turn__due_on__lt=timezone.localdate())),
    )
    return [dict(row) for row in rows]


def free_at(office: Office) -> dict[str, Any]:
    """{count, oldest, overdue} of the open turns of the office that nobody has."""
    overdue = Count("pk", filter=Q(due_on__lt=timezone.localdate()))
    return to_share(office).order_by().aggregate(count=Count("pk"), oldest=Min("opened_at"), overdue=overdue)
