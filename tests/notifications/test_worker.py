"""The one test with a real worker and a real queue: what a commit hands over is done by another process."""

import os
import sys

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notifications.models import Delivery, Notice
from notifications.services import send_out
from notifications.tasks import sweep
from tests import database
from tests.factories import make_user
from tten.celery import app
from tten.local.processes import Daemon, tail, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 240  # seconds: a worker that shares two cores with a dozen others takes more than one minute to come up
QUEUES = ("--pool", "solo", "--queues", "mails")


@pytest.fixture
def worker(queue, tmp_path):
    """A worker on the test's own database and queue; its mails go to its log."""
    mails = "django.core.mail.backends.console.EmailBackend"
    environment = os.environ | {"DATABASE_URL": database.address(), "EMAIL_BACKEND": mails, "PYTHONUNBUFFERED": "1"}
    worker = Daemon("worker", tmp_path, {"cwd": settings.BASE_DIR, "env": environment})
    worker.start([sys.executable, "-m", "celery", "-A", "tten", "worker", *QUEUES, "--loglevel", "info"])
    yield worker
    worker.stop()


def make_notice(subject):
    person = make_user(email="someone@tten.example", email_verified_at=timezone.now())
    return Notice.objects.create(recipient=person, kind="probe", subject=subject, body="正文", url="/")


def has_left(notice):
    return Delivery.objects.filter(notice=notice).exclude(sent_at=None).exists()


def comes_to_leave(notice, worker):
    wait_until(lambda: has_left(notice) or worker.pid() is None, PATIENCE)
    return has_left(notice)


def test_a_mail_leaves_after_the_commit_and_one_forgotten_by_a_dead_worker_is_swept_up(worker):
    with transaction.atomic():
        send_out([notice := make_notice("复审通过")])
        assert not has_left(notice)
    assert comes_to_leave(notice, worker), tail(worker.log, 40)
    assert "someone@tten.example" in worker.log.read_text()

    forgotten = Delivery.objects.create(
        notice=make_notice("初审退回修改"), address="other@tten.example", due_at=timezone.now()
    )
    sweep.delay()
    assert comes_to_leave(forgotten.notice, worker), tail(worker.log, 40)


def test_a_transaction_that_fails_sends_nothing(queue):
    with transaction.atomic():
        send_out([make_notice("复审通过")])
        transaction.set_rollback(True)
    with app.connection_for_read() as line:
        assert line.default_channel.client.llen("mails") == 0
    assert Delivery.objects.count() == 0


def test_a_queue_that_is_away_undoes_nothing(queue):
    app.amqp.producer_pool.force_close_all()
    with transaction.atomic():
        send_out([notice := make_notice("复审通过")])
    assert Delivery.objects.filter(notice=notice, sent_at=None).exists()
