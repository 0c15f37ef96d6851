"""Which version of the policy holds when."""

import datetime as dt
import time
from typing import TYPE_CHECKING

from django.db import models

from policy.calendar import local_date, today

if TYPE_CHECKING:
    from policy.models import PolicyVersion

KEPT_SECONDS = 30


class Memory:
    """The published versions as this process read them last, the oldest first."""

    versions: tuple["PolicyVersion", ...] = ()
    read_at = 0.0
    days: "dict[dt.date, bool] | None" = None  # the kept days of the calendar, and whether the offices work
    days_at = 0.0

    def fresh(self) -> tuple["PolicyVersion", ...]:
        """What was read within the last half minute; nothing where that is longer ago."""
        return self.versions if time.monotonic() - self.read_at < KEPT_SECONDS else ()

    def keep(self, versions: tuple["PolicyVersion", ...]) -> None:
        """Remember what was read now."""
        self.versions, self.read_at = versions, time.monotonic()

    def forget(self) -> None:
        """The next question reads afresh."""
        self.versions, self.days = (), None

    def fresh_days(self) -> "dict[dt.date, bool] | None":
        """The kept days as they were read within the last half minute."""
        return self.days if time.monotonic() - self.days_at < KEPT_SECONDS else None

    def keep_days(self, days: dict[dt.date, bool]) -> None:
        """Remember the days that were read now."""
        self.days, self.days_at = days, time.monotonic()


MEMORY = Memory()


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    """Reading rules of the dated policy."""

    def in_force(self, at: dt.date | dt.datetime | None = None) -> "PolicyVersion":
        """Give the version of this instant (now, where none is named); raise DoesNotExist before the first."""
        return self.filter(published=True, effective_from__lte=_day(at)).latest("effective_from")

    def remembered(self, at: dt.date | dt.datetime | None = None) -> "PolicyVersion":
        """Give the same without asking the database: as this process read it at most half a minute ago.

        For figures that hang on no case of money, and are asked for in every row of a list; what a case keeps, and
        whether one may apply, asks `in_force`.
        """
        versions, day = MEMORY.fresh(), _day(at)
        if not versions:
            versions = tuple(self.filter(published=True).order_by("effective_from"))
            MEMORY.keep(versions)
        held = [version for version in versions if version.effective_from <= day]
        if not held:
            raise self.model.DoesNotExist
        return held[-1]


def _day(at: dt.date | dt.datetime | None) -> dt.date:
    return today() if at is None else local_date(at)
