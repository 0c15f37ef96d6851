"""What the clock does to orders; safe twice."""

from celery import shared_task

from catalog.models import Admission
from orders.models import Order
from orders.notices import PROVIDER_SUSPENDED
from orders.wanted.models import Wanted
from orders.wanted.services import expire_wanted
from reviews.clock import lapse_each, once

OVER = "征集期限已到，自动结束。"


@shared_task
def tell_of_suspensions() -> None:
    """Tell the buyers of running orders once that the provider was suspended; orders placed since then were placed knowing it."""
    for admission in Admission.objects.paused().exclude(provider=None).order_by("pk"):
        since = admission.events.filter(step="suspend").latest("sequence").at
        running = Order.objects.running().filter(provider=admission.provider_id, created_at__lt=since)
        for order in running.order_by("pk"):
            once(PROVIDER_SUSPENDED, order, since=since)


@shared_task
def expire_needs() -> None:
    """End the needs whose last day is past."""
    lapse_each(Wanted.objects.over(), expire_wanted, OVER, step="expire")
