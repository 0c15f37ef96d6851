"""A life at an office that does not act: everybody hears in time, the head gives the case to somebody, and it is decided."""

import datetime as dt

import pytest
import time_machine

from notifications.models import Notice
from policy.calendar import SHANGHAI
from reviews.watch.tasks import tell_the_city, watch_offices
from tests.factories import World, make_user
from tests.helpers import afresh
from tests.journeys import person as p

pytestmark = pytest.mark.django_db
FIRST = dt.date(2026, 3, 2)  # a Monday; four weeks without a feast follow


@pytest.fixture
def world():
    with at(0):
        made = World()
        made.district_office.memberships.update(role="lead")
        made.district_office.memberships.create(user=make_user("clerk"))
        return made


def at(days):
    return time_machine.travel(dt.datetime.combine(FIRST + dt.timedelta(days), dt.time(9), SHANGHAI), tick=False)


def mornings(*days):
    """The clock of these mornings, each twice."""
    for day in days:
        with at(day):
            for task in (watch_offices, tell_the_city) * 2:
                task()


def heard(user, kind):
    return Notice.objects.filter(recipient=user, kind=kind).count()


def test_an_office_is_overdue_its_head_acts_and_nobody_hears_of_it_any_more(world):
    clerk = world.district_office.members.get(username="clerk")
    with at(0):
        firm = p.Person(world.applicant)
        application = p.apply(firm, p.order(firm, world.product))
        turn = application.turns.get(closed_at=None)
        assert turn.due_on == FIRST + dt.timedelta(7)
    mornings(*range(1, 8))
    assert (heard(world.district, "office_due"), heard(world.district, "office_overdue")) == (3, 0)
    with at(7):
        assert "已超过承诺日期" not in p.Person(world.applicant).reads("application_detail", application.number)
    mornings(8)
    assert (heard(world.district, "office_overdue"), heard(clerk, "office_overdue")) == (1, 0)
    with at(8):
        assert "已超过承诺日期" in p.Person(world.applicant).reads("application_detail", application.number)
        assert "已超过承诺办结的日期" in p.Person(world.applicant).reads("notice_list")
    mornings(9, 10, 11, 14)
    assert (heard(world.applicant, "promise_passed"), heard(world.municipal, "city_week")) == (1, 1)
    assert "南开区科技局" in Notice.objects.get(kind="city_week", recipient=world.municipal).body
    with at(14):
        head = p.Person(world.district)
        assert application.title in head.client.get("/desk/", {"tab": "past"}).content.decode()
        decided = p.Person(clerk).decide(afresh(application))
    assert decided.state == "body"
    told = Notice.objects.filter(kind__in=("office_due", "office_overdue"), recipient__in=(world.district, clerk))
    before = told.count()
    mornings(15, 16, 21)
    assert told.count() == before
    assert heard(world.applicant, "promise_passed") == 1
    with at(21):
        assert "超过承诺日期" not in p.Person(world.applicant).reads("application_detail", application.number)
