"""Questions leave by the worker, and old ones go; every task is safe twice."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from policy.calendar import today
from registers import asking
from registers.models import DayCount, Question

CLOSED_DAYS, COUNTED_DAYS = 90, 31  # for which closed questions and the counts of a day are kept


@shared_task
def check_question(pk: int) -> None:
    """Ask one question, unless it has been asked already."""
    asking.attempt(pk)


@shared_task
def sweep_questions() -> None:
    """Ask what is due again, what the queue has lost, and what a worker has left."""
    asking.sweep()


@shared_task
def forget_questions() -> None:
    """Remove closed questions and counts past their days; the answers stay."""
    Question.objects.filter(closed_at__lt=timezone.now() - dt.timedelta(days=CLOSED_DAYS)).delete()
    DayCount.objects.filter(day__lt=today() - dt.timedelta(days=COUNTED_DAYS)).delete()
