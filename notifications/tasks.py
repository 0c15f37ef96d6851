"""Messages leave here: what is due is found in the table, so that every task is safe twice and none is missed."""

from celery import shared_task

from notifications import delivery
from notifications.models import Channel
from records.queue import hand_over


@shared_task
def send_due(channel: str) -> None:
    """Send what is due on the channel, unless the other side has just not answered."""
    if not delivery.Rest.is_on(channel):
        delivery.sweep(channel)


@shared_task
def sweep_channel(channel: str) -> None:
    """The same by the clock, whatever was heard of the other side."""
    delivery.sweep(channel)


@shared_task
def sweep() -> None:
    """Look after each channel by itself: one that hangs holds no other back."""
    for channel in Channel.values:
        hand_over(sweep_channel, channel)
