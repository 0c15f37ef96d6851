"""Who reads how the registers are reached."""

from records.people import Person
from reviews.models import Office
from reviews.permissions import is_at

KEEPING = frozenset({"accounts", "audit"})  # duties of the portal (domain.md §4)


def reads_registers(user: Person) -> bool:
    """市科技局, the platform, and who keeps or audits the portal."""
    if user.is_superuser or user.duty in KEEPING:
        return True
    return is_at(user, Office.Kind.MUNICIPAL) or is_at(user, Office.Kind.PLATFORM)
