"""A colleague who had opened a case hears that somebody else has decided it."""

import datetime as dt

import pytest
from django.utils import timezone

from notifications.models import Notice
from policy.querysets import MEMORY
from reviews.claims.services import claim, give, take_over
from reviews.models import TurnClaim
from reviews.places import end_place
from reviews.rests.services import decide, take_now
from reviews.services import give_opinion
from tests.factories import drive_application
from tests.helpers import new_policy
from tests.reviews.desk import open_turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def turn(world):
    """An application's turn at the body, where two people work."""
    return open_turn(drive_application(world.make_application(), "body", world))


def run_out():
    """As if the claim had shown no sign of life for twenty minutes."""
    now, minute = timezone.now(), dt.timedelta(minutes=1)
    TurnClaim.objects.update(since=now - 20 * minute, alive_until=now - minute)


def heard():
    return list(Notice.objects.filter(kind="turn_decided").values_list("recipient__username", flat=True))


def test_whoever_let_it_lie_hears_it_once(world, turn):
    claim(turn, by=world.body)
    run_out()
    give_opinion(turn, by=world.body_second, verdict="pass_review")
    notice = Notice.objects.get(kind="turn_decided")
    assert (notice.recipient, notice.url, notice.deliveries.count()) == (world.body, turn.get_absolute_url(), 0)
    assert "测试body_second已办结" in notice.body
    assert "结果：通过" in notice.body


def test_also_where_the_colleague_has_opened_it_after_him(world, turn):
    claim(turn, by=world.body)
    run_out()
    claim(turn, by=world.body_second)
    give_opinion(turn, by=world.body_second, verdict="pass_review")
    assert heard() == ["body"]


def test_whoever_decides_it_himself_hears_nothing(world, turn):
    claim(turn, by=world.body)
    give_opinion(turn, by=world.body, verdict="pass_review")
    assert heard() == []


def test_who_was_told_that_it_was_taken_over_is_not_told_again(world, turn):
    claim(turn, by=world.body)
    take_over(turn, by=world.body_second)
    give_opinion(turn, by=world.body_second, verdict="pass_review")
    assert heard() == []


def test_who_is_at_the_office_no_more_is_not_told(world, turn):
    claim(turn, by=world.body)
    run_out()
    claim(turn, by=world.body_second)
    end_place(world.body_office.memberships.get(user=world.body), by=world.municipal)
    give_opinion(turn, by=world.body_second, verdict="pass_review")
    assert heard() == []


def test_a_decision_that_has_rested_tells_whoever_came_after_it(world, turn):
    new_policy(rest_seconds=120)
    MEMORY.forget()
    rest = decide(turn, by=world.body_second, verdict="pass_review")
    give(turn, world.body)
    take_now(rest, by=world.body_second)
    assert (heard(), TurnClaim.objects.exists()) == (["body"], False)
