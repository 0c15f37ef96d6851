"""A worker carries out what was decided for many; every task is safe twice."""

from celery import shared_task

from reviews.bulk import work


@shared_task
def carry_on(pk: int) -> None:
    """Go on with a decision until all its rows are done."""
    work.carry_on(pk)


@shared_task
def sweep_bulk() -> None:
    """Take up what was never begun (the broker was away), and what a worker that died has left."""
    for pk in work.lost():
        carry_on(pk)
