"""What the clock does to admissions; all of it safe twice."""

import datetime as dt

from celery import shared_task

from catalog.admissions.notices import REMINDER
from catalog.admissions.services import move_admission
from catalog.models import Admission
from catalog.workflow import State
from policy.calendar import SHANGHAI, today
from reviews.clock import lapse_each, once

DAYS_AHEAD = (15, 60)  # before the last day


@shared_task
def expire() -> None:
    """End the admissions whose last day is past: the marks of their products rest from now on."""
    lapse_each(Admission.objects.ended(), move_admission, "入驻有效期届满。", step="expire")


@shared_task
def remind() -> None:
    """Tell the units 60 and 15 days before the last day, unless a renewal is with the platform."""
    latest = today() + dt.timedelta(days=max(DAYS_AHEAD))
    for admission in Admission.objects.ending_by(latest).select_related("unit"):
        if not admission.unit.admissions.filter(state=State.PENDING).exists():
            remind_of(admission)


def remind_of(admission: Admission) -> None:
    """Once in each of the two spans."""
    ahead = next(days for days in DAYS_AHEAD if admission.days_left <= days)
    since = dt.datetime.combine(admission.last_day - dt.timedelta(days=ahead), dt.time.min, SHANGHAI)
    once(REMINDER, admission, since=since, days=admission.days_left)
