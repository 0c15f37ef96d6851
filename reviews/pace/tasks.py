"""What the worker does by night; safe twice."""

from celery import shared_task

from reviews.pace import services


@shared_task
def renew_usual_times() -> None:
    """Tell anew how long each step usually takes at each office."""
    services.renew_usual()
