"""Whoever keeps the accounts hears once a day what has reached nobody."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.keeper.tasks import tell_undelivered
from notifications.models import Delivery, Notice
from tests.factories import World, make_user
from tests.helpers import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def failed(user, *, hours=1, **columns):
    notice = Notice.objects.create(recipient=user, kind="x", subject="请补正", body="内容", url="/", **columns)
    at = timezone.now() - dt.timedelta(hours=hours)
    return Delivery.objects.create(notice=notice, address="nobody@example.com", tries=8, failed_at=at, problem="550")


def told():
    rows = Notice.objects.filter(kind="mails_undelivered").order_by("pk")
    return list(rows.values_list("recipient__username", "subject"))


def test_the_keeper_alone_hears_it_and_once(world):
    failed(world.applicant)
    failed(world.district)
    tell_undelivered()
    tell_undelivered()
    assert told() == [("administrator", "有 2 条消息没有送达")]


def test_what_fails_afterwards_is_told_the_next_time(world):
    failed(world.applicant)
    tell_undelivered()
    Notice.objects.filter(kind="mails_undelivered").update(at=timezone.now() - dt.timedelta(hours=23))
    failed(world.district)
    tell_undelivered()
    assert [subject for _, subject in told()] == ["有 1 条消息没有送达", "有 2 条消息没有送达"]


def test_what_was_read_in_the_portal_or_has_another_way_is_delivered(world):
    failed(world.applicant, read_at=timezone.now())
    Delivery.objects.create(notice=failed(world.district).notice, channel="sms", address="13800000000")
    tell_undelivered()
    assert told() == []


def test_what_failed_before_anybody_was_told_of_such_things_is_not_told(world):
    failed(world.applicant, hours=48)
    tell_undelivered()
    assert told() == []


def test_the_keeper_s_own_news_of_it_that_failed_is_not_told_again(world):
    own = failed(world.administrator).notice_id
    Notice.objects.filter(pk=own).update(kind="mails_undelivered", at=timezone.now() - dt.timedelta(days=2))
    tell_undelivered()
    assert told() == [("administrator", "请补正")]


@pytest.mark.django_db(transaction=True)
def test_two_clocks_tell_it_once():
    keeper = make_user("keeper")
    type(keeper).objects.filter(pk=keeper.pk).update(duty="accounts", is_staff=True)
    failed(make_user("firm"))
    at_once(tell_undelivered, tell_undelivered)
    assert told() == [("keeper", "有 1 条消息没有送达")]
