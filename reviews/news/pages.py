"""What the page 消息送达 shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from notifications.models import Delivery, Notice
from reviews.models import Turn
from reviews.pages import DESK


@dataclass(frozen=True)
class Told:
    """One message to one person, and what has become of it."""

    notice: Notice

    @property
    def ways(self) -> list[str]:
        """Each way in words."""
        return [outcome(row) for row in self.notice.deliveries.all()]

    @property
    def is_lost(self) -> bool:
        """Whether each way has failed, and it was not opened in the portal."""
        rows = self.notice.deliveries.all()
        return bool(rows) and self.notice.delivered_at is None and not any(row.is_waiting for row in rows)


def outcome(row: Delivery) -> str:
    """What has become of one way; the address itself only where somebody has to ask about it."""
    way = row.get_channel_display()
    if row.sent_at:
        return f"{way}：{timezone.localtime(row.sent_at):%m-%d %H:%M} 已送达"
    if row.is_waiting:
        return f"{way}：等待发送"
    return f"{way} {row.address}：未送达（{row.problem}）"


def told(notices: Iterable[Notice]) -> list[Told]:
    """The messages as the page shows them."""
    return [Told(notice) for notice in notices]


def crumbs_of(turn: Turn) -> list[Any]:
    """The way back to the case."""
    return [(DESK[0], reverse(DESK[1])), (turn.number, turn.get_absolute_url()), ("消息送达", "")]
