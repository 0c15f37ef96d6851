"""How an institution has dealt with its orders, as everybody reads it."""

import datetime as dt

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.utils import timezone

from catalog.mall.record import Told, tells_record
from catalog.models import Provider
from orders.models import Order
from orders.workflow import State
from records.models import Event
from ui.reading import aside

DAYS = 3  # in which an order should have its answer
LATEST = 200  # orders of which the share is told
ENOUGH = 5  # orders from which on it is told: one late answer of two says little
MOST = 1000  # that are counted
ANSWERS = ("confirm", "decline")


@tells_record
def orders_of(provider: Provider) -> Told:
    """How many are completed, and how many of the latest were answered in time."""
    done = aside(Order.objects.filter(provider=provider, state=State.COMPLETED))[: MOST + 1].count()
    told = [("已完成订单", f"{MOST}+" if done > MOST else f"{done}")] if done else []
    answered = answers_of(provider)
    if len(answered) >= ENOUGH:
        told.append((f"{DAYS} 天内答复", f"{round(100 * sum(answered) / len(answered))} %"))
    return told


def answers_of(provider: Provider) -> list[bool]:
    """Of each of the latest orders that have had the time, whether it was taken or declined within the days."""
    span = dt.timedelta(days=DAYS)
    kind = ContentType.objects.get_for_model(Order)
    answer = Event.objects.filter(
        case_type=kind, case_id=OuterRef("pk"), step__in=ANSWERS, at__lte=OuterRef("created_at") + span
    )
    orders = Order.objects.filter(provider=provider, created_at__lt=timezone.now() - span).exclude(
        state=State.CANCELLED
    )
    latest = aside(orders).order_by("-pk")[:LATEST]
    return list(latest.annotate(in_time=Exists(answer)).values_list("in_time", flat=True))
