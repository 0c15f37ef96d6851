"""The queue: tasks of every app, settings of Django under CELERY_. Started as `celery -A tten`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tten.settings")

app = Celery("tten")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
