"""How far the deadlines of today reach, and what is said where they reach a year whose days nobody has published."""

import datetime as dt
from typing import Any

from django.core import checks
from django.db import DatabaseError

from policy.calendar import today
from policy.models import PolicyVersion
from policy.working_days import add_working_days, unpublished_year

IN_WORKING_DAYS = (
    "correction_days",
    "form_deadline_days",
    "promised_district",
    "promised_body",
    "promised_formal",
    "promised_experts",
    "promised_certification",
    "promised_admission",
    "join_reply_days",
)


def reach() -> dt.date:
    """The last day that a deadline begun today can have, by the rule for feasts."""
    policy = PolicyVersion.objects.remembered()
    return add_working_days(today(), max(getattr(policy, name) for name in IN_WORKING_DAYS), {})


def calendar_gap() -> str:
    """What 市科技局 is told from the day on which a deadline can reach an unpublished year; "" before, and once it is entered."""
    until = reach()
    year = unpublished_year(until)
    if year is None:
        return ""
    return (
        f"{year} 年的放假安排还没有录入：今天开始的期限最远会到 {until}，现在按法定节假日推算。"
        "请在通知发布后录入工作日历，录全该年的法定节假日和调休即生效；已有的期限只会顺延，不会提前。"
    )


@checks.register(checks.Tags.database)
def check_calendar(**asked: Any) -> list[checks.Warning]:
    """One warning where deadlines reach a year that neither package nor table knows (`manage.py check --database default`)."""
    try:
        gap = calendar_gap() if asked.get("databases") else ""
    except (DatabaseError, PolicyVersion.DoesNotExist):  # the tables come with the migrations
        return []
    hint = "Upgrade chinesecalendar, or enter the days of the year in 后台管理 → 工作日历."
    return [checks.Warning(gap, hint=hint, id="policy.W001")] if gap else []
