"""专家库: who is in it, who of it may hear these cases, and whom the system proposes."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from records.rules import RuleBroken
from reviews.experts.conflicts import Conflict, cases_of, conflicts_in, near_to
from reviews.models import Office, OfficeMember, PanelSeat, Turn
from reviews.querysets import OfficeMemberQuerySet

BUSY_FOR = timedelta(days=365)  # how far back it is counted how much somebody has heard


def in_pool() -> OfficeMemberQuerySet:
    """Everybody in the pool today, with what he says of himself; financial ones first, then by name."""
    members = OfficeMember.objects.at_work().filter(office__kind=Office.Kind.EXPERT, user__is_active=True)
    return members.select_related("user__expert_profile", "office").order_by("-is_financial", "user__name_key", "pk")


def free_for(turns: Sequence[Turn]) -> OfficeMemberQuerySet:
    """Those of the pool who may hear all these cases and sit in the group of none of them."""
    seated = PanelSeat.objects.filter(turn__in=[turn.pk for turn in turns]).values("expert")
    willing = in_pool().exclude(user__in=seated).exclude(user__expert_profile__is_resting=True)
    for near in near_to(cases_of(turns)):
        willing = willing.exclude(user__in=near.rows.order_by().values(near.person))
    return willing


def seated_in(turns: Sequence[Turn]) -> set[int]:
    """Who sits, or sat, in the groups of these turns."""
    return set(PanelSeat.objects.filter(turn__in=[turn.pk for turn in turns]).values_list("expert", flat=True))


def check_experts(turns: Sequence[Turn], members: Collection[OfficeMember], *, seated: Collection[int]) -> None:
    """Raise RuleBroken, naming whom and why, unless all of them may be seated in the groups of these turns.

    seated: who sits, or sat, in these groups.
    """
    for member in members:
        if member.office.kind != Office.Kind.EXPERT or not member.is_at_work or not member.user.is_active:
            raise RuleBroken("R-PANEL", f"{member.user}不在专家库中，请更换。")
        if member.user_id in seated:
            raise RuleBroken("R-REL", f"{member.user}已在专家组中，或已声明回避，请更换。")
    found = conflicts_in(cases_of(turns), {member.user_id for member in members})
    for member in members:
        if member.user_id in found:
            raise RuleBroken("R-REL", conflict_words(member, found[member.user_id]))


def conflict_words(member: OfficeMember, conflict: Conflict) -> str:
    """The sentence that refuses an expert for a case."""
    return f"{member.user}{conflict.why}（{conflict.case.number}），不能评审，请更换。"


def with_load(members: OfficeMemberQuerySet) -> OfficeMemberQuerySet:
    """With `heard`: on how many seats somebody was put within a year; `waits`: on how many he owes a word."""
    recent = Q(user__seats__assigned_at__gte=timezone.now() - BUSY_FOR)
    open_seats = Q(user__seats__given_at=None, user__seats__recused_at=None, user__seats__turn__closed_at=None)
    here = Q(user__seats__isnull=False)
    return members.annotate(
        heard=Count("user__seats", filter=recent), waits=Count("user__seats", filter=here & open_seats)
    )


def propose(members: Sequence[Any], size: int, fields: Collection[str] = ()) -> list[Any]:
    """Whom the system proposes of these (`with_load`).

    One financial expert at least; who knows the fields before others, who is least busy before others; no two of one
    employer as long as others are left. Fewer than `size` where the pool holds no more.
    """
    ranked = sorted(members, key=lambda member: rank_of(member, fields))
    chosen = next(([member] for member in ranked if member.is_financial), [])
    for again in (False, True):
        for member in ranked:
            if len(chosen) < size and member not in chosen and (again or employer_of(member) not in employers(chosen)):
                chosen.append(member)
    return chosen


def rank_of(member: OfficeMember, fields: Collection[str]) -> tuple[bool, bool, int, int, int]:
    """The lower the better: knows a field, says where he works, owes few words, was asked seldom."""
    profile = profile_of(member)
    known = profile is not None and bool(set(profile.specialties) & set(fields))
    return (bool(fields) and not known, profile is None, *load_of(member), member.pk)


def load_of(member: OfficeMember) -> tuple[int, int]:
    """On how many seats he owes a word, and on how many he was put within a year, as `with_load` counts."""
    return getattr(member, "waits", 0), getattr(member, "heard", 0)


def profile_of(member: OfficeMember) -> Any:
    """What the expert says of himself; None where he has said nothing yet."""
    return getattr(member.user, "expert_profile", None)


def employer_of(member: OfficeMember) -> str:
    """His employer as it is compared; of one who has named none himself alone."""
    profile = profile_of(member)
    return profile.employer_key if profile else f"#{member.pk}"


def employers(members: Collection[OfficeMember]) -> set[str]:
    """Where these work."""
    return {employer_of(member) for member in members}
