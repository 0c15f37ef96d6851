"""What happens to accounts off the request: text messages leave, old rows go; every task is safe twice."""

from celery import shared_task

from accounts.certification import licences
from accounts.history import sign_ins
from accounts.login import mails
from accounts.models import User
from accounts.own_data import deletion, exports
from accounts.sms import delivery as sms_delivery


@shared_task
def deliver_text(pk: int, attempt: int = 1) -> None:
    """Hand one text message to the gateway, unless this attempt has been made already."""
    wait = sms_delivery.deliver(pk, attempt)
    if wait is not None:
        deliver_text.apply_async((pk, attempt + 1), countdown=wait)


@shared_task
def sweep_texts() -> None:
    """Queue again what was never tried: the broker was away when it was written."""
    for pk in sms_delivery.untried():
        deliver_text.delay(pk)


@shared_task(autoretry_for=(OSError,), max_retries=2, retry_backoff=5)
def deliver_mail(address: str, body: str, subject: str) -> None:
    """Send one mail about an account; it may hold a code and is worth nothing later."""
    mails.deliver(address, body, subject)


@shared_task
def forget_sign_ins() -> None:
    """Remove the login history and the text messages past SIGN_IN_DAYS."""
    sign_ins.forget()
    sms_delivery.forget()


@shared_task
def expire_licences() -> None:
    """Units whose licence has ended certify again."""
    licences.expire_licences()


@shared_task
def remind_of_licences() -> None:
    """Tell units whose licence ends soon."""
    licences.remind_of_licences()


@shared_task
def export_data(pk: int) -> None:
    """Make the copy of a person's data."""
    exports.make_export(pk)


@shared_task
def tidy_data() -> None:
    """Delete copies past their days, and the login history of people who have left."""
    exports.tidy_exports()
    deletion.forget_old_logs()


@shared_task
def delete_accounts() -> None:
    """Take the people out of the accounts whose days of reflection are over."""
    clock = User.objects.clock()
    for pk in deletion.due():
        deletion.delete_account(pk, by=clock)
