"""What the clock does to applications and vouchers: each case in a transaction of its own, all of it safe twice."""

import datetime as dt
from typing import TypeVar

from celery import shared_task
from django.db.models import Max, QuerySet

from accounts.cases.deadlines import put_off_appeals, put_off_cases, spare
from accounts.cases.models import TermsCase
from notifications.kinds import Kind
from policy.calendar import SHANGHAI, Window, closing_day, today
from policy.models import PolicyVersion
from policy.working_days import add_working_days
from reviews.clock import LATE, lapse_each, once
from vouchers.models import Application
from vouchers.notices import REMINDERS
from vouchers.permissions import has_no_live_claim
from vouchers.services import end_application
from vouchers.workflow import APPEALED, State

C = TypeVar("C", bound=TermsCase)
DATES = (("use_by", "application_use_soon"), ("redeem_by", "application_redeem_soon"))


@shared_task
def lapse() -> None:
    """End what is past its day: returned applications and vouchers; the quota that they held is free again."""
    put_off_cases(Application.objects.filter(state__in=Application.RETURNED))
    put_off_appeals(Application.objects.filter(state__in=APPEALED))
    spare_returned(Application.objects.overdue(), REMINDERS["application_due_soon"])
    lapse_each(Application.objects.overdue(), end_application, LATE)


@shared_task
def remind() -> None:
    """Tell the units what will lapse soon: corrections, and vouchers before their two dates."""
    for application in Application.objects.filter(state__in=Application.RETURNED).select_related("policy"):
        remind_of_return(application, REMINDERS["application_due_soon"])
    for voucher in Application.objects.filter(state=State.APPROVED, use_by__lte=latest_end()).select_related("policy"):
        remind_of_voucher(voucher)
    remind_of_window(Application.objects.filter(state=State.DRAFT), "apply", REMINDERS["application_window_ends"])


def remind_of_window(drafts: QuerySet[C], window: Window, kind: Kind) -> None:
    """Tell units with a draft that the window closes: so many days before as of a voucher's dates, and on the day."""
    policy = PolicyVersion.objects.in_force()
    last = closing_day(policy, window)
    ahead = days_ahead(last, policy) if last else None
    if last is None or ahead is None:
        return
    since = begin_of(last - dt.timedelta(days=ahead))
    for draft in drafts.order_by("pk"):
        once(kind, draft, since=since, last=last, is_last=last == today())


def days_ahead(last: dt.date, policy: PolicyVersion) -> int | None:
    """How many days before this one its present reminder begins; None where none has."""
    left = (last - today()).days
    return next((days for days in (0, *policy.voucher_reminders) if 0 <= left <= days), None)


def spare_returned(overdue: QuerySet[C], kind: Kind) -> None:
    """Give units that were not reminded the days that lie between the reminder and the end."""
    returned = overdue.filter(state__in=overdue.model.RETURNED)
    spare(returned, kind, lambda case: add_working_days(today(), case.rules.correction_days - case.rules.reminder_day))


def latest_end() -> dt.date:
    """The last use-by that any version may remind of today."""
    most = PolicyVersion.objects.aggregate(most=Max("voucher_reminder_days"))["most"]
    return today() + dt.timedelta(days=most or 0)


def remind_of_return(case: TermsCase, kind: Kind) -> None:
    """Twice after each return: from the policy's reminder day on, and on the last day."""
    turn = case.turns.exclude(closed_at=None).order_by("-closed_at").first()
    if turn is None or case.due_on is None:
        return
    first = add_working_days(turn.closed_at, case.rules.reminder_day)
    if first <= today() <= case.due_on:
        is_last = today() == case.due_on
        once(kind, case, since=begin_of(case.due_on) if is_last else turn.closed_at, is_last=is_last)


def begin_of(day: dt.date) -> dt.datetime:
    """The first moment of the day."""
    return dt.datetime.combine(day, dt.time.min, SHANGHAI)


def remind_of_voucher(voucher: Application) -> None:
    """Twice before each of the two dates and on the day itself, by the voucher's own version, unless a redemption is under way."""
    if not has_no_live_claim(voucher):
        return
    for name, kind in DATES:
        last = getattr(voucher, name)
        ahead = days_ahead(last, voucher.rules)
        if ahead is not None:
            since = begin_of(last - dt.timedelta(days=ahead))
            once(REMINDERS[kind], voucher, since=since, days=(last - today()).days)
