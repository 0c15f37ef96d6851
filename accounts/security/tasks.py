"""What was typed and never sent goes; the task is safe twice."""

from celery import shared_task

from accounts.security import drafts, keeping


@shared_task
def forget_forms() -> None:
    """Remove what was kept for longer than it is promised."""
    keeping.forget_old()
    drafts.forget_drafts()
