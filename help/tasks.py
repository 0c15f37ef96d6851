"""What the worker does by night; safe twice."""

from celery import shared_task

from help import telling


@shared_task
def count_fill_times() -> None:
    """Tell anew how long each form usually takes."""
    telling.count_fill_times()
