"""The queue: tasks of every app, settings of Django under CELERY_. Started as `celery -A tten`."""

import logging
import os

from celery import Celery, Task
from celery.worker.request import Request
from django.core.cache import cache
from redis.exceptions import RedisError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tten.settings")

logger = logging.getLogger(__name__)
MOST_LOST = 3  # workers that one message may cost
REMEMBERED = 24 * 3600  # seconds for which they are counted


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
    """Every task of the portal."""

    abstract = True
    Request = CountedRequest


app = Celery("tten", task_cls=CountedTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
