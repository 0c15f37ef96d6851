"""Long lists are written, old files go; every task is safe twice."""

from celery import shared_task

from accounts.exports import work


@shared_task
def export_list(pk: int) -> None:
    """Write a long list."""
    work.make_export(pk)


@shared_task
def sweep_lists() -> None:
    """Write what was never begun (the broker was away), and what a worker that died has left."""
    for pk in work.lost():
        export_list(pk)


@shared_task
def tidy_lists() -> None:
    """Delete files past their days."""
    work.tidy()
