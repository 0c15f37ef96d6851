"""Two beats on one database: whatever is due leaves once."""

import datetime as dt
import json
import os
import sys
import time

import pytest
import time_machine
from django.conf import settings
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from tests import database
from tten.beating import OneScheduler
from tten.celery import app
from tten.local.processes import Daemon, wait_until
from tten.watching import clocks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]
QUEUE = "probe"  # nobody works it
TEN = dt.datetime(2026, 11, 30, 10, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def make_entry(name, **when):
    last = when.pop("last", TEN - MINUTE)
    return PeriodicTask.objects.create(name=name, task="probe.task", queue=QUEUE, last_run_at=last, **when)


def each_minute():
    return {"crontab": CrontabSchedule.objects.create(timezone="UTC")}


@pytest.fixture
def entry(db, queue):
    """An entry of each minute, the only one; what was sent stands in a queue of its own."""
    shipped, app.conf.beat_schedule = app.conf.beat_schedule, {}
    PeriodicTask.objects.all().delete()
    yield make_entry("each minute", **each_minute())
    app.conf.beat_schedule = shipped
    with app.connection_for_write() as line:
        line.default_channel.client.delete(QUEUE)


def sent():
    with app.connection_for_read() as line:
        return [json.loads(one)["headers"] for one in line.default_channel.client.lrange(QUEUE, 0, -1)]


def tick(beat, moment):
    """The beat looks what is due, by a clock that stands at the moment."""
    with time_machine.travel(moment, tick=False):
        beat._heap = None
        for _ in range(3):
            beat.tick()


def beats(number):
    with time_machine.travel(TEN - MINUTE / 2, tick=False):
        return [OneScheduler(app) for _ in range(number)]


def test_what_is_due_leaves_once_from_two_beats(entry):
    first, second = beats(2)
    for minute in range(3):
        for beat in (first, second) if minute % 2 else (second, first):
            tick(beat, TEN + minute * MINUTE)
        assert len(sent()) == minute + 1
    entry.refresh_from_db()
    assert (entry.total_run_count, entry.last_run_at) == (3, TEN + 2 * MINUTE)


@pytest.mark.parametrize("ahead", [-60, -20, 20, 60])
def test_beats_whose_clocks_differ_by_a_minute_send_each_moment_once(entry, ahead):
    right, wrong = beats(2)
    off = dt.timedelta(seconds=ahead)
    for second in range(0, 301, 20):
        now = TEN + dt.timedelta(seconds=second)
        tick(right, now)
        tick(wrong, now + off)
    moments = (300 + max(ahead, 0)) // 60 + 1  # from ten o'clock to the end, by the clock that is ahead
    assert len(sent()) == moments


def test_when_one_falls_the_other_goes_on(entry):
    first, second = beats(2)
    for minute in range(2):
        tick(first, TEN + minute * MINUTE)
        tick(second, TEN + minute * MINUTE)
    tick(second, TEN + 2 * MINUTE)
    assert len(sent()) == 3


def test_what_the_broker_does_not_take_is_claimed_by_nobody(entry, monkeypatch):
    first, second = beats(2)
    monkeypatch.setattr(first, "apply_async", lambda *_given, **_more: 1 / 0)
    tick(first, TEN)
    assert (len(sent()), PeriodicTask.objects.get(pk=entry.pk).total_run_count) == (0, 0)
    tick(second, TEN)
    assert len(sent()) == 1


def test_a_beat_whose_clock_is_wrong_sends_nothing(entry, settings, monkeypatch):
    settings.WATCH = settings.WATCH | {"clock_seconds": 60}
    monkeypatch.setattr(clocks.Compared, "at", float("-inf"))
    (beat,) = beats(1)
    tick(beat, TEN)  # the database does not travel
    assert (sent(), PeriodicTask.objects.get(pk=entry.pk).last_run_at) == ([], TEN - MINUTE)


def goes_on():
    """Three more leave, from whichever beat."""
    begun = len(sent())
    assert wait_until(lambda: len(sent()) >= begun + 3, 60)


def test_two_real_beats_send_nothing_twice(entry, tmp_path):
    every = IntervalSchedule.objects.create(every=1, period=IntervalSchedule.SECONDS)
    PeriodicTask.objects.all().delete()
    make_entry("each second", interval=every, last=None)
    environment, began = os.environ | {"DATABASE_URL": database.address(), "PYTHONUNBUFFERED": "1"}, time.monotonic()
    started = [Daemon(name, tmp_path, {"cwd": settings.BASE_DIR, "env": environment}) for name in ("one", "two")]
    for beat in started:
        words = ["-m", "celery", "-A", "tten", "beat", "--pidfile=", "--loglevel", "info", "--max-interval", "1"]
        beat.start([sys.executable, *words])
    try:
        assert wait_until(lambda: all("Starting" in beat.log.read_text() for beat in started), 60)
        goes_on()
        sender = max(started, key=lambda beat: beat.log.read_text().count("each second"))
        sender.stop()
        goes_on()
    finally:
        for beat in started:
            beat.stop()
    assert len(sent()) <= time.monotonic() - began + 1
    assert PeriodicTask.objects.get(name="each second").total_run_count == len(sent())
