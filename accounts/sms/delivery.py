"""One message, at most three attempts, never two that may both arrive: by text, and by whatever `Way` there is."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.history.sign_ins import kept_since
from accounts.models import Sending, TextMessage
from accounts.sms.gateways import NotSent
from accounts.sms.switch import by_gateway

logger = logging.getLogger(__name__)
MOST_TRIES = 3  # of handing one message over
LIFE = dt.timedelta(minutes=5)  # a code is worth nothing later (ACCOUNT_*_TIMEOUT), a later message only confuses
PAUSES = (5, 30)  # seconds before the second and the third attempt
UNSEEN = dt.timedelta(seconds=30)  # for which a new message is left to its queue
UNDER_WAY = "正在发送"
TOO_LATE = "超过有效时间，没有发送"
CUT_SHORT = "发送中断，是否发出不明，不再重发"


@dataclass(frozen=True)
class Way:
    """Rows of one kind, and how one of them leaves: it gives the receipt, or raises NotSent."""

    rows: type[Sending]
    send: Callable[[Any], str]

    @property
    def objects(self) -> models.QuerySet[Any]:
        """All of its messages."""
        return self.rows._default_manager.all()


def by_text(text: TextMessage) -> str:
    """Send one text by the gateway whose turn it is."""
    return by_gateway(text)


TEXTS = Way(TextMessage, by_text)


def deliver(way: Way, pk: int, attempt: int) -> int | None:
    """Make this attempt; return the seconds to wait before the next one, or None where there is none.

    The attempt is claimed before anything leaves: a worker that dies in between never sends the message twice.
    """
    mine = way.objects.filter(pk=pk, sent_at=None, tries=attempt - 1)
    if not mine.update(tries=attempt, problem=UNDER_WAY):
        return None
    message = way.objects.get(pk=pk)
    if message.at < timezone.now() - LIFE:
        return _close(message, problem=TOO_LATE)
    try:
        receipt = way.send(message)
    except NotSent as trouble:
        return _after(message, trouble, attempt)
    except Exception as trouble:
        logger.exception("message %s of %s", pk, way.rows.__name__)
        return _close(message, problem=f"{CUT_SHORT}：{type(trouble).__name__}")
    return _close(message, receipt=receipt[:80], sent_at=timezone.now(), problem="")


def _after(message: Sending, trouble: NotSent, attempt: int) -> int | None:
    """Note what went wrong; the words of the message are kept only while another try may follow."""
    problem = str(trouble)[:200]
    if not trouble.again or attempt >= MOST_TRIES:
        return _close(message, problem=problem)
    _rows_of(message).update(problem=problem)
    return PAUSES[attempt - 1]


def _close(message: Sending, **facts: object) -> int | None:
    """Nothing follows: the words of the message are forgotten."""
    _rows_of(message).update(params={}, **facts)
    return None


def _rows_of(message: Sending) -> models.QuerySet[Any]:
    return type(message)._default_manager.filter(pk=message.pk)


def untried(way: Way) -> models.QuerySet[Any, int]:
    """The messages that no worker has taken up within half a minute, while they are still of use.

    A sweep waits in the same queue as they: what is still untried when its turn comes, no queue holds.
    """
    now = timezone.now()
    waiting = way.objects.filter(tries=0, sent_at=None, at__lt=now - UNSEEN, at__gt=now - LIFE)
    return waiting.order_by("pk").values_list("pk", flat=True)[:500]


def close_abandoned(way: Way) -> int:
    """Close what is of no use any more, and forget its code: its worker died, or none came; return how many."""
    old = way.objects.filter(sent_at=None, at__lt=timezone.now() - LIFE).exclude(params={})
    cut = old.filter(problem=UNDER_WAY).update(params={}, problem=CUT_SHORT)
    return cut + old.update(params={}, problem=TOO_LATE)


def forget(way: Way) -> int:
    """Remove the messages of the time that the login history is kept no longer; return how many went."""
    return way.objects.filter(at__lt=kept_since()).delete()[0]
