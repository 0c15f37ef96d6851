"""How an office stands this morning: what is due, what is overdue, and what keeps it from its work."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from notifications.models import Channel, Delivery
from policy.calendar import SHANGHAI, local_date, today
from policy.models import PolicyVersion
from policy.working_days import working_day_before
from records.people import Person
from reviews.models import Lies, Office, Turn
from reviews.querysets import OfficeMemberQuerySet
from reviews.soon import soon_until

MAILS = dt.timedelta(days=30)  # for which what became of mails to people of an office is looked at


@dataclass(frozen=True)
class Morning:
    """What an office, its head, or 市科技局 is told of it."""

    office: Office
    soon: int = 0
    today: int = 0
    past: int = 0
    oldest: dt.date | None = None  # the first promised day that has passed
    new: int = 0  # of the overdue ones: since the office was looked at last
    staffed: bool = True
    silent: dt.date | None = None  # since when nobody has signed in, where that is too long
    unreached: Sequence[Person] = field(default_factory=list)  # whose mails did not arrive

    def get_absolute_url(self) -> str:
        """The desk of the office, where it lists what is due."""
        return reverse("turn_list") + ("?tab=past" if self.past else "?tab=soon")

    @property
    def is_due(self) -> bool:
        """Whether a promised day is near, has come or has passed."""
        return bool(self.soon or self.today or self.past)

    @property
    def troubles(self) -> list[str]:
        """What keeps the office from its work, in sentences."""
        told = (
            (not self.staffed, "有待办事项，但没有可以登录的在岗人员。"),
            (self.silent, f"{self.silent} 以后没有在岗人员登录，待办事项没有人打开。"),
            (self.unreached, f"提醒邮件没有送达，请核对邮箱：{'、'.join(map(str, self.unreached))}。"),
        )
        return [words for holds, words in told if holds]


def morning_at(office: Office, since: dt.date | None, *, times: int = 1) -> Morning:
    """Read how the office stands. since: when it was looked at last; times: how often over a span that is too long."""
    day = today()
    waiting = Turn.objects.open().filter(office=office).order_by()
    due = waiting.filter(due_on__lte=soon_until()).aggregate(
        soon=Count("pk", filter=Q(due_on__gt=day)),
        today=Count("pk", filter=Q(due_on=day)),
        past=Count("pk", filter=Q(due_on__lt=day)),
        new=Count("pk", filter=Q(due_on__lt=day) & (Q(due_on__gte=since) if since else Q())),
        oldest=Min("due_on", filter=Q(due_on__lt=day)),
    )
    staffed = not waiting.exists() or people_of(office).exists()
    return Morning(
        office, **due, staffed=staffed, silent=silent_since(office, times), unreached=unreached_at(office, times)
    )


def people_of(office: Office) -> OfficeMemberQuerySet:
    """The places of those who are at work at the office and can sign in."""
    return office.memberships.at_work().filter(user__is_active=True)


def too_long(times: int) -> dt.date:
    """The last day that lies too far back: so many working days of the policy (无人登录提醒), once or several times."""
    return working_day_before(today(), times * PolicyVersion.objects.remembered().unopened_days)


def silent_since(office: Office, times: int = 1) -> dt.date | None:
    """The day on which somebody of the office signed in last, or the oldest case came, where cases have waited since for too long.

    The sessions of offices end with the working day, so that who opens the list has signed in.
    """
    limit = too_long(times)
    waiting = Turn.objects.open().filter(office=office, lies=Lies.DESK, opened_at__lt=after(limit)).order_by()
    places = list(people_of(office).values_list("user__last_login", flat=True))
    first = waiting.aggregate(first=Min("opened_at"))["first"] if places else None
    if first is None:
        return None
    last = max([local_date(at) for at in places if at is not None], default=local_date(first))
    return last if last <= limit else None


def after(day: dt.date) -> dt.datetime:
    """The first moment after the day."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, SHANGHAI)


def unreached_at(office: Office, times: int = 1) -> list[Person]:
    """The people at the office of whom the latest mail that came to an end was given up; several times: for so long already."""
    since = timezone.now() - MAILS
    mails = Delivery.objects.filter(channel=Channel.MAIL, notice__recipient=OuterRef("user"), notice__at__gte=since)
    latest = {
        name: Subquery(rows.order_by("-notice__at").values("notice__at")[:1])
        for name, rows in (("failed", mails.failed()), ("sent", mails.sent()))
    }
    dated: Any = people_of(office).annotate(**latest)
    places = dated.filter(Q(sent=None) | Q(sent__lt=F("failed")), failed__isnull=False)
    if times > 1:
        places = places.filter(failed__lt=after(too_long(times - 1)))
    return [place.user for place in places.select_related("user").order_by("user__name_key", "pk")]
