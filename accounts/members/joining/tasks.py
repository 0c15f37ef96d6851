"""What the clock does with promised days; safe twice."""

from celery import shared_task

from accounts.models import JoinRequest
from policy.models import PolicyVersion
from policy.working_days import add_working_days, kept_days
from reviews.deadlines import put_off_turns


@shared_task
def put_off_promises() -> None:
    """The days promised by offices, and by units to people who ask to join, move later where the calendar says so."""
    put_off_turns()
    put_off_replies()


def put_off_replies() -> None:
    """The days by which units answer who asks to join."""
    table = kept_days()
    for asked in JoinRequest.objects.open().order_by("pk"):
        days = PolicyVersion.objects.remembered(asked.at).join_reply_days
        later = add_working_days(asked.at, days, table)
        JoinRequest.objects.open().filter(pk=asked.pk, due_on__lt=later).update(due_on=later)
