"""Who reads how the portal runs."""

from records.people import Person
from seals.permissions import reads_seals


def reads_watch(user: Person) -> bool:
    """Whoever keeps accounts or audits, and 市科技局: the same who read whether the past holds. It names no case and no firm."""
    return reads_seals(user)
