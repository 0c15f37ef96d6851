"""What `python -m benchmarks.deliveries` does to the broker, to the servers and to two workers at once (delivering.py has the rest).

Half of the events are told by verbs that hand their task to a real Valkey, then it fails, then the other half is told: it
must hold no verb up for long, and the query that finds what is due must find all of it.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable

from django.conf import settings
from redis import Redis

from benchmarks.delivering import HANGS, KILLS, STEPS, WORKER, Act, Count, Trial, try_all
from notifications import delivery
from notifications.models import Channel, Notice
from notifications.services import send_out
from records.doors import whole
from records.queue import Broker

BROKERS = ("forgets", "hangs", "killed")  # killed last: it does not come back
ADDRESSES = {Channel.MAIL: ("EMAIL_PORT", "{}"), Channel.SMS: ("SMS_ADDRESS", "http://127.0.0.1:{}")}


def broker_acts() -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """Point → what happens to the broker, and what mends it."""
    broker = Redis.from_url(settings.REDIS_URL)
    pid = broker.info()["process_id"]
    return {
        "forgets": (broker.flushall, lambda: None),
        "hangs": (lambda: os.kill(pid, signal.SIGSTOP), lambda: os.kill(pid, signal.SIGCONT)),
        "killed": (lambda: os.kill(pid, signal.SIGKILL), lambda: None),
    }


def broker(trial: Trial, point: str, events: int) -> Count:
    """Let the broker fail between the two halves of the events; nobody works for it: what is due leaves by the clock."""
    notices = trial.told(events, Channel.MAIL)
    fail, mend = broker_acts()[point]
    tell(notices[: events // 2])
    handed = Broker.rests_until == 0.0
    fail()
    try:
        tell(notices[events // 2 :])
        missed = Broker.rests_until > 0.0
    finally:
        mend()
        Broker.rests_until = 0.0
    return trial.settle(notices, struck=handed and missed == (point != "forgets"))


def tell(notices: list[Notice]) -> None:
    """Each event is a verb of its own, as at the desk."""
    for notice in notices:
        with whole():
            send_out([notice])


def away(trial: Trial, channel: str, events: int) -> Count:
    """The server's process is gone when the worker comes, and back later."""
    notices = trial.write(events, channel)
    name, shape = ADDRESSES[Channel(channel)]
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # taken, and nobody listens
        before = getattr(trial.settings, name)
        setattr(trial.settings, name, type(before)(shape.format(nobody.getsockname()[1])))
        tried = delivery.sweep(channel)
        setattr(trial.settings, name, before)
    return trial.settle(notices, struck=tried == 1)


def twice(trial: Trial, channel: str, events: int) -> Count:
    """The broker hands one task to two workers, which begin at once."""
    notices = trial.write(events, channel)
    command = [sys.executable, "-c", WORKER.format(str(channel))]
    workers = [subprocess.Popen(command, env=trial.environment()) for _ in range(2)]
    ended = [worker.wait() for worker in workers]
    return trial.settle(notices, struck=not any(ended))


POINTS: list[tuple[Act, str]] = [
    *((Trial.hang, point) for point in HANGS),
    *((Trial.kill, point) for point in KILLS),
    *((Trial.pause, point) for point in STEPS),
    *((act, channel.value) for act in (away, twice) for channel in ADDRESSES),
    *((broker, point) for point in BROKERS),
]


def main(events: int, only: str) -> int:
    """Try all points; 1 where anything is lost or doubled."""
    return try_all(POINTS, events, only)
