"""Who has a draft hears that the window closes: 30 and 7 days before, and on the day, each once."""

import datetime as dt

import pytest
import time_machine

from notifications.models import Notice
from policy.calendar import SHANGHAI
from redemption import tasks as claim_tasks
from tests.factories import World, drive_application
from tests.helpers import new_policy, publish_years
from vouchers import tasks

pytestmark = pytest.mark.django_db
LAST = dt.date(2026, 11, 30)
DAYS = (31, 30, 29, 8, 7, 6, 1, 0, -1)


@pytest.fixture(autouse=True)
def may():
    publish_years()
    with time_machine.travel(dt.datetime(2026, 5, 11, 9, tzinfo=SHANGHAI), tick=False):
        yield


def counts(run, kind, days=DAYS):
    told = []
    for ahead in days:
        moment = dt.datetime.combine(LAST - dt.timedelta(ahead), dt.time(8, 30), SHANGHAI)
        with time_machine.travel(moment, tick=False):
            run()
            run()
        told.append(Notice.objects.filter(kind=kind, recipient__username="applicant").count())
    return told


@pytest.fixture
def world(db, may):
    return World()


def test_an_application_that_is_a_draft(world):
    draft = world.make_application()
    new_policy(apply_close="11-30")
    assert counts(tasks.remind, "application_window_ends") == [0, 1, 1, 1, 2, 2, 2, 3, 3]
    first, *_, last = Notice.objects.filter(kind="application_window_ends").order_by("pk")
    assert first.subject == "创新券申请将在 2026-11-30 截止受理，您有一份草稿"
    assert (first.url, last.body.startswith("今天是最后一天。")) == (draft.get_absolute_url(), True)
    heard = Notice.objects.filter(kind="application_window_ends").values_list("recipient__username", flat=True)
    assert set(heard) == {"applicant", "reader"}


def test_a_redemption_that_is_a_draft(world):
    world.make_claim()
    new_policy(redeem_close="11-30")
    assert counts(claim_tasks.remind, "claim_window_ends", (31, 30, 0)) == [0, 1, 2]
    assert not Notice.objects.filter(kind="application_window_ends").exists()


@pytest.mark.parametrize("close", ["", "05-31"])
def test_no_window_that_closes_no_notice(world, close):
    world.make_application()
    new_policy(apply_close=close)
    assert counts(tasks.remind, "application_window_ends", (7, 0)) == [0, 0]


def test_what_was_handed_in_is_not_reminded_of(world):
    drive_application(world.make_application(), "district", world)
    new_policy(apply_close="11-30")
    assert counts(tasks.remind, "application_window_ends", (7, 0)) == [0, 0]


def test_after_an_outage_it_is_told_once(world):
    world.make_application()
    new_policy(apply_close="11-30")
    assert counts(tasks.remind, "application_window_ends", (3, 2)) == [1, 1]
