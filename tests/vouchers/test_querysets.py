"""How applications and redemptions read: what waits for a person, what a page costs, what the clock finds."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from orders.models import Order
from redemption.models import Claim
from redemption.services import start_claim
from reviews.clock import lapse_each
from tests.factories import drive_application, drive_order, make_product
from tests.helpers import broken_off
from vouchers import ledger
from vouchers.models import Application

pytestmark = pytest.mark.django_db


def test_marked_living_orders_without_a_live_application_wait(world):
    waiting = world.make_order()
    again = drive_application(world.make_application(), "withdrawn", world).order
    drive_application(world.make_application(), "district", world)
    drive_order(world.make_order(), "declined", world)
    world.make_order(product=make_product(world.provider, is_marked=False))
    assert set(Application.objects.orders_waiting(world.unit, world.applicant)) == {waiting, again}
    assert not Application.objects.orders_waiting(world.other_unit, world.stranger).exists()


def test_vouchers_that_can_be_redeemed_today_wait(world):
    free, claimed, late = (
        drive_application(world.make_application(contract=60_000, applied=30_000), "approved", world) for _ in range(3)
    )
    start_claim(claimed, by=world.applicant)
    yesterday = timezone.localdate() - dt.timedelta(1)
    Application.objects.filter(pk=late.pk).update(redeem_by=yesterday)
    assert list(Claim.objects.vouchers_waiting(world.unit)) == [free]
    assert not Claim.objects.vouchers_waiting(world.provider.unit).exists()


def test_a_case_is_read_with_all_its_relations_in_one_query(world, django_assert_num_queries):
    world.make_application()
    with django_assert_num_queries(1):
        application = Application.objects.to_read().get()
        assert (application.unit, application.order.provider, application.district.code) == (
            world.unit,
            world.provider,
            "120104",
        )
    with django_assert_num_queries(1):
        order = Order.objects.with_parties().get()
        assert (order.unit, order.provider.unit, order.product) == (world.unit, world.provider.unit, world.product)


def test_before_the_first_submission_the_whole_year_is_free(world):
    application = world.make_application()
    offer = ledger.offer_for(application, Decimal(400_000))
    assert (ledger.quota_of(world.unit), offer.amount, offer.available, offer.limit) == (
        None,
        150_000,
        150_000,
        "cap",
    )


def test_what_was_mended_while_the_clock_was_at_others_stays(world):
    for _ in range(2):
        drive_application(world.make_application(contract=60_000, applied=30_000), "district_returned", world)
    Application.objects.update(due_on=dt.date(2026, 1, 1))
    ended = []

    def end(case, step, *, by, note):
        ended.append((step, by, note))
        Application.objects.update(due_on=dt.date(2999, 1, 1))

    lapse_each(Application.objects.overdue(), end, "超过规定时限。")
    assert ended == [("lapse", world.clock, "超过规定时限。")]


def test_one_that_is_broken_off_keeps_the_clock_from_no_other(world):
    for _ in range(2):
        drive_application(world.make_application(contract=60_000, applied=30_000), "district_returned", world)
    Application.objects.update(due_on=dt.date(2026, 1, 1))
    tries = []

    def end(case, *_step, **_words):
        tries.append(case.pk)
        if case.pk == min(tries):
            raise broken_off()

    lapse_each(Application.objects.overdue(), end, "超过规定时限。")
    first, second = Application.objects.order_by("pk")
    assert tries == [first.pk, first.pk, second.pk]
