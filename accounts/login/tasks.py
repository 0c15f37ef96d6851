"""Mails about an account leave by the worker, and old ones go; every task is safe twice."""

from celery import shared_task

from accounts.login.carrier import MAILS
from accounts.sms import delivery


@shared_task
def deliver_mail(pk: int, attempt: int = 1) -> None:
    """Send one mail about an account, unless this attempt has been made already."""
    wait = delivery.deliver(MAILS, pk, attempt)
    if wait is not None:
        deliver_mail.apply_async((pk, attempt + 1), countdown=wait)


@shared_task
def sweep_account_mails() -> None:
    """Send what was never tried (the broker was away when it was written), close what its worker left."""
    for pk in delivery.untried(MAILS):
        deliver_mail(pk)
    delivery.close_abandoned(MAILS)


@shared_task
def forget_account_mails() -> None:
    """Remove the mails past SIGN_IN_DAYS."""
    delivery.forget(MAILS)
