"""What the worker is to do, handed over after the commit. Its row says that it waits: a sweep brings what gets lost."""

import logging
import time
from typing import Protocol

from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
AWAY = (OperationalError, RedisError, OSError)
REST_SECONDS = 10.0  # for which a broker that did not answer is not asked again: nobody waits for it twice


class Task(Protocol):
    """What Celery makes of a function."""

    name: str

    def delay(self, *args: object) -> object:
        """Put it into its queue."""


class Broker:
    """What this process knows of the broker."""

    rests_until = 0.0


def after_commit(task: Task, *args: object) -> None:
    """Hand the task over when the transaction commits; a broker that is away undoes nothing."""

    def hand(*, given: tuple[object, ...] = args) -> None:
        hand_over(task, *given)

    transaction.on_commit(hand, robust=True)


def hand_over(task: Task, *args: object) -> bool:
    """Put the task into its queue; False where the broker does not answer, or has just not answered."""
    if time.monotonic() < Broker.rests_until:
        return False
    try:
        task.delay(*args)
    except AWAY as trouble:
        Broker.rests_until = time.monotonic() + REST_SECONDS
        logger.warning("%s was not handed over: %r", task.name, trouble)
        return False
    return True
