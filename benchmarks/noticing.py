"""The inside of benchmarks/notices.py, in whichever tree, once Django stands: so many messages wait, one worker sends them.

PostgreSQL and the sinks are processes of their own and are not counted.
"""

import json
import time
from importlib import import_module

from accounts.models import User
from notifications import tasks
from notifications.models import Delivery, Notice
from tten.local.say import say

IS_OLD = hasattr(tasks, "deliver")  # a task for each message
FIRST = 13_800_000_000  # the first phone number


def measure(channel: str, number: int) -> None:
    """Write, send, and print as JSON: CPU seconds of this process, seconds on the clock, how many are left."""
    rows = write(channel, number)
    began, cpu = time.monotonic(), time.process_time()
    carry(channel, rows)
    spent = {"cpu": time.process_time() - cpu, "clock": time.monotonic() - began}
    say(json.dumps(spent | {"left": Delivery.objects.filter(sent_at=None).count()}))


def write(channel: str, number: int) -> list[int]:
    """So many messages that wait on the channel, all due."""
    phones = [str(FIRST + n) for n in range(number)]
    person = User.objects.create(username=f"bench-{channel}")
    notices = Notice.objects.bulk_create(
        Notice(recipient=person, kind="bench", subject=f"复审通过 {n}", body="正文" * 100, url="/")
        for n in range(number)
    )
    way = {} if IS_OLD else {"channel": channel}
    addresses = phones if channel == "sms" else ["a@bench.example"] * number
    rows = Delivery.objects.bulk_create(
        Delivery(notice=notice, address=address, **way) for notice, address in zip(notices, addresses, strict=True)
    )
    return [row.pk for row in rows]


def carry(channel: str, rows: list[int]) -> None:
    """Send them as a worker does: one task for each in an older state, sweeps in this one."""
    if not IS_OLD:
        while import_module("notifications.delivery").sweep(channel):
            pass
        return
    for pk in rows:
        vars(tasks)["deliver"](pk)
