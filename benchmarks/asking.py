"""The inside of benchmarks/waiting.py: mails pile up, codes and notices by text are asked for, and the rows say when each left."""

import datetime as dt
import json
import math
import time
from statistics import median

from django.utils import timezone

from accounts.models import TextMessage, User
from accounts.sms.services import send_text
from accounts.sms.tasks import sweep_texts
from benchmarks.noticing import write
from benchmarks.waiting import AIMS, AT_WORK
from notifications.models import Channel, Delivery, Notice
from notifications.services import write_notices
from notifications.tasks import send_due, sweep
from records.doors import whole
from records.queue import hand_over
from tten.celery import app
from tten.local.say import LocalError, say

EACH = 2  # of each kind a second
CLOCK = 60  # seconds between two sweeps of the clock
AFTER = 90  # seconds for which what is under way is waited for
PATIENCE = 180  # seconds for the workers to come up
Moments = tuple[dt.datetime, dt.datetime | None]
FIRST = 13_900_000_000  # the first phone number


def ask(waiting: int, seconds: int) -> None:
    """Print as JSON, for each kind: how many were asked for, the share in time, the median and the slowest (seconds)."""
    write(Channel.MAIL, waiting)
    wait_for_workers()
    hand_over(send_due, Channel.MAIL)
    people = User.objects.bulk_create(
        User(username=f"waits{n}", phone=str(FIRST + n), phone_verified_at=timezone.now())
        for n in range(seconds * EACH)
    )
    began = time.monotonic()
    for second in range(seconds):
        for person in people[second * EACH : (second + 1) * EACH]:
            ask_once(person)
        run_clock(second)
        time.sleep(max(0.0, began + second + 1 - time.monotonic()))
    for second in range(seconds, seconds + AFTER):
        if all(sent for _, sent in (*texts(), *codes())):
            break
        run_clock(second)
        time.sleep(1)
    say(json.dumps({"codes": found("codes", codes()), "notices": found("notices", texts())}))


def wait_for_workers() -> None:
    """How long they take to come up is no part of it."""
    ends = time.monotonic() + PATIENCE
    while len(app.control.ping(timeout=2)) < len(AT_WORK):
        if time.monotonic() > ends:
            raise LocalError("the workers did not come up")


def ask_once(person: User) -> None:
    """A code that somebody waits for, and a notice whose first way is a text."""
    with whole():
        send_text(person.phone or "", "code", purpose="login", code="123456")
    with whole():
        write_notices([Notice(recipient=person, kind="bench", subject="复审通过", body="正文", url="/")])


def run_clock(second: int) -> None:
    """What beat hands over each minute."""
    if second % CLOCK == 0:
        hand_over(sweep)
        hand_over(sweep_texts)


def codes() -> list[Moments]:
    """When each code came to be and when it left."""
    return list(TextMessage.objects.values_list("at", "sent_at"))


def texts() -> list[Moments]:
    """The same of each notice by text."""
    return list(Delivery.objects.filter(channel=Channel.SMS).values_list("notice__at", "sent_at"))


def found(kind: str, moments: list[Moments]) -> dict[str, float]:
    """What came of them; one that has not left counts as not in time."""
    took = [(sent - began).total_seconds() for began, sent in moments if sent] or [math.inf]
    share = 100 * sum(seconds <= AIMS[kind][0] for seconds in took) / len(moments)
    return {"asked": len(moments), "share": share, "median": median(took), "slowest": max(took)}
