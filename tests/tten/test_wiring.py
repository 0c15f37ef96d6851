"""Whatever registers itself stands ready in every process, also in one that reads no address and no page."""

import os
import subprocess
import sys

from django.apps import apps

from reviews.models import ReviewedCase

ELSEWHERE = """
import django; django.setup()
from reviews.dossiers import DOSSIERS
from reviews.services import AFTERMATH
from notifications.kinds import KINDS
from accounts.own_data.exports import COLLECTORS
names = [sorted(model.__name__ for model in found) for found in (DOSSIERS, AFTERMATH, {model for model, _ in KINDS})]
print(names, sorted(COLLECTORS), sep="|")
"""
WORKER = """
import django; django.setup()
from django.conf import settings
from tten.celery import app
app.loader.import_default_modules()
print({row["task"] for row in settings.CELERY_BEAT_SCHEDULE.values()} - set(app.tasks))
"""


def answer_of(code):
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tten.settings"}
    return subprocess.check_output([sys.executable, "-c", code], env=environment, text=True).strip()  # noqa: S603 - ours


def test_a_worker_knows_every_task_of_the_clock():
    assert answer_of(WORKER) == "set()"


def test_a_process_of_its_own_knows_every_dossier_aftermath_notice_and_export():
    cases = sorted(model.__name__ for model in apps.get_models() if issubclass(model, ReviewedCase))
    told, exports = answer_of(ELSEWHERE).split("|")
    assert told == str([cases, cases, sorted([*cases, "Order"])])
    assert "单位认证" in exports
    assert "创新券兑现" in exports
