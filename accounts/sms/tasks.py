"""Text messages leave by the worker, and old ones go; every task is safe twice."""

from celery import shared_task

from accounts.sms import delivery


@shared_task
def deliver_text(pk: int, attempt: int = 1) -> None:
    """Hand one text message to the gateway, unless this attempt has been made already."""
    wait = delivery.deliver(pk, attempt)
    if wait is not None:
        deliver_text.apply_async((pk, attempt + 1), countdown=wait)


@shared_task
def sweep_texts() -> None:
    """Queue again what was never tried: the broker was away when it was written."""
    for pk in delivery.untried():
        deliver_text.delay(pk)


@shared_task
def forget_texts() -> None:
    """Remove the text messages past SIGN_IN_DAYS."""
    delivery.forget()
