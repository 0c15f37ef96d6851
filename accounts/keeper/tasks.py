"""What the clock tells whoever keeps the accounts; safe twice."""

from celery import shared_task

from accounts.keeper import services


@shared_task
def tell_undelivered() -> None:
    """Tell what could not be delivered after the last try."""
    services.tell_undelivered()
