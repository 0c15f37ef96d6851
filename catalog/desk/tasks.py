"""A worker carries out what was asked of all rows that were found; every task is safe twice."""

from celery import shared_task

from catalog.desk import work


@shared_task
def carry_on(pk: int) -> None:
    """Go on with an act until all its rows are done."""
    work.carry_on(pk)


@shared_task
def sweep_acts() -> None:
    """Take up what was never begun (the broker was away), and what a worker that died has left."""
    for pk in work.lost():
        carry_on(pk)
