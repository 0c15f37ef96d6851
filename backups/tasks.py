"""A backup every night, a look every hour; both safe twice."""

import datetime as dt
import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from backups.making import make
from backups.models import Backup
from backups.places import is_set_up, places
from backups.refusals import Busy, Refused
from backups.retention import Plan
from backups.services import write_made, write_trouble
from backups.standing import last_backup

logger = logging.getLogger(__name__)
AGAIN = dt.timedelta(hours=12)  # within which the same night's task, come twice, makes no second one
TOLD = dt.timedelta(hours=20)  # within which the same trouble is not told again
ALIKE = 8  # first signs by which two sentences tell of the same


@shared_task
def back_up() -> None:
    """Make tonight's backup where backups are set up."""
    good = Backup.objects.filter(trouble="").first()
    if is_set_up() and not (good and timezone.now() - good.ended_at < AGAIN):
        try_one()


@shared_task
def look_at_backups() -> None:
    """Tell the keepers, each thing once a day, what is wrong with the backups."""
    told = Backup.objects.filter(ended_at__gt=timezone.now() - TOLD)
    for trouble in last_backup().troubles:
        if not told.filter(trouble__startswith=trouble[:ALIKE]).exists():
            write_trouble(trouble, is_alarm=True)
            logger.error("backups: %s", trouble)


def plan() -> Plan:
    """How long backups are kept, by the settings."""
    own = settings.BACKUPS
    return Plan(own["days"], own["weeks"], own["months"])


def try_one() -> Backup | None:
    """Make one and write down what came of it; None where another one is at work."""
    began = timezone.now()
    try:
        return write_made(make(places(), keep=plan()))
    except Busy as busy:
        logger.info("%s", busy)
        return None
    except Refused as refused:
        logger.exception("no backup")
        return write_trouble(str(refused), began_at=began)
