"""What the clock does to admissions; all of it safe twice."""

import datetime as dt
import logging

from celery import shared_task

from catalog.admissions.notices import REMINDER
from catalog.admissions.services import move_admission
from catalog.desk.tasks import carry_on, sweep_acts
from catalog.gallery.tasks import make, sweep_pictures
from catalog.mall.seeing import write_counts
from catalog.mall.services import refresh_all
from catalog.mall.vocabulary import make_vocabulary
from catalog.models import Admission
from catalog.sheets.tasks import judge, publish, sweep_sheets, tidy_sheets, undo
from catalog.shelf import amiss, labs_amiss
from catalog.workflow import State
from policy.calendar import SHANGHAI, today
from policy.models import PolicyVersion
from reviews.clock import lapse_each, once

__all__ = [
    "carry_on",
    "check_shelf",
    "expire",
    "judge",
    "make",
    "publish",
    "remind",
    "sweep_acts",
    "sweep_pictures",
    "sweep_sheets",
    "tidy_sheets",
    "undo",
    "write_seen_counts",
]
logger = logging.getLogger(__name__)
OVER = "入驻有效期届满。"


@shared_task
def check_shelf() -> None:
    """Say what the shelf and the list of laboratories hold wrongly: the database keeps them, so that each is a fault of the portal."""
    for number in amiss():
        logger.error("shelf and product differ: %s", number)
    for name in labs_amiss():
        logger.error("list of laboratories and its sources differ: %s", name)


@shared_task
def write_seen_counts() -> None:
    """Write how often services were seen since the last time."""
    write_counts()


@shared_task
def renew_search() -> None:
    """Bring the texts that are searched up to date, whatever was changed on which way, and make the known words anew."""
    refresh_all()
    make_vocabulary()


@shared_task
def expire() -> None:
    """End the admissions whose last day is past: the marks of their products rest from now on."""
    lapse_each(Admission.objects.ended(), move_admission, OVER, step="expire")


@shared_task
def remind() -> None:
    """Tell the units twice before the last day, unless a renewal is with the platform."""
    reminders = PolicyVersion.objects.in_force().admission_reminders
    latest = today() + dt.timedelta(days=max(reminders))
    for admission in Admission.objects.ending_by(latest).select_related("unit"):
        if not admission.unit.admissions.filter(state=State.PENDING).exists():
            remind_of(admission, reminders)


def remind_of(admission: Admission, reminders: tuple[int, int]) -> None:
    """Once in each of the two spans. reminders: days before the last day, the nearest first."""
    ahead = next(days for days in reminders if admission.days_left <= days)
    since = dt.datetime.combine(admission.last_day - dt.timedelta(days=ahead), dt.time.min, SHANGHAI)
    once(REMINDER, admission, since=since, days=admission.days_left)
