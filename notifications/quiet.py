"""Quiet hours: no text and no 微信 message leaves at night. Mail makes no noise, and a code is asked for by its person."""

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from notifications.models import Channel, MessageSettings
from policy.calendar import SHANGHAI

LOUD = frozenset({Channel.SMS, Channel.WECHAT})
DAY = dt.timedelta(days=1)


class Night(NamedTuple):
    """The hours in Tianjin from the evening on and until the morning, in which a telephone is let alone."""

    begins: int
    ends: int

    def holds(self, moment: dt.datetime) -> bool:
        """Whether the moment lies in it."""
        hour = moment.astimezone(SHANGHAI).hour
        return hour >= self.begins or hour < self.ends

    def end(self, moment: dt.datetime) -> dt.datetime:
        """The morning after the moment, which lies in it."""
        local = moment.astimezone(SHANGHAI)
        day = local.date() + DAY if local.hour >= self.begins else local.date()
        return dt.datetime.combine(day, dt.time(self.ends), SHANGHAI)


def night_of_all() -> Night:
    """The quiet hours that everybody has, by the setting NOTICES_QUIET."""
    begins, ends = settings.NOTICES["quiet"]
    return Night(int(begins), int(ends))


def night_of(wishes: MessageSettings) -> Night:
    """Those of one person: he may begin them earlier and end them later, not the other way round."""
    usual = night_of_all()
    begins, ends = wishes.quiet_from, wishes.quiet_until
    return Night(min(usual.begins, usual.begins if begins is None else begins), max(usual.ends, ends or 0))


def due(channel: str, wishes: MessageSettings, after: dt.timedelta = dt.timedelta()) -> dt.datetime:
    """From when on a message may leave to the person: now, or so long after; in his quiet hours, the morning."""
    moment = timezone.now() + after
    night = night_of(wishes)
    return night.end(moment) if channel in LOUD and night.holds(moment) else moment


def is_quiet(channel: str) -> bool:
    """Whether nothing leaves on the channel now, however long it has been due."""
    return channel in LOUD and night_of_all().holds(timezone.now())
