"""/healthz and /readyz: what they say of each part, to whom, and how seldom anything is asked."""

import datetime as dt
import json
import threading
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from django_celery_beat.models import CrontabSchedule, PeriodicTask
from redis.exceptions import ConnectionError as CacheAway

from seals.models import Audit
from tten.celery import QUEUED_AT, app
from tten.queues import APART, WORKERS
from tten.watching import backups, broker, grounds, works
from tten.watching.found import Part, State, verdict
from tten.watching.parts import PARTS
from tten.watching.readiness import READINESS, Readiness

pytestmark = pytest.mark.django_db
NAMES = [part.name for part in PARTS]


def states(answer):
    return dict(line.split(": ") for line in answer.content.decode().splitlines())


def away(error):
    def look():
        raise error

    return look


def broken(monkeypatch, name, look):
    parts = tuple(Part(part.name, part.title, look, part.remedy) if part.name == name else part for part in PARTS)
    monkeypatch.setattr("tten.watching.readiness.PARTS", parts)


def test_alive_asks_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz", headers={"host": "10.0.0.7:8000"})
    assert (answer.status_code, answer.content, answer.cookies) == (200, b"ok\n", {})


def test_ready_says_every_part_and_makes_no_session(client):
    answer = client.get("/readyz", headers={"host": "10.0.0.7:8000"})
    assert (answer.status_code, list(states(answer)), answer.cookies) == (200, NAMES, {})
    assert set(states(answer).values()) == {"ok", "unknown"}
    assert (answer["Cache-Control"], answer["Content-Type"]) == ("no-store", "text/plain; charset=utf-8")


def test_probes_are_not_led_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/readyz").status_code == 200
    assert Client().get("/healthz").status_code == 200


def test_only_reading_is_a_probe(client):
    assert client.post("/healthz").status_code == 404


@pytest.mark.parametrize("error", [OperationalError("password=geheim"), CacheAway("x"), OSError("x")])
def test_a_part_that_is_away_makes_503_with_its_name_and_nothing_of_the_error(client, monkeypatch, error):
    broken(monkeypatch, "database", away(error))
    answer = client.get("/readyz")
    assert (answer.status_code, states(answer)["database"]) == (503, "wrong")
    assert b"geheim" not in answer.content


def test_a_probe_that_leaves_a_part_out_is_told_of_the_others(client, monkeypatch):
    broken(monkeypatch, "audit", lambda: verdict(False, "…"))
    assert client.get("/readyz").status_code == 503
    answer = client.get("/readyz?exclude=audit&exclude=backup")
    assert (answer.status_code, set(NAMES) - set(states(answer))) == (200, {"audit", "backup"})


def test_a_hundred_probes_look_once(client, monkeypatch):
    seen = []
    broken(monkeypatch, "database", lambda: seen.append(1) or verdict(True, "…"))
    for _ in range(100):
        client.get("/readyz")
    assert seen == [1]


@pytest.mark.bare
def test_a_silent_part_holds_one_thread_and_the_others_are_told(monkeypatch):
    silent, looking = threading.Event(), threading.Event()

    def hang():
        looking.set()
        silent.wait(30)
        return verdict(True, "…")

    monkeypatch.setattr("tten.watching.readiness.PARTS", (Part("database", "数据库", hang, "…"),))
    monkeypatch.setattr("tten.watching.readiness.wrong_since", lambda _names: {})
    monkeypatch.setattr("tten.watching.readiness.remember", lambda: None)
    mine = Readiness()
    thread = threading.Thread(target=mine.look)
    thread.start()
    looking.wait(30)
    told = [(found.part.name, found.look.state) for found in mine.look()]
    silent.set()
    thread.join(30)
    assert told == [("database", State.WRONG)]
    assert [found.look.state for found in mine.look()] == [State.OK]


def test_since_when_a_part_is_wrong_is_kept_until_it_is_right_again(monkeypatch, time_machine):
    began = timezone.now()
    broken(monkeypatch, "disk", lambda: verdict(False, "…"))
    first = {found.part.name: found.since for found in READINESS.seen()}["disk"]
    time_machine.move_to(began + dt.timedelta(minutes=9))
    assert {found.part.name: found.since for found in READINESS.seen()}["disk"] == first
    monkeypatch.undo()
    assert [found for found in READINESS.seen() if found.part.name == "disk" and found.since] == []
    assert cache.get("wrong-since:disk") is None


def test_a_full_disk_is_wrong(monkeypatch):
    assert grounds.disk().state == State.OK
    monkeypatch.setitem(settings.WATCH, "disk_gigabytes", 10**9)
    assert grounds.disk().state == State.WRONG


def test_a_missing_face_or_library_is_named(monkeypatch):
    assert grounds.fonts().state == State.OK
    monkeypatch.setattr(grounds, "LIBRARIES", ("libmissing.so.9",))
    monkeypatch.setattr(grounds, "FOLDER", Path("/nonexistent"))
    found = grounds.fonts()
    assert (found.state, "libmissing.so.9" in found.fact, "TTEN-Song.ttf" in found.fact) == (State.WRONG, True, True)


def test_a_clock_beside_the_database_s_is_wrong(monkeypatch, time_machine):
    assert grounds.clock().state == State.UNKNOWN
    monkeypatch.setitem(settings.WATCH, "clock_seconds", 60)
    assert grounds.clock().state == State.OK
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=2))
    assert grounds.clock().state == State.WRONG


def test_the_first_task_of_a_queue_says_how_long_it_has_waited(monkeypatch, time_machine):
    began = timezone.now()
    message = {"headers": {QUEUED_AT: began.timestamp()}, "body": ""}
    time_machine.move_to(began + dt.timedelta(minutes=11), tick=False)
    with app.connection_for_read() as line:
        line.default_channel.client.lpush("texts", json.dumps(message))
        try:
            told = {head.queue: (head.waiting, head.seconds) for head in broker.heads()}
            look = works.queues()
        finally:
            line.default_channel.client.delete("texts")
    assert (told["texts"], told["mails"]) == ((1, 660), (0, 0))
    assert (look.state, look.fact, look.since) == (State.WRONG, "“短信”队列最早的任务等了 11 分钟", began)
    assert works.queues().state == State.OK


@pytest.mark.bare
def test_every_queue_of_a_worker_is_looked_at():
    served = {queue for words in (WORKERS | APART).values() for queue in words[words.index("--queues") + 1].split(",")}
    assert set(broker.QUEUES) == served


def test_a_clock_that_begins_nothing_is_wrong():
    assert works.beat().state == State.UNKNOWN
    row = PeriodicTask.objects.create(name="a", task="a", crontab=CrontabSchedule.objects.create())
    for minutes, state in ((2, State.OK), (11, State.WRONG)):
        PeriodicTask.objects.filter(pk=row.pk).update(last_run_at=timezone.now() - dt.timedelta(minutes=minutes))
        assert works.beat().state == state


def test_an_audit_that_found_something_or_is_old_is_wrong(time_machine):
    assert works.proof().state == State.UNKNOWN
    Audit.objects.create()
    assert works.proof().state == State.OK
    time_machine.move_to(timezone.now() + dt.timedelta(days=2))
    assert works.proof().state == State.WRONG
    row = Audit.objects.create(findings=["第 3 条不符"])
    assert (works.proof().state, works.proof().since) == (State.WRONG, row.ended_at)


def test_a_backup_is_unknown_until_something_says_when_it_was(monkeypatch):
    assert works.backup().state == State.UNKNOWN
    for hours, state in ((1, State.OK), (40, State.WRONG)):
        moment = timezone.now() - dt.timedelta(hours=hours)
        monkeypatch.setattr(backups, "SOURCES", [lambda: None, lambda moment=moment: moment])
        assert works.backup().state == state


@pytest.mark.heavy
def test_compose_asks_the_portal_itself():
    compose = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())
    assert "/readyz?" in compose["services"]["web"]["healthcheck"]["test"][-1]
