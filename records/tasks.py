"""Answers that nobody will ask for again go, and papers that nothing names; every task is safe twice."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from records import retention
from records.models import Answer
from records.pictures.services import forget_gone
from records.pictures.tasks import draw

__all__ = ["draw", "forget_answers", "remove_papers"]
KEPT = dt.timedelta(days=1)


@shared_task
def forget_answers() -> None:
    """Remove the answers to what was sent more than a day ago."""
    Answer.objects.filter(created_at__lt=timezone.now() - KEPT).delete()


@shared_task
def remove_papers() -> None:
    """Remove papers that nothing has named for a day, and files and pictures of no paper."""
    retention.remove_papers()
    retention.remove_files()
    forget_gone()
