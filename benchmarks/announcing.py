"""The inside of benchmarks/notices.py for 通知公告: so many firms, each with a person, are told by one worker.

Two processes: the first writes the firms, the second is the worker, whose CPU and memory are counted, and that of its
PostgreSQL beside it. What is counted ends with the rows of the messages; how they leave is the bench of mails and texts.
"""

import json
import os
import resource
import time
from pathlib import Path

from django.db import connection
from django.utils import timezone

from accounts.models import Unit, UnitMember, User
from notifications.models import Announcement, Delivery, Notice
from tten.announcing import work
from tten.local.say import say

AT_ONCE = 5_000  # rows of one statement
TICKS = os.sysconf("SC_CLK_TCK")


def write(number: int) -> None:
    """So many firms with an administrator who has proved a mail address, and an announcement to them that is due."""
    now = timezone.now()
    for first in range(0, number, AT_ONCE):
        keys = range(first, min(first + AT_ONCE, number))
        people = User.objects.bulk_create(
            User(username=f"firm-{n}", email=f"firm-{n}@bench.example", email_verified_at=now) for n in keys
        )
        units = Unit.objects.bulk_create(Unit(number=f"BENCH{n:09}", name=f"样例企业 {n}") for n in keys)
        UnitMember.objects.bulk_create(
            UnitMember(unit=unit, user=person, role="admin") for unit, person in zip(units, people, strict=True)
        )
    said = {
        "sender": "市科技局",
        "title": "年底集中兑现安排",
        "words": "正文" * 200,
        "conditions": {"side": "applicant"},
    }
    by = User.objects.clock()
    Announcement.objects.create(by=by, stage="waiting", due_at=now, total=number, **said)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(number: int) -> None:
    """Tell them, and print as JSON: CPU seconds of worker and PostgreSQL, seconds on the clock, MB, how many were not told once."""
    made = Announcement.objects.get()
    began, cpu, beside = time.monotonic(), time.process_time(), beside_us()
    work.carry_on(made.pk)
    spent = {"cpu": time.process_time() - cpu, "beside": beside_us() - beside, "clock": time.monotonic() - began}
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = Notice.objects.filter(case_id=made.pk).values("recipient").distinct().count()
    wrong = abs(Notice.objects.count() - number) + abs(told - number) + abs(Delivery.objects.count() - number)
    say(json.dumps(spent | {"memory": most, "left": wrong}))


def beside_us() -> float:
    """CPU seconds of the process of PostgreSQL that answers this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone() or (0,)
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
