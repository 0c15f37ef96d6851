"""What the clock does with licences: reminders before their end, 需重新认证 on the day after (domain.md §5.1)."""

import datetime as dt
import logging

from django.contrib.auth import get_user_model

from accounts.certification.notices import LICENCE_ENDS
from accounts.models import Unit
from accounts.models.facts import licence_soon
from accounts.workflow import State
from notifications.services import announce, notify
from policy.calendar import today
from records.doors import door
from records.people import Person
from records.rules import RuleBroken
from records.steps import lock
from reviews.services import advance

log = logging.getLogger(__name__)
WATCHED = (State.CERTIFIED, State.FROZEN)  # in all other states the unit is at its papers anyway


def remind_of_licences() -> None:
    """Twice before the licence's last day; a unit that gave no day hears nothing."""
    ending = Unit.objects.filter(state__in=WATCHED, licence_until__range=(today(), licence_soon()))
    for pk in list(ending.order_by("pk").values_list("pk", flat=True)):
        remind_of_licence(Unit(pk=pk))


@door
def remind_of_licence(unit: Unit) -> None:
    """Tell administrators and handlers, unless they were told since the day that asks for it."""
    unit = lock(unit)
    if unit.licence_until is None or unit.state not in WATCHED:  # mended while we were at others
        return
    left = (unit.licence_until - today()).days
    ahead = next((days for days in unit.rules.licence_reminders if 0 <= left <= days), None)
    told = unit.licence_reminded_on
    if ahead is None or (told is not None and told >= unit.licence_until - dt.timedelta(days=ahead)):
        return
    unit.licence_reminded_on = today()
    unit.save(update_fields=["licence_reminded_on"])
    notify(LICENCE_ENDS, unit, days=left)


def expire_licences() -> None:
    """认证通过 → 需重新认证 for every unit whose licence has ended; each in a transaction of its own, safe twice."""
    clock = get_user_model().objects.clock()
    ended = Unit.objects.filter(state=State.CERTIFIED, licence_until__lt=today())
    for pk in list(ended.order_by("pk").values_list("pk", flat=True)):
        try:
            expire_licence(Unit(pk=pk), by=clock)
        except RuleBroken as refusal:  # mended or frozen while we were at others
            log.info("unit %s does not expire: %s", pk, refusal.code)


@door
def expire_licence(unit: Unit, *, by: Person) -> Unit:
    """One unit's licence has ended: it certifies again; running cases keep their snapshot."""
    until = lock(unit).licence_until
    unit = advance(unit, "expire", by=by, note=f"证照有效期至 {until}，已到期，需要更新证照后重新认证。")
    announce(unit, ended=until)
    return unit
