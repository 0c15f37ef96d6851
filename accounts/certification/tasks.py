"""What the clock does with licences; every task is safe twice."""

from celery import shared_task

from accounts.certification import licences


@shared_task
def expire_licences() -> None:
    """Units whose licence has ended certify again."""
    licences.expire_licences()


@shared_task
def remind_of_licences() -> None:
    """Tell units whose licence ends soon."""
    licences.remind_of_licences()
