"""The inside of the digests in benchmarks/notices.py: so many reviewers at forty bodies, one worker writes their mornings.

Each has thirty arrivals that he has not opened, each office fifty cases near or past their day. What is measured is what
the task does, the rows that leave included; how mails leave is measured by themselves.
"""

import datetime as dt
import json
import time

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from accounts.messages.services import send_digests
from accounts.models import User
from notifications.models import Delivery, Notice
from policy.calendar import today
from reviews.models import Office, OfficeMember, Turn
from tten.local.say import say
from vouchers.models import Application

OFFICES, ARRIVALS, CASES = 40, 30, 50
PER_INSERT = 1000


def measure(number: int) -> None:
    """Write the digests, twice, and print as JSON: CPU seconds of this process, on the clock, how many are missing."""
    write(number)
    began, cpu = time.monotonic(), time.process_time()
    send_digests()
    spent = {"cpu": time.process_time() - cpu, "clock": time.monotonic() - began}
    send_digests()
    told = Delivery.objects.filter(notice__kind="daily_digest").count()
    say(json.dumps(spent | {"left": abs(number - told)}))


def write(number: int) -> None:
    """Offices with what they owe, people with what has come for them."""
    offices = Office.objects.bulk_create(Office(kind="body", name=f"样例机构 {n}") for n in range(OFFICES))
    people = User.objects.bulk_create(
        User(username=f"digest-{n}", email=f"d{n}@bench.example", email_verified_at=timezone.now())
        for n in range(number)
    )
    OfficeMember.objects.bulk_create(
        OfficeMember(office=offices[n % OFFICES], user=person) for n, person in enumerate(people)
    )
    kind = ContentType.objects.get_for_model(Application)
    Turn.objects.bulk_create(
        Turn(
            case_type=kind,
            case_id=n + 1,
            state="body",
            stage="待复审",
            office=offices[n % OFFICES],
            due_on=today() + dt.timedelta(n % 5 - 2),
        )
        for n in range(OFFICES * CASES)
    )
    Notice.objects.bulk_create(
        (
            Notice(recipient=person, kind="application_arrived", subject=f"待办：创新券申请 {n}", body="正文", url="/")
            for person in people
            for n in range(ARRIVALS)
        ),
        batch_size=PER_INSERT,
    )
