"""Text messages leave by the worker, and old ones go; every task is safe twice."""

from celery import shared_task

from accounts.sms import delivery
from accounts.sms.delivery import TEXTS


@shared_task
def deliver_text(pk: int, attempt: int = 1) -> None:
    """Hand one text message to the gateway, unless this attempt has been made already."""
    wait = delivery.deliver(TEXTS, pk, attempt)
    if wait is not None:
        deliver_text.apply_async((pk, attempt + 1), countdown=wait)


@shared_task
def sweep_texts() -> None:
    """Send what was never tried (the broker was away when it was written), close what its worker left."""
    for pk in delivery.untried(TEXTS):
        deliver_text(pk)
    delivery.close_abandoned(TEXTS)


@shared_task
def forget_texts() -> None:
    """Remove the text messages past SIGN_IN_DAYS."""
    delivery.forget(TEXTS)
