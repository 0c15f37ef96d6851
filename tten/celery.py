"""The queue: tasks of every app, settings of Django under CELERY_. Started as `celery -A tten`."""

import logging
import os
import time
import uuid
from typing import Any

from celery import Celery, Task
from celery.app.log import Logging
from celery.exceptions import Ignore
from celery.worker.request import Request
from django.core.cache import cache
from redis.exceptions import RedisError

from records import about
from tten.watching.clocks import seconds_wrong

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tten.settings")

logger = logging.getLogger(__name__)
MOST_LOST = 3  # workers that one message may cost
REMEMBERED = 24 * 3600  # seconds for which they are counted
QUEUED_AT, REQUEST = (
    "queued_at",
    "request",
)  # headers of a message: seconds since 1970, and the request that it comes from


class CountedRequest(Request):
    """A message whose worker was killed is handed out again, but not without end: it may be what kills them."""

    def reject(self, requeue: bool = False) -> None:
        """Give the message back, or put it away when it has cost too many workers; a sweep looks after its row."""
        if requeue and is_spent(self.id):
            logger.error("task %s[%s] has lost %s workers and is put away", self.name, self.id, MOST_LOST)
            self.acknowledge()
        else:
            super().reject(requeue=requeue)


def is_spent(task_id: str) -> bool:
    """Count one more worker that the message has cost; whether it was one too many, or nobody can count."""
    key = f"lost:{task_id}"
    try:
        cache.add(key, 0, REMEMBERED)
        return int(cache.incr(key)) > MOST_LOST
    except (RedisError, ValueError):
        return True


class CountedTask(Task):
    """Every task of the portal: its message says when it was put into its queue, and by which request."""

    abstract = True
    Request = CountedRequest

    def apply_async(self, *given: object, **options: Any) -> object:
        """Put it into its queue."""
        own = {QUEUED_AT: time.time(), REQUEST: about.told().get(REQUEST, "")}
        return super().apply_async(*given, **options | {"headers": (options.get("headers") or {}) | own})

    def before_start(self, task_id: str, *_given: object) -> None:
        """Let its log lines name the request; by a wrong clock nothing is done, and what was to be done is found again."""
        if not self.request.is_eager:
            about.begin(task=task_id, **{REQUEST: (self.request.headers or {}).get(REQUEST) or uuid.uuid4().hex})
        if seconds_wrong():
            logger.error("%s is left: the clock is wrong", self.name)
            raise Ignore


class KeptLogging(Logging):
    """settings.LOGGING as it stands: Celery would put its own in its place."""

    def setup_logging_subsystem(self, *_given: object, **_more: object) -> bool:
        """Nothing is left to be set up."""
        return True


app = Celery("tten", task_cls=CountedTask, log=KeptLogging)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
