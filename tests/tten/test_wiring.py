"""Whatever is started by name stands ready in every process, also in one that reads no address and no page."""

import os
import subprocess
import sys

WORKER = """
import django; django.setup()
from django.conf import settings
from tten.celery import app
app.loader.import_default_modules()
print({row["task"] for row in settings.CELERY_BEAT_SCHEDULE.values()} - set(app.tasks))
"""


ROUTED = """
import django; django.setup()
from fnmatch import fnmatch
from tten.celery import app
from tten.queues import ROUTES
app.loader.import_default_modules()
print({route for route in ROUTES if not any(fnmatch(task, route) for task in app.tasks)})
"""


def answer_of(code):
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tten.settings"}
    return subprocess.check_output([sys.executable, "-c", code], env=environment, text=True).strip()  # noqa: S603 - ours


def test_a_worker_knows_every_task_of_the_clock():
    assert answer_of(WORKER) == "set()"


def test_every_route_names_a_task():
    """One that was renamed would go to the queue of the clock, behind whatever stands there."""
    assert answer_of(ROUTED) == "set()"
