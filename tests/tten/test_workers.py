"""Real workers: killed, or left by their broker, under a task; and a mail server that hangs."""

import os
import re
import signal
import socket
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.utils import timezone
from kombu import Connection

from accounts.login.mails import send_mail_later
from accounts.models import AccountMail, TextMessage
from accounts.sms.services import send_text
from notifications.models import Delivery, Notice
from notifications.services import send_out
from tests import database
from tests.factories import make_user
from tests.tten.slow import hold
from tten.celery import MOST_LOST, app
from tten.local import valkey
from tten.local.processes import Daemon, tail, wait_until
from tten.local.watch import begin_again
from tten.queues import APART, ROUTES, WORKERS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]
PATIENCE = 60  # seconds


def command(name):
    words = ["-A", "tten", "worker", "-n", f"{name}@%h", *WORKERS[name], "--include", "tests.tten.slow"]
    return [sys.executable, "-m", "celery", *words, "--loglevel", "info"]


class Hands:
    """The workers of one test."""

    def __init__(self, folder):
        self.folder, self.environment = (
            folder,
            os.environ | {"DATABASE_URL": database.address(), "PYTHONUNBUFFERED": "1"},
        )
        self.started = []

    def start(self, name, **given):
        worker = Daemon(name, self.folder, {"cwd": settings.BASE_DIR, "env": self.environment | given})
        worker.start(command(name))
        self.started.append(worker)
        assert wait_until(lambda: "ready." in worker.log.read_text(), PATIENCE), tail(worker.log)
        return worker

    def stop(self):
        for worker in self.started:
            worker.stop(patience=10)


@pytest.fixture
def hands(queue, tmp_path):
    hands = Hands(tmp_path)
    yield hands
    hands.stop()


def runs_of(path):
    """The processes in which the task has run, one after the other."""
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def test_what_kills_its_worker_comes_back_but_not_without_end(hands, tmp_path):
    path = tmp_path / "runs"
    worker = hands.start("worker")
    hold.delay(str(path))
    killed = set()
    while len(killed) <= MOST_LOST:
        assert wait_until(lambda: len(runs_of(path)) > len(killed), PATIENCE), tail(worker.log, 40)
        killed.add(runs_of(path)[-1])
        os.kill(runs_of(path)[-1], signal.SIGKILL)
    assert wait_until(lambda: "is put away" in worker.log.read_text(), PATIENCE), tail(worker.log, 40)
    with app.connection_for_read() as line:
        client = line.default_channel.client
        assert wait_until(lambda: client.llen("celery") + client.hlen("unacked") == 0, PATIENCE)
    assert len(runs_of(path)) == MOST_LOST + 1


def test_a_worker_that_its_broker_s_restart_drives_out_is_begun_again_and_does_its_task(hands, tmp_path, monkeypatch):
    broker, path = tmp_path / "broker", tmp_path / "runs"
    broker.mkdir()
    url = valkey.start(broker, durable=True)
    try:
        worker = hands.start("worker", REDIS_URL=url, VISIBLE_SECONDS="3")
        with Connection(url) as line:
            hold.apply_async((str(path),), connection=line)
        assert wait_until(lambda: len(runs_of(path)) == 1, PATIENCE), tail(worker.log, 40)
        valkey.stop(broker)
        valkey.start(broker, durable=True)
        Path(f"{path}.go").touch()
        assert wait_until(lambda: worker.pid() is None, PATIENCE), tail(worker.log, 40)
        begin_again(worker, lambda: worker.start(command("worker")), [])
        assert wait_until(lambda: len(runs_of(path)) == 2, PATIENCE), tail(worker.log, 40)
    finally:
        valkey.stop(broker)


def hanging():
    """A mail server that takes the line and says nothing."""
    server = socket.create_server(("127.0.0.1", 0))
    return server, str(server.getsockname()[1])


def test_a_mail_server_that_hangs_holds_no_text_back(hands, tmp_path):
    server, port = hanging()
    smtp = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
    }
    texts = {"SMS_BACKEND": "accounts.sms.gateways.to_file", "SMS_FILE": str(tmp_path / "sms.log")}
    with server:
        workers = [hands.start(name, **smtp, **texts) for name in ("mails", "codes", "texts")]
        person = make_user(email="someone@tten.example", email_verified_at=timezone.now())
        notices = [Notice.objects.create(recipient=person, kind="probe", subject="标题", body="正文") for _ in range(5)]
        send_out(notices)
        send_mail_later("someone@tten.example", "unknown")
        busy = Delivery.objects.filter(tries=1, sent_at=None)
        assert wait_until(
            lambda: busy.count() == len(notices) and AccountMail.objects.filter(tries=1).exists(), PATIENCE
        )
        send_text("13800000001", "taken", purpose="signup")
        assert wait_until(lambda: TextMessage.objects.exclude(sent_at=None).exists(), 10), tail(workers[2].log)
        assert (busy.count(), AccountMail.objects.filter(sent_at=None, tries=1).count()) == (len(notices), 1)
        for worker in workers:
            os.killpg(worker.pid(), signal.SIGKILL)


def queues_of(words):
    return words[words.index("--queues") + 1].split(",")


@pytest.mark.bare
def test_every_queue_has_its_worker_here_and_in_production():
    services = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())["services"]
    for name, words in (WORKERS | APART).items():
        usual = [re.sub(r"^\$\{WORKERS_[A-Z]+:-([0-9]+)\}$", r"\1", word) for word in services[name]["command"]]
        assert usual[3:-2] == ["worker", "-n", f"{name}@%h", *words]
        assert (services[name]["restart"], services[name]["environment"]["DATABASE_ROLE"]) == (
            "unless-stopped",
            "worker",
        )
    worked = {queue for words in (WORKERS | APART).values() for queue in queues_of(words)}
    assert worked == {"celery"} | {route["queue"] for route in ROUTES.values()}
