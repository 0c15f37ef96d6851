"""Who counts as staff: those whose sign-in is guarded more closely (domain.md §10)."""

from records.people import Visitor
from reviews.models import OfficeMember


def is_staff(user: Visitor) -> bool:
    """A reviewer, an expert, an official of the city, or an administrator; one query for everybody else."""
    if not user.is_authenticated:
        return False
    return (
        bool(user.is_superuser or user.is_staff or user.duty)
        or OfficeMember.objects.filter(user=user).at_work().exists()
    )
