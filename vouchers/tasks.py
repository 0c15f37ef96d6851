"""What the clock does to applications and vouchers: each case in a transaction of its own, all of it safe twice."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from celery import shared_task
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet

from notifications.kinds import Kind
from notifications.models import Notice
from notifications.services import notify
from policy.calendar import SHANGHAI, add_working_days, today
from records.rules import RuleBroken
from records.steps import lock
from vouchers.models import Application
from vouchers.notices import REMINDERS
from vouchers.permissions import has_no_live_claim
from vouchers.services import end_application
from vouchers.workflow import State

log = logging.getLogger(__name__)
DAYS_AHEAD = (7, 30)  # before a voucher's use-by and redeem-by days
DATES = (("use_by", "application_use_soon"), ("redeem_by", "application_redeem_soon"))


@shared_task
def lapse() -> None:
    """End what is past its day: returned applications and vouchers; the quota that they held is free again."""
    lapse_each(Application.objects.overdue(), end_application, "超过规定时限，自动结束。")


def lapse_each(cases: QuerySet[Any], end: Callable[..., Any], words: str) -> None:
    """End each of the cases in the clock's name; one that cannot end (its redemption is under way) stays."""
    clock = get_user_model().objects.clock()
    for pk in list(cases.order_by("pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                case = cases.select_for_update(of=("self",)).filter(pk=pk).first()  # mended while we were at others?
                if case is not None:
                    end(case, "lapse", by=clock, note=words)
        except RuleBroken as refusal:
            log.info("%s %s does not lapse: %s", cases.model.__name__, pk, refusal.code)


@shared_task
def remind() -> None:
    """Tell the units what will lapse soon: corrections, and vouchers 30 and 7 days before their two dates."""
    for application in Application.objects.filter(state__in=Application.RETURNED).select_related("policy"):
        remind_of_return(application, REMINDERS["application_due_soon"])
    latest = today() + dt.timedelta(days=max(DAYS_AHEAD))
    for voucher in Application.objects.filter(state=State.APPROVED, use_by__lte=latest):
        remind_of_voucher(voucher)


def remind_of_return(case: Any, kind: Kind) -> None:
    """Once after each return, from the policy's reminder day on."""
    turn = case.turns.exclude(closed_at=None).order_by("-closed_at").first()
    if turn and case.due_on >= today() >= add_working_days(turn.closed_at, case.policy.reminder_day):
        once(kind, case, since=turn.closed_at)


def remind_of_voucher(voucher: Application) -> None:
    """Once 30 and once 7 days before each of the two dates, unless a redemption is under way."""
    if not has_no_live_claim(voucher):
        return
    for name, kind in DATES:
        last = getattr(voucher, name)
        left = (last - today()).days
        ahead = next((days for days in DAYS_AHEAD if 0 <= left <= days), None)
        if ahead is not None:
            since = dt.datetime.combine(last - dt.timedelta(days=ahead), dt.time.min, SHANGHAI)
            once(REMINDERS[kind], voucher, since=since, days=left)


@transaction.atomic
def once(kind: Kind, case: Any, *, since: dt.datetime, **context: Any) -> None:
    """Send the reminder unless it went out since then."""
    case = lock(case)
    if not Notice.objects.filter(kind=kind.name, url=case.get_absolute_url(), at__gte=since).exists():
        notify(kind, case, **context)
