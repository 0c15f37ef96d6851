"""How soon messages leave: of the newest ones of the last day, the share that was handed over in time."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import CharField, F, Value
from django.utils import timezone

from accounts.models import AccountMail, TextMessage
from notifications.models import Delivery

A_DAY = dt.timedelta(days=1)
NEWEST = 1000  # of each table: what this asks stays as dear however long the tables grow


@dataclass(frozen=True)
class Aim:
    """How soon messages of a kind are to leave, and how many of a hundred of them."""

    label: str
    seconds: int
    per_cent: int


CODES, NOTICES = "codes", "notices"
AIMS = {CODES: Aim("验证码和帐号消息", 10, 99), NOTICES: Aim("事项通知", 60, 95)}


@dataclass(frozen=True)
class Share:
    """What came of an aim."""

    aim: Aim
    in_time: int
    counted: int

    @property
    def per_cent(self) -> Decimal:
        """How many of a hundred left in time, with one place, never rounded up to what it is not."""
        return Decimal(self.in_time * 1000 // self.counted) / 10 if self.counted else Decimal(100)

    @property
    def is_met(self) -> bool:
        """Whether as many left in time as are to."""
        return self.in_time * 100 >= self.aim.per_cent * self.counted


def shares() -> list[Share]:
    """The share of each aim; one question. A message that waits counts once its seconds are over."""
    now = timezone.now()
    told = [(kind, began, sent) for kind, began, sent in newest() if began >= now - A_DAY]
    return [share_of(aim, [row[1:] for row in told if row[0] == kind], now) for kind, aim in AIMS.items()]


def newest() -> list[tuple[str, dt.datetime, dt.datetime | None]]:
    """(kind, when it came to be, when it was handed over) of the newest messages."""
    tables: list[tuple[Any, str, str]] = [
        (Delivery, NOTICES, "notice__at"),
        (TextMessage, CODES, "at"),
        (AccountMail, CODES, "at"),
    ]
    parts: list[Any] = [
        model._default_manager.annotate(kind=Value(kind, CharField()), began=F(at))
        .order_by("-pk")
        .values("kind", "began", "sent_at")[:NEWEST]
        for model, kind, at in tables
    ]
    return list(parts[0].union(*parts[1:], all=True).values_list("kind", "began", "sent_at"))


def share_of(aim: Aim, moments: Iterable[tuple[dt.datetime, dt.datetime | None]], now: dt.datetime) -> Share:
    """Count the messages whose seconds are over or that have left."""
    allowed = dt.timedelta(seconds=aim.seconds)
    ended = [(began, sent) for began, sent in moments if sent is not None or now - began > allowed]
    return Share(aim, sum(sent is not None and sent - began <= allowed for began, sent in ended), len(ended))
