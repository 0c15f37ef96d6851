"""Buyers of running orders hear once that the provider was suspended."""

import datetime as dt

import pytest
from django.utils import timezone

from catalog.admissions.services import move_admission
from notifications.models import Notice
from orders.models import Order
from orders.tasks import tell_of_suspensions
from tests.factories import drive_order
from tests.helpers import afresh

pytestmark = pytest.mark.django_db


def told():
    found = Notice.objects.filter(kind="order_provider_suspended").order_by("recipient__username")
    return list(found.values_list("recipient__username", flat=True))


@pytest.fixture
def admission(world):
    """One that the world's provider has."""
    made = world.admit()
    type(made).objects.filter(pk=made.pk).update(provider=world.provider)
    return afresh(made)


def suspend(world, admission):
    return move_admission(admission, "suspend", by=world.platform, note="资质过期。")


def test_who_bought_hears_once_and_nobody_hears_that_it_goes_on(world, admission):
    order = world.make_order()
    tell_of_suspensions()
    assert told() == []
    admission = suspend(world, admission)
    for _ in range(3):
        tell_of_suspensions()
    assert told() == ["applicant", "reader"]
    assert set(Notice.objects.filter(kind="order_provider_suspended").values_list("url", flat=True)) == {
        order.get_absolute_url()
    }
    move_admission(admission, "resume", by=world.platform, note="资质已更新。")
    tell_of_suspensions()
    assert told() == ["applicant", "reader"]


@pytest.mark.parametrize("state", ["placed", "serving", "completed", "declined", "cancelled"])
def test_of_orders_that_run(world, admission, state):
    drive_order(world.make_order(), state, world)
    suspend(world, admission)
    tell_of_suspensions()
    assert told() == (["applicant", "reader"] if state in {"placed", "serving"} else [])


def test_a_second_suspension_is_told_again_and_a_later_order_is_not(world, admission):
    world.make_order()
    resumed = move_admission(suspend(world, admission), "resume", by=world.platform, note="资质已更新。")
    Notice.objects.all().delete()
    suspend(world, resumed)
    tell_of_suspensions()
    assert told() == ["applicant", "reader"]
    Notice.objects.all().delete()
    Order.objects.update(created_at=timezone.now() + dt.timedelta(minutes=1))
    tell_of_suspensions()
    assert told() == []
