"""The worker's part; every task is safe twice."""

from celery import shared_task

from catalog.gallery import making


@shared_task
def make(pk: int) -> None:
    """Make the sizes of a picture."""
    making.make(pk)


@shared_task
def sweep_pictures() -> None:
    """Make those that the queue has lost."""
    making.sweep()
