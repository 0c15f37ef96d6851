"""What the clock does to admissions."""

import datetime as dt

import pytest
import time_machine

from catalog.models import Admission
from catalog.tasks import expire, remind
from notifications.models import Notice
from tests.factories import make_product
from tests.helpers import afresh

pytestmark = pytest.mark.django_db


def run_on(day, *tasks):
    with time_machine.travel(dt.datetime.combine(day, dt.time(1), dt.UTC), tick=False):
        for task in tasks:
            task()


def reminders(person):
    return Notice.objects.filter(recipient=person, kind="admission_ends_soon").count()


def test_it_ends_the_day_after_its_last_one(world):
    admission = world.admit()
    product = make_product(admission.provider, world.product.category)
    run_on(admission.valid_until, expire)
    assert afresh(admission).state == "admitted"
    run_on(admission.valid_until + dt.timedelta(days=1), expire, expire)
    assert afresh(admission).state == "expired"
    assert (afresh(admission.provider).is_admitted, afresh(product).mark_rests) == (False, True)
    assert Notice.objects.filter(recipient=world.applicant, kind="admission_expired").count() == 1
    event = admission.events.latest("sequence")
    assert (event.step, event.actor, event.text) == ("expire", world.clock, "入驻有效期届满。")


def test_a_suspended_one_ends_as_well(world):
    admission = world.admit("suspended")
    run_on(admission.valid_until + dt.timedelta(days=1), expire)
    assert afresh(admission).state == "expired"


def test_the_unit_is_reminded_60_and_15_days_before_once_each(world):
    admission = world.admit()
    for left, count in ((61, 0), (60, 1), (59, 1), (16, 1), (15, 2), (3, 2), (0, 2), (-1, 2)):
        run_on(admission.valid_until - dt.timedelta(days=left), remind, remind)
        assert (left, reminders(world.applicant)) == (left, count)
    assert reminders(world.stranger) == 0


def test_nobody_is_reminded_while_the_renewal_is_with_the_platform(world):
    admission = world.admit()
    Admission.objects.create(unit=world.unit)
    with time_machine.travel(dt.datetime.combine(admission.valid_until - dt.timedelta(days=50), dt.time(1), dt.UTC)):
        remind()
    assert reminders(world.applicant) == 1
    Admission.objects.filter(state="draft").delete()
    with time_machine.travel(dt.datetime.combine(admission.valid_until - dt.timedelta(days=14), dt.time(1), dt.UTC)):
        world.admit("pending")
        remind()
    assert reminders(world.applicant) == 1
