"""A worker tells the chosen firms; every task is safe twice."""

from celery import shared_task

from tten.announcing import policies, work


@shared_task
def carry_on(pk: int) -> None:
    """Go on with an announcement until everybody is told."""
    work.carry_on(pk)


@shared_task
def sweep_announcements() -> None:
    """Take up what is due, what was never begun (the broker was away), and what a worker that died has left."""
    for pk in work.due():
        carry_on(pk)


@shared_task
def announce_policies() -> None:
    """Tell certified firms what a published version changes for them."""
    policies.announce_policies()
