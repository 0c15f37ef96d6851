"""Two at once: a held row lets others refer to it, and what the database breaks off becomes a sentence."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.urls import reverse
from psycopg2.sql import SQL, Identifier

from orders import views
from orders.models import Order
from records.doors import door
from records.rules import CaseBusy, is_broken_off
from records.steps import lock
from tests.factories import World, drive_application, drive_claim
from tests.helpers import at_once
from tten.local.quality import APPS, sources
from tten.middleware import RuleBrokenMiddleware

CASES = {
    "order": lambda world: world.make_order(),
    "unit": lambda world: world.unit,
    "admission": lambda world: world.admit("admitted"),
    "application": lambda world: drive_application(world.make_application(), "approved", world),
    "claim": lambda world: drive_claim(world.make_claim(), "district", world),
}


def refer_to(case, results):
    """What PostgreSQL does when a row with a foreign key to the case is written."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '500ms'")
        try:
            row = SQL("SELECT 1 FROM {} WHERE id = %s FOR KEY SHARE").format(Identifier(case._meta.db_table))
            cursor.execute(row, [case.pk])
            results.append("referred")
        except DatabaseError as error:
            results.append(type(error).__name__)
    connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make", CASES.values(), ids=CASES)
def test_a_case_that_is_held_may_be_referred_to(make):
    """Otherwise a voucher that is applied for and its order that is cancelled wait for one another (deadlock)."""
    case, results = make(World()), []
    with transaction.atomic():
        lock(case)
        other = threading.Thread(target=refer_to, args=(case, results))
        other.start()
        other.join()
    assert results == ["referred"]


@pytest.mark.heavy
def test_no_row_is_held_against_those_who_refer_to_it():
    """`select_for_update` says of itself and no_key, wherever it stands."""
    calls = [
        f"{path.name}: {line.strip()}"
        for path in sources(*APPS)
        for line in path.read_text().splitlines()
        if "select_for_update(" in line and "no_key=True" not in line
    ]
    assert calls == []


def crosswise(first, second, meet):
    """Take two rows in this order, the second when the other transaction has its first."""
    with transaction.atomic():
        Order.objects.select_for_update(no_key=True).get(pk=first.pk)
        meet.wait()
        Order.objects.select_for_update(no_key=True).get(pk=second.pk)
    return "taken"


@pytest.mark.django_db(transaction=True)
def test_of_two_verbs_that_wait_for_each_other_both_come_through():
    """PostgreSQL breaks one off, which then begins once more."""
    world, meet, tries = World(), threading.Barrier(2), []
    one, two = world.make_order(), world.make_order()

    @door
    def act(first, second):
        tries.append(first.pk)
        Order.objects.select_for_update(no_key=True).get(pk=first.pk)
        if tries.count(first.pk) == 1:
            meet.wait(10)
        Order.objects.select_for_update(no_key=True).get(pk=second.pk)
        return "taken"

    assert at_once(lambda: act(one, two), lambda: act(two, one)) == ["taken", "taken"]
    assert len(tries) in {3, 4}  # a machine at its limits breaks both off


@pytest.mark.django_db(transaction=True)
def test_a_deadlock_becomes_a_page_with_a_sentence(client, monkeypatch):
    world, errors, meet = World(), [], threading.Barrier(2)
    one, two = world.make_order(), world.make_order()

    def act(first, second):
        try:
            return crosswise(first, second, meet)
        except DatabaseError as error:
            errors.append(error)
            return "broken off"

    assert sorted(at_once(lambda: act(one, two), lambda: act(two, one))) == ["broken off", "taken"]
    assert is_broken_off(errors[0])

    def break_off(*_args, **_more):
        raise errors[0]

    monkeypatch.setattr(views, "move_order", break_off)
    client.force_login(world.applicant)
    page = client.post(reverse("order_move", args=[one.number, "cancel"]), {"words": "不要了", "seen": one.version})
    assert (page.status_code, CaseBusy().sentence in page.content.decode()) == (409, True)


def test_another_error_of_the_database_stays_one():
    assert not is_broken_off(DatabaseError("syntax error"))
    assert RuleBrokenMiddleware(lambda _: None).process_exception(RequestFactory().get("/"), DatabaseError()) is None
