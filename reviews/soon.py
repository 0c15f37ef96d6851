"""Until when a promised day is near: a number of working days of the policy (审核到期提醒)."""

import datetime as dt

from policy.calendar import today
from policy.models import PolicyVersion
from policy.working_days import add_working_days, remembered_days


def soon_until() -> dt.date:
    """The last day that is near today; asks no database where days and policy are remembered."""
    return add_working_days(today(), PolicyVersion.objects.remembered().due_reminder_days, remembered_days())
