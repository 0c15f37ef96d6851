"""What lies at offices and desks this morning: read once for all whose digest says it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import Duty
from notifications.models import Delivery
from policy.calendar import today
from reviews.models import Office, OfficeMember, Question, Turn
from reviews.soon import soon_until


@dataclass(frozen=True)
class Due:
    """What an office owes."""

    name: str
    past: int
    today: int
    soon: int
    asked: int  # questions of firms that wait for its answer

    @property
    def lines(self) -> list[tuple[str, str]]:
        """(what, where it is listed) of what there is."""
        said = (
            (self.past, "超期", "past"),
            (self.today, "今天到期", "soon"),
            (self.soon, "即将到期", "soon"),
            (self.asked, "企业询问待答复", "asked"),
        )
        at = f"{settings.SITE_URL}{reverse('turn_list')}"
        return [(f"{words} {count} 件", f"{at}?tab={tab}") for count, words, tab in said if count]


class Morning:
    """Places, dues and undelivered messages; a few queries, however many read of them."""

    def __init__(self) -> None:
        places = OfficeMember.objects.at_work().filter(user__is_active=True).values_list("user", "office")
        self.offices: dict[int, list[int]] = {}
        for person, office in places.order_by("office__kind", "office__name"):
            self.offices.setdefault(person, []).append(office)
        self.dues = {office.pk: due for office, due in dues_of({key for keys in self.offices.values() for key in keys})}
        self.unreached = Delivery.objects.unreached().count()

    def lines(self, person: int, duty: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """(where, its lines) of what the person's offices owe, and of what an account keeper has to look at."""
        found = [(due.name, due.lines) for office in self.offices.get(person, ()) if (due := self.dues[office]).lines]
        if duty == Duty.ACCOUNTS and self.unreached:
            at = f"{settings.SITE_URL}{reverse('keeper_mail_list')}"
            found.append((Duty.ACCOUNTS.label, [(f"未送达的消息 {self.unreached} 条", at)]))
        return found


def dues_of(offices: Iterable[int]) -> list[tuple[Office, Due]]:
    """Each office with what it owes; three queries for all."""
    day = today()
    waiting = Turn.objects.open().filter(office__in=offices).order_by()
    counts = {
        row["office"]: row
        for row in waiting.filter(due_on__lte=soon_until())
        .values("office")
        .annotate(
            past=Count("pk", filter=Q(due_on__lt=day)),
            today=Count("pk", filter=Q(due_on=day)),
            soon=Count("pk", filter=Q(due_on__gt=day)),
        )
    }
    asking = Question.objects.open().to_offices().filter(turn__office__in=offices).order_by()
    asked = dict(asking.values_list("turn__office").annotate(Count("turn", distinct=True)))
    none = {"past": 0, "today": 0, "soon": 0}
    rows = ((office, counts.get(office.pk, none)) for office in Office.objects.filter(pk__in=offices))
    return [
        (office, Due(office.name, row["past"], row["today"], row["soon"], asked.get(office.pk, 0)))
        for office, row in rows
    ]
