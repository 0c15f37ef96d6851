"""Who reads what was sealed."""

from accounts.models import Duty
from records.people import Person
from reviews.models import Office
from reviews.permissions import is_at


def reads_seals(user: Person) -> bool:
    """Whoever keeps accounts or audits, and 市科技局."""
    return bool(user.is_superuser or user.duty in {Duty.ACCOUNTS, Duty.AUDIT} or is_at(user, Office.Kind.MUNICIPAL))


def proves_cases(user: Person) -> bool:
    """Whoever audits: a proof holds every line of the case."""
    return bool(user.duty == Duty.AUDIT)
