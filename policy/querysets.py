"""Which version of the policy holds when."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

from policy.calendar import local_date, today

if TYPE_CHECKING:
    from policy.models import PolicyVersion


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    """Reading rules of the dated policy."""

    def in_force(self, at: dt.date | dt.datetime | None = None) -> "PolicyVersion":
        """Give the version of this instant (now, where none is named); raise DoesNotExist before the first."""
        day = today() if at is None else local_date(at)
        return self.filter(published=True, effective_from__lte=day).latest("effective_from")
