"""What the clock does on the mornings of working days; safe twice."""

from celery import shared_task

from accounts.messages.services import send_digests
from policy.calendar import today
from policy.working_days import is_working_day


@shared_task
def send_daily_digests() -> None:
    """Tell whoever works at an office what has arrived and what is due."""
    if is_working_day(today()):
        send_digests()
