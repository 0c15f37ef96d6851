"""Who may review."""

from typing import Any

from reviews.models import Office, OfficeMember


def is_reviewer_in_turn(case: Any, user: Any) -> bool:
    """A member of the office whose turn it is, not of the unit concerned, who decided no other stage of this case."""
    turn = case.turns.filter(closed_at=None, state=case.state, office__is_active=True, office__members=user).first()
    return turn is not None and not objection_to(turn, case, user)


def objection_to(turn: Any, case: Any, user: Any) -> str:
    """Why a member of the turn's office may not decide it, in one sentence; "" if he may."""
    if case.has_member(user):
        return "您是申请单位的成员，不能审核本单位的事项，请由同事办理。"
    other = case.turns.exclude(state=turn.state).filter(opinions__reviewer=user).first()
    if other is not None:
        return f"您已办理过本事项的“{other.stage}”，同一事项的不同环节应由不同的人办理，请由同事办理。"
    return ""


def is_at(user: Any, kind: str) -> bool:
    """Whether the person works at an active office of the kind."""
    return OfficeMember.objects.filter(user=user, office__kind=kind, office__is_active=True).exists()


def is_municipal(user: Any) -> bool:
    """市科技局 sees everything."""
    return is_at(user, Office.Kind.MUNICIPAL)


def is_clock(_case: Any, user: Any) -> bool:
    """Only the system itself takes steps by the clock."""
    return bool(getattr(user, "is_clock", False))
