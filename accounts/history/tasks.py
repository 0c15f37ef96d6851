"""Old sign-ins and sessions go; the task is safe twice."""

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore

from accounts.history import sign_ins


@shared_task
def forget_sign_ins() -> None:
    """Remove the login history past SIGN_IN_DAYS, and the sessions that are over."""
    sign_ins.forget()
    SessionStore.clear_expired()
