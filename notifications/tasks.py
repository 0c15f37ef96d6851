"""Mail leaves here: safe twice, and swept up if a worker died."""

from celery import shared_task

from notifications import delivery


@shared_task
def deliver(delivery_id: int) -> None:
    """Send one new mail unless another worker has taken it."""
    delivery.deliver_new(delivery_id)


@shared_task
def sweep() -> None:
    """Send what no queue holds any more, and what is to be tried again."""
    delivery.sweep()
