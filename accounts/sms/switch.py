"""Two gateways: where the first one answers slowly too often, the second one (if there is one) has what follows for a while."""

import time
from collections import deque
from typing import Any

from django.conf import settings

from accounts.models import TextMessage
from accounts.sms.gateways import NotSent, gateway, named

WINDOW = 20  # answers of the first gateway that are looked at
FEWEST = 5  # below which nothing is concluded
REST_SECONDS = 300.0  # for which the second one has all; then the first one is asked again


class Answers:
    """What this process has seen of the first gateway: whether each of its last answers was slow."""

    slow: deque[bool] = deque(maxlen=WINDOW)
    second_until = 0.0

    @classmethod
    def note(cls, *, slow: bool, share: float) -> None:
        """Keep one answer; beyond the share of slow ones the second gateway has what follows."""
        cls.slow.append(slow)
        if len(cls.slow) >= FEWEST and sum(cls.slow) >= share * len(cls.slow):
            cls.second_until = time.monotonic() + REST_SECONDS
            cls.slow.clear()


def by_gateway(text: TextMessage) -> str:
    """Send one text by the gateway whose turn it is; it is never handed to both in one attempt."""
    second: dict[str, Any] = settings.NOTICES
    if second["sms_second"] and time.monotonic() < Answers.second_until:
        return named(second["sms_second"])(text)
    began, is_away = time.monotonic(), False
    try:
        return gateway()(text)
    except NotSent as trouble:
        is_away = trouble.again
        raise
    finally:
        slow = is_away or time.monotonic() - began > second["sms_slow_seconds"]
        Answers.note(slow=slow, share=second["sms_slow_share"])
