"""The alarm: the past does not hold."""

from django.db.models import Q, QuerySet

from accounts.models import Duty, User
from notifications.kinds import Kind
from records.people import Person
from seals.models import Audit


def keepers(_audit: Audit) -> QuerySet[Person]:
    """Whoever keeps accounts or audits, and whoever may do all."""
    people: QuerySet[Person] = User.objects.filter(Q(duty__in=[Duty.ACCOUNTS, Duty.AUDIT]) | Q(is_superuser=True))
    return people


BROKEN = Kind("audit_broken", keepers)
