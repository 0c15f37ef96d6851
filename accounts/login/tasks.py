"""Mails about an account leave by the worker."""

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail


@shared_task(autoretry_for=(OSError,), max_retries=2, retry_backoff=5)
def deliver_mail(address: str, body: str, subject: str) -> None:
    """Send one mail about an account; it may hold a code and is worth nothing later."""
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
