"""Old sign-ins go; the task is safe twice."""

from celery import shared_task

from accounts.history import sign_ins


@shared_task
def forget_sign_ins() -> None:
    """Remove the login history past SIGN_IN_DAYS."""
    sign_ins.forget()
