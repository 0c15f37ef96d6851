"""A worker reads papers, one after the other; every task is safe twice."""

from uuid import UUID

from celery import shared_task

from papers import work


@shared_task
def read(pk: str) -> None:
    """Read one paper."""
    work.read_paper(UUID(pk))


@shared_task
def sweep_readings() -> None:
    """Read what was never begun (the broker was away), and what a worker that died has left."""
    for pk in work.lost():
        work.read_paper(pk)
