"""Who may review."""

from typing import Any

from reviews.models import Office, OfficeMember


def is_reviewer_in_turn(case: Any, user: Any) -> bool:
    """A member of the office whose turn it is, not of the unit concerned, who decided no other stage of this case."""
    turn = case.turns.filter(closed_at=None, state=case.state, office__is_active=True, office__members=user).first()
    if turn is None or case.has_member(user):
        return False
    return not case.turns.exclude(state=turn.state).filter(opinions__reviewer=user).exists()


def is_at(user: Any, kind: str) -> bool:
    """Whether the person works at an active office of the kind."""
    return OfficeMember.objects.filter(user=user, office__kind=kind, office__is_active=True).exists()


def is_municipal(user: Any) -> bool:
    """市科技局 sees everything."""
    return is_at(user, Office.Kind.MUNICIPAL)


def is_clock(_case: Any, user: Any) -> bool:
    """Only the system itself takes steps by the clock."""
    return bool(getattr(user, "is_clock", False))
