"""The alarm: a backup failed, or the last one is old."""

from django.db.models import Q, QuerySet

from accounts.models import Duty, User
from backups.models import Backup
from notifications.kinds import Kind
from records.people import Person


def keepers(_backup: Backup) -> QuerySet[Person]:
    """Whoever keeps accounts or audits, and whoever may do all."""
    people: QuerySet[Person] = User.objects.filter(Q(duty__in=[Duty.ACCOUNTS, Duty.AUDIT]) | Q(is_superuser=True))
    return people


FAILED = Kind("backup_failed", keepers)
