"""What the figures of a policy version move at the desk of an office at which several people work."""

import datetime as dt

import pytest
from django.utils import timezone

from policy.calendar import SHANGHAI
from policy.working_days import add_working_days, working_day_before, working_days_between
from records.rules import RuleBroken
from reviews.claims import services
from reviews.claims.sharing import share_out
from reviews.models import Turn, TurnClaim
from reviews.rests.services import decide
from reviews.soon import soon_until
from reviews.watch.reading import silent_since
from tests.factories import drive_application
from tests.helpers import aside
from tests.reviews.desk import open_turn, pile


def lying(world):
    return open_turn(drive_application(world.make_application(), "body", world))


def leased(world):
    """The minutes for which a claim lives."""
    claim = services.claim(lying(world), by=world.body)
    return round((claim.alive_until - timezone.now()).total_seconds() / 60)


def put_off(world):
    """The last day until which a case may be put aside, as the refusal of a later one says."""
    turn, late = lying(world), add_working_days(timezone.localdate(), 30)
    with pytest.raises(RuleBroken) as refusal, aside():
        services.put_aside(turn, late, words="等回电。", by=world.body)
    return refusal.value.sentence.partition("，")[0]


def given_at_most(world):
    """How many of five cases the head can give to one person."""
    place = world.body_office.memberships.get(user=world.body)
    world.body_office.memberships.filter(user=world.body_second).update(role="lead")
    turns = pile(lying(world).case, world.body_office, 5)
    share_out(world.body_office, turns, [place], by=world.body_second)
    return TurnClaim.objects.filter(person=world.body).count()


def rested(world):
    """The seconds for which a decision can be taken back."""
    rest = decide(lying(world), by=world.body, verdict="send_back", text="请补充。", corrections=["content"])
    return round((rest.due_at - rest.said_at).total_seconds())


def asked_for_until(world):
    """The last day on which a firm may hold something against a refusal."""
    return drive_application(world.make_application(), "body_rejected", world).due_on


def decided_by(world):
    """The day promised for 复核."""
    return open_turn(drive_application(world.make_application(), "appeal", world)).due_on


def soon(world):
    """The working days for which a case counts as 即将到期."""
    lying(world)
    return working_days_between(timezone.localdate(), soon_until())


def silent(world):
    """After how many working days without a sign-in the head of an office is told."""
    turn = lying(world)
    for days in range(1, 12):
        at = working_day_before(timezone.localdate(), days)
        Turn.objects.filter(pk=turn.pk).update(opened_at=timezone.now() - dt.timedelta(days=90))
        type(world.body).objects.update(last_login=dt.datetime.combine(at, dt.time(9), SHANGHAI))
        if silent_since(world.body_office):
            return days
    return None


OF_THE_DESK = {
    "appeal_days": (6, asked_for_until, lambda: add_working_days(timezone.now(), 6)),
    "promised_appeal": (12, decided_by, lambda: add_working_days(timezone.now(), 12)),
    "lease_minutes": (25, leased, lambda: 25),
    "aside_days": (4, put_off, lambda: "最多可以搁置 4 个工作日"),
    "rest_seconds": (60, rested, lambda: 60),
    "share_most": (3, given_at_most, lambda: 3),
    "due_reminder_days": (4, soon, lambda: 4),
    "unopened_days": (9, silent, lambda: 9),
}
