"""What the page of an institution tells: its mark and site, orders done, answers in time."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.mall.record import record_of
from catalog.models import Provider
from orders.models import Order
from orders.record import ENOUGH, answers_of
from tests.catalog.gallery.photos import added
from tests.factories import drive_order

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


def page_of(world, person=None):
    client = Client()
    if person:
        client.force_login(person)
    return client.get(world.provider.get_absolute_url()).content.decode()


def old(order):
    """The same order, placed a week ago."""
    Order.objects.filter(pk=order.pk).update(created_at=timezone.now() - WEEK)


def test_mark_and_site_are_shown_while_it_is_in_use(world):
    (logo,) = added(world, owner=world.provider, role="logo", size=(300, 300))
    sites = added(world, "一.jpg", "二.jpg", owner=world.provider, role="site", size=(60, 40))
    page = page_of(world)
    assert [key in page for key in (logo.key, *(site.key for site in sites))] == [True] * 3
    assert page.count("<h1") == 1
    Provider.objects.filter(pk=world.provider.pk).update(is_active=False)
    assert logo.key not in page_of(world)
    assert logo.key in page_of(world, world.provider_member)


def test_its_keeper_finds_the_way_to_its_pictures(world):
    address = reverse("provider_pictures", args=[world.provider.pk])
    assert [address in page_of(world, person) for person in (None, world.applicant, world.provider_member)] == [
        False,
        False,
        True,
    ]


def test_completed_orders_are_counted(world):
    drive_order(world.make_order(), "completed", world)
    drive_order(world.make_order(), "serving", world)
    assert record_of(world.provider) == [("已完成订单", "1")]
    assert "<dt>已完成订单</dt><dd>1</dd>" in page_of(world)


def test_answers_in_time_are_a_share_of_those_that_have_had_the_time(world):
    late = [drive_order(world.make_order(), "serving", world) for _ in range(2)]
    for order in late:
        old(order)
    for state in ("placed", "cancelled"):
        old(drive_order(world.make_order(), state, world))
    drive_order(world.make_order(), "serving", world)  # too young to count
    assert sorted(answers_of(world.provider)) == [False, False, False]
    assert record_of(world.provider) == []


def test_from_some_orders_on_the_share_is_told(world, time_machine):
    now = timezone.now()
    time_machine.move_to(now - WEEK)
    for number in range(ENOUGH):
        drive_order(world.make_order(), "serving" if number else "placed", world)
    time_machine.move_to(now)
    assert record_of(world.provider) == [("3 天内答复", "80 %")]
