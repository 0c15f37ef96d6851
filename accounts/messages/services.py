"""The digest of the morning: one mail a person in place of a mail for each thing that has arrived (ADR 0162)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.messages.morning import Morning
from accounts.messages.notices import DIGEST
from accounts.models import User
from notifications.kinds import KINDS
from notifications.models import MessageSettings, Notice
from notifications.services import compose, write_notices
from notifications.ways import takes_digest
from policy.calendar import SHANGHAI, today
from policy.working_days import working_day_before
from records.doors import door
from reviews.watch.notices import OFFICE_DUE

PER_ROUND = 100  # people whose digests are written in one transaction
MOST = 20  # arrivals that are named one by one
News = tuple[str, str]  # subject, address


@dataclass(frozen=True)
class Digest:
    """What one person is told."""

    person: User
    news: Sequence[News]
    lines: Sequence[tuple[str, list[tuple[str, str]]]]

    def get_absolute_url(self) -> str:
        """用户中心, which counts the same."""
        return reverse("user_center")

    @property
    def first(self) -> Sequence[News]:
        """The arrivals that are named."""
        return self.news[:MOST]

    @property
    def more(self) -> int:
        """How many more there are."""
        return max(0, len(self.news) - MOST)


def send_digests() -> None:
    """Write the digests of this morning that nobody has written yet, round by round."""
    morning = Morning()
    people = User.objects.filter(is_active=True).filter(Q(pk__in=morning.offices) | ~Q(duty=""))
    keys = list(people.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(keys), PER_ROUND):
        digest_round(keys[first : first + PER_ROUND], morning)


@door
def digest_round(keys: Sequence[int], morning: Morning) -> None:
    """Write the digests of these people: each once a day, who has nothing to read gets none."""
    MessageSettings.objects.bulk_create([MessageSettings(person_id=key) for key in keys], ignore_conflicts=True)
    begun = dt.datetime.combine(today(), dt.time.min, SHANGHAI)
    waiting = MessageSettings.objects.filter(Q(digested_at=None) | Q(digested_at__lt=begun), person__in=keys)
    rows = list(waiting.order_by("pk").select_for_update(of=("self",), no_key=True, skip_locked=True))
    rows = [row for row in rows if takes_digest(row)]
    news = news_of(rows)
    people = User.objects.in_bulk([row.person_id for row in rows])
    digests = [
        Digest(people[key], news.get(key, ()), morning.lines(key, people[key].duty))
        for key in (row.person_id for row in rows)
    ]
    write_notices([notice_of(digest) for digest in digests if digest.news or digest.lines])
    MessageSettings.objects.filter(pk__in=[row.pk for row in rows]).update(digested_at=timezone.now())


def news_of(rows: Iterable[MessageSettings]) -> dict[int, list[News]]:
    """Person → what has come for him since his last digest and he has not opened, the latest first."""
    first = dt.datetime.combine(working_day_before(today(), 1), dt.time.min, SHANGHAI)
    since = {row.person_id: row.digested_at or first for row in rows}
    kinds = [kind.name for kind in KINDS.values() if kind.matter.in_digest and kind != OFFICE_DUE]
    arrived = Notice.objects.unread().filter(
        recipient__in=since, kind__in=kinds, at__gte=min(since.values(), default=first)
    )
    found: dict[int, list[News]] = {}
    for person, at, subject, url in arrived.order_by("-at", "-pk").values_list("recipient", "at", "subject", "url"):
        if at >= since[person]:
            found.setdefault(person, []).append((subject, f"{settings.SITE_URL}{url}"))
    return found


def notice_of(digest: Digest) -> Notice:
    """It counts as read: what it says stands in 消息 already, thing by thing."""
    subject, body = compose(DIGEST, digest)
    named = {"kind": DIGEST.name, "subject": subject, "body": body, "url": digest.get_absolute_url()}
    return Notice(recipient=digest.person, read_at=timezone.now(), **named)
