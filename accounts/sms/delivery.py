"""One message, at most three attempts, never two that may both arrive."""

import datetime as dt

from django.db import models
from django.utils import timezone

from accounts.history.sign_ins import kept_since
from accounts.models import TextMessage
from accounts.sms.gateways import NotSent, gateway

MOST_TRIES = 3  # of handing one message to the gateway
LIFE = dt.timedelta(minutes=5)  # a code is worth nothing later (ACCOUNT_*_TIMEOUT), a later message only confuses
PAUSES = (5, 30)  # seconds before the second and the third attempt


def deliver(pk: int, attempt: int) -> int | None:
    """Make this attempt; return the seconds to wait before the next one, or None where there is none.

    The attempt is claimed before anything leaves: a worker that dies in between never sends the message twice.
    """
    mine = TextMessage.objects.filter(pk=pk, sent_at=None, tries=attempt - 1).update(tries=attempt, problem="正在发送")
    if not mine:
        return None
    text = TextMessage.objects.get(pk=pk)
    if text.at < timezone.now() - LIFE:
        return _close(text, problem="超过有效时间，没有发送")
    try:
        receipt = gateway()(text)
    except NotSent as trouble:
        return _after(text, trouble, attempt)
    return _close(text, receipt=receipt[:80], sent_at=timezone.now(), problem="")


def _after(text: TextMessage, trouble: NotSent, attempt: int) -> int | None:
    """Note what went wrong; the words of the message are kept only while another try may follow."""
    problem = str(trouble)[:200]
    if not trouble.again or attempt >= MOST_TRIES:
        return _close(text, problem=problem)
    TextMessage.objects.filter(pk=text.pk).update(problem=problem)
    return PAUSES[attempt - 1]


def _close(text: TextMessage, **facts: object) -> int | None:
    """Nothing follows: the words of the message are forgotten."""
    TextMessage.objects.filter(pk=text.pk).update(params={}, **facts)
    return None


def untried() -> models.QuerySet[TextMessage, int]:
    """The messages that no worker has taken up within half a minute, while they are still of use."""
    now = timezone.now()
    waiting = TextMessage.objects.filter(
        tries=0, sent_at=None, at__lt=now - dt.timedelta(seconds=30), at__gt=now - LIFE
    )
    return waiting.order_by("pk").values_list("pk", flat=True)[:500]


def forget() -> int:
    """Remove the messages of the time that the login history is kept no longer; return how many went."""
    return TextMessage.objects.filter(at__lt=kept_since()).delete()[0]
