"""What the fault tests and `python -m benchmarks.deliveries` do, once Django stands: events, a trouble at one point, a count.

Each event is a notice to a person with a proved mail address and a proved phone; the mail server and the gateway are sinks
that count what they take by the number of the event (`benchmarks/sinks.py`). Time is moved by moving what is due.
"""

import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.sms import aliyun
from benchmarks.sinks import ANSWERS, Mailbox, Texts, Told, sink
from notifications import delivery
from notifications.channels import ids_of
from notifications.models import MOST_TRIES, Channel, Delivery, DeliveryQuerySet, Notice
from notifications.services import send_out
from records.queue import Broker
from tten.local.say import say

POINTS = {  # channel → the steps of a delivery at which something may die
    Channel.MAIL: ("connect", "EHLO", "MAIL", "RCPT", "DATA", "words", "taken"),
    Channel.SMS: ("words", "taken"),
}
STEPS = [f"{channel.value} {step}" for channel, steps in POINTS.items() for step in steps]
KILLS = [*STEPS, "between"]
HANGS = [f"{point} {how}" for point in STEPS for how in ("hangs", "drops", "refuses")]
# nobody knows what became of the text, and no way is left: the case says 未送达 (ADR 0157)
NOWHERE = {"sms words", "sms words hangs", "sms words drops"}
PATIENCE = 0.3  # seconds for which a sink is waited for
NUMBERS = count(1)
REFUSAL = {"mail": "451 later", "sms": "Throttling"}
WORKER = "import django; django.setup(); from notifications import delivery; delivery.sweep({!r})"


@dataclass(frozen=True)
class Count:
    """What came of the events of one trial."""

    events: int
    arrived: int  # by some channel
    shown: int  # of those that did not: given up on the last way, so that people read 未送达
    doubled: int  # on one channel
    both: int  # of those that arrived: by mail and by text, since nobody knew of the mail
    open: int  # rows that still wait
    struck: bool = True  # whether the trouble came at all

    @property
    def verdict(self) -> tuple[int, int, int, int, bool]:
        """(arrived, shown as 未送达, doubled, still waiting, whether the trouble came)."""
        return self.arrived, self.shown, self.doubled, self.open, self.struck


class Trial:
    """Two sinks, and the portal's settings that lead to them."""

    def __init__(self, settings: object) -> None:
        self.settings, self.stack, self.sinks = settings, ExitStack(), dict[str, tuple[int, Told]]()
        self.ways: dict[str, Any] = {}

    def __enter__(self) -> Self:
        for channel, handler in ((Channel.MAIL, Mailbox), (Channel.SMS, Texts)):
            self.sinks[channel] = self.stack.enter_context(sink(handler))
        self.ways = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": self.sinks[Channel.MAIL][0],
            "EMAIL_TIMEOUT": 1,
            "SMS_BACKEND": "accounts.sms.aliyun.to_aliyun",
            "SMS_ADDRESS": f"http://127.0.0.1:{self.sinks[Channel.SMS][0]}",
        }
        for name, value in (self.ways | {"SMS_TEMPLATES": {"notice": "1"}}).items():
            setattr(self.settings, name, value)
        self.ways["SMS_TEMPLATES"] = "notice=1"
        self.patience, aliyun.TIMEOUT = aliyun.TIMEOUT, (1, 1)
        return self

    def __exit__(self, *_: object) -> None:
        aliyun.TIMEOUT = self.patience
        delivery.Rest.until.clear()
        self.stack.close()

    def write(self, events: int, channel: str) -> list[Notice]:
        """So many events with their first rows; nobody sends them yet."""
        notices = self.told(events, channel)
        with nobody_called():
            send_out(notices)
        return notices

    def told(self, events: int, channel: str) -> list[Notice]:
        """So many events, each told to a person of its own, whose first way is the channel."""
        now, numbers = timezone.now(), [next(NUMBERS) for _ in range(events)]
        people = User.objects.bulk_create(
            User(
                username=f"trial{n}",
                phone=f"138{n:08}",
                phone_verified_at=now,
                email=f"{n}@trial.example",
                email_verified_at=now if channel == Channel.MAIL else None,
            )
            for n in numbers
        )
        return Notice.objects.bulk_create(
            Notice(recipient=person, kind="trial", subject="复审通过", body="正文", url="/") for person in people
        )

    def hang(self, point: str, events: int) -> Count:
        """Let the other side hang, drop the line or say no, at this point, in the middle of the events."""
        channel, step, how = point.split()
        answer = REFUSAL[channel] if how == "refuses" else None

        def trouble() -> str | None:
            if how == "hangs":
                time.sleep(self.ways["EMAIL_TIMEOUT"] + PATIENCE)
            return answer

        notices = self.write(events, channel)
        self.sinks[channel][1].plan(step, middle(step, events), trouble)
        return self.settle(notices)

    def kill(self, point: str, events: int) -> Count:
        """Kill the worker at this point, in the middle of the events; "between": it has taken rows and sent none."""
        channel, _, step = point.partition(" ")
        if not step:
            notices = self.write(events, Channel.MAIL)
            held = delivery.claim(Channel.MAIL)
            return self.settle(notices, struck=bool(held))
        notices = self.write(events, channel)
        with subprocess.Popen([sys.executable, "-c", WORKER.format(channel)], env=self.environment()) as worker:
            self.sinks[channel][1].plan(step, middle(step, events), partial(end, worker))
            worker.wait()
        return self.settle(notices)

    def pause(self, point: str, events: int) -> Count:
        """Stop the worker at this point until its rows were given to another, then let it go on where it was."""
        channel, _, step = point.partition(" ")
        notices = self.write(events, channel)
        with subprocess.Popen([sys.executable, "-c", WORKER.format(channel)], env=self.environment()) as worker:
            self.sinks[channel][1].plan(step, middle(step, events), partial(stop, worker, step))
            os.waitpid(worker.pid, os.WUNTRACED)
            self.settle(notices)
            worker.send_signal(signal.SIGCONT)
            worker.wait()
        return self.settle(notices)

    def environment(self) -> dict[str, str]:
        """What a worker has to know to work on the same rows with the same sinks."""
        address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
        ways = {name: str(value) for name, value in self.ways.items()}
        return {"DJANGO_SETTINGS_MODULE": "tten.settings", **os.environ, **ways, "DATABASE_URL": address.geturl()}

    def settle(self, notices: list[Notice], *, struck: bool = True) -> Count:
        """Let days pass, minute by minute of the clock, until nothing waits any more; then count."""
        rows = Delivery.objects.filter(notice__in=notices)
        for _ in range(3 * MOST_TRIES):
            rows.waiting().update(due_at=timezone.now())
            for channel in POINTS:
                delivery.sweep(channel)
        return self.counted(notices, rows, struck=struck)

    def counted(self, notices: list[Notice], rows: DeliveryQuerySet, *, struck: bool) -> Count:
        """What the sinks have taken of these events."""
        mails, texts = (told.taken for _, told in self.sinks.values())
        host = ids_of(notices[0])["Message-ID"].rpartition("@")[2]
        pairs = [(mails[f"<notice-{one.pk}@{host}"], texts[one.recipient.phone or ""]) for one in notices]
        ended = set(rows.unreached().values_list("notice", flat=True))
        return Count(
            events=len(notices),
            arrived=sum(any(pair) for pair in pairs),
            shown=sum(one.pk in ended and not any(pair) for one, pair in zip(notices, pairs, strict=True)),
            doubled=sum(max(pair) > 1 for pair in pairs),
            both=sum(all(pair) for pair in pairs),
            open=rows.waiting().count(),
            struck=struck and not any(told.troubles for _, told in self.sinks.values()),
        )


Act = Callable[[Trial, str, int], Count]


@contextmanager
def nobody_called() -> Iterator[None]:
    """No worker hears of what is written: under the tests one would send it at once, before the trouble is planned."""
    before, Broker.rests_until = Broker.rests_until, math.inf
    try:
        yield
    finally:
        Broker.rests_until = before


def end(worker: "subprocess.Popen[bytes]") -> None:
    """Kill it, and be sure that it is dead before the line tells it anything."""
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()


def stop(worker: "subprocess.Popen[bytes]", step: str) -> str:
    """Stop it before it hears the answer of this step."""
    worker.send_signal(signal.SIGSTOP)
    return ANSWERS.get(step, "250 ok")


def middle(step: str, events: int) -> int:
    """How often the step comes before the trouble does: a line is opened once for all."""
    return 0 if step in {"connect", "EHLO"} else events // 2


def due(point: str, events: int, *, paused: bool = False) -> tuple[int, int, int, int, bool]:
    """The verdict at a point where nothing is lost and nothing comes twice; paused: what left did arrive."""
    shown = int(point in NOWHERE and not paused)
    return events - shown, shown, 0, 0, True


def try_all(points: Sequence[tuple[Act, str]], events: int, only: str) -> int:
    """Every point with so many events, one line of the table each; 1 where anything is lost or doubled."""
    say(
        "| point | events | arrived | 未送达 | doubled | by both ways | waiting |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    )
    bad = 0
    with Trial(settings) as trial:
        for act, point in points:
            if only not in f"{act.__name__} {point}":
                continue
            found = act(trial, point, events)
            bad += found.verdict != due(point, events, paused=act is Trial.pause)
            say(
                f"| {act.__name__}: {point} | {events} | {found.arrived} | {found.shown} | {found.doubled} | {found.both} |"
                f" {found.open} |"
            )
    return int(bad > 0)
