"""The worker makes the 兑现申请表; each task is safe twice."""

from celery import shared_task

from redemption.form import making


@shared_task
def make_claim_form(pk: int) -> None:
    """Make the form of a claim once it is frozen."""
    making.make_waiting(pk)


@shared_task
def sweep_claim_forms() -> None:
    """Make what the queue has lost, or a worker that died has left."""
    for pk in making.lost():
        make_claim_form(pk)
