"""Mails leave one by one: a try is counted and kept before the mail is on its way, and no transaction is open meanwhile."""

import contextlib
import logging
import smtplib
import time

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from notifications.channels import send_by_mail
from notifications.models import MOST_TRIES, PAUSES, Delivery, DeliveryQuerySet

logger = logging.getLogger(__name__)
SWEEP_SECONDS = 50.0  # for which one sweep sends; the next one goes on
PER_LINE = 100  # mails over one connection: many servers take no more


def claim(mails: DeliveryQuerySet) -> Delivery | None:
    """Take the first of these mails that nobody holds: its try counts from here, and its next one has a time."""
    with transaction.atomic():
        mail = mails.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
        if mail is None:
            return None
        pause = PAUSES[mail.tries] if mail.tries < MOST_TRIES - 1 else PAUSES[-1]
        mail.tries, mail.due_at = mail.tries + 1, timezone.now() + pause
        mail.save(update_fields=["tries", "due_at"])
    return mail


def send(mail: Delivery, line: BaseEmailBackend | None = None) -> Exception | None:
    """Send a mail that was claimed; return what went wrong, which is kept with it. Whatever it is, others go on."""
    try:
        if line is not None:
            line.open()
        send_by_mail(mail.notice, mail.address, line)
    except Exception as trouble:
        logger.exception("mail %s was not sent", mail.pk)
        Delivery.objects.filter(pk=mail.pk).update(problem=in_words(trouble))
        return trouble
    Delivery.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), problem="")
    return None


def in_words(trouble: Exception) -> str:
    """What went wrong, on one line."""
    return " ".join(f"{type(trouble).__name__} {trouble}".split())[:200]


def deliver_new(pk: int) -> bool:
    """Send a mail that nobody has tried yet; False where there is none."""
    mail = claim(Delivery.objects.waiting().filter(pk=pk, tries=0))
    return mail is not None and send(mail) is None


def sweep(seconds: float = SWEEP_SECONDS) -> int:
    """Send what is due, over few connections, until the time is over; return how many were tried.

    A server that does not answer ends it: the others keep their tries.
    """
    ends, tried, is_there = time.monotonic() + seconds, 0, True
    while is_there and time.monotonic() < ends:
        number, is_there = send_over_one_line(ends)
        tried += number
    return tried


def send_over_one_line(ends: float) -> tuple[int, bool]:
    """Send what is due over one connection; (how many were tried, whether more may follow)."""
    line: BaseEmailBackend = get_connection()
    try:
        for number in range(PER_LINE):
            mail = claim(Delivery.objects.due()) if time.monotonic() < ends else None
            if mail is None:
                return number, False
            if is_away(send(mail, line)):
                return number + 1, False
        return PER_LINE, True
    finally:
        with contextlib.suppress(OSError):  # nothing is lost with a connection that does not end as it should
            line.close()


def is_away(trouble: Exception | None) -> bool:
    """Whether the server does not answer, or not us; what it refuses of one mail is a matter of that mail."""
    about_one = smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError
    return isinstance(trouble, OSError) and not isinstance(trouble, about_one)
