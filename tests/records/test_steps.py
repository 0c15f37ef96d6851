"""The one door: it locks, asks, moves, saves and writes; and nobody rewrites the trail."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from records.models import Event
from records.rules import RuleBroken, StaleCase
from records.steps import chain_holds, note, take_step
from redemption.services import submit_claim
from tests.factories import World, drive_application, drive_claim
from tests.helpers import by_owner
from vouchers.services import submit_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def test_a_step_moves_the_case_counts_its_version_and_writes_one_line(world):
    order = world.make_order()
    moved = take_step(order, "confirm", by=world.provider_member, seen=0, note="接单")
    event = moved.events.last()
    assert (moved.state, moved.version) == ("serving", 1)
    assert (event.sequence, event.step, event.from_state, event.to_state, event.actor, event.text) == (
        2,
        "confirm",
        "placed",
        "serving",
        world.provider_member,
        "接单",
    )


def test_a_stale_page_is_told_so_and_changes_nothing(world):
    order = world.make_order()
    take_step(order, "confirm", by=world.provider_member)
    with pytest.raises(StaleCase):
        take_step(order, "cancel", by=world.applicant, seen=0)
    assert type(order).objects.get().state == "serving"


def test_a_second_click_is_refused_with_the_present_state_in_words(world):
    order = take_step(world.make_order(), "confirm", by=world.provider_member)
    with pytest.raises(RuleBroken, match="现在的状态是“服务中”") as refusal:
        take_step(order, "confirm", by=world.provider_member)
    assert refusal.value.code == "R-STATE"


def test_a_stranger_is_refused_and_nothing_is_written(world):
    order = world.make_order()
    with pytest.raises(RuleBroken, match="没有办理这一步的权限"):
        take_step(order, "confirm", by=world.stranger)
    assert order.events.count() == 1


def test_a_note_holds_the_case_alone(world):
    claim = world.make_claim()
    with CaptureQueriesContext(connection) as asked:
        line = note(claim, "look", by=world.municipal, text="查看")
    held = [query["sql"] for query in asked.captured_queries if "FOR NO KEY UPDATE" in query["sql"]]
    assert (line.text, [sql.count("FOR NO KEY UPDATE") for sql in held]) == ("查看", [1])


@pytest.mark.parametrize("change", ["UPDATE records_event SET text = 'x'", "DELETE FROM records_event"])
def test_the_database_refuses_to_change_the_trail(world, change):
    world.make_order()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), by_owner() as cursor:
        cursor.execute(change)


def test_the_chain_shows_a_line_that_was_changed_behind_the_triggers_back(world):
    order = take_step(world.make_order(), "confirm", by=world.provider_member, note="接单")
    note(order, "look", by=world.municipal, text="查看")
    assert chain_holds(order)
    with by_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE records_event DISABLE TRIGGER records_event_append_only")
        cursor.execute("UPDATE records_event SET text = '改过' WHERE sequence = 2")
        cursor.execute("ALTER TABLE records_event ENABLE TRIGGER records_event_append_only")
    assert not chain_holds(order)


def test_a_line_has_one_number_per_case(world):
    order = world.make_order()
    first = order.events.get()
    with pytest.raises(DatabaseError, match="event_one_line_per_number"), transaction.atomic():
        Event.objects.create(case=order, sequence=first.sequence, step="x", actor=world.applicant, hash="0" * 64)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_one_moves_the_case_and_the_other_is_told():
    world = World()
    order, results, start = world.make_order(), [], threading.Barrier(2)

    def act(step, person):
        start.wait()
        try:
            results.append(take_step(order, step, by=person, seen=0).state)
        except StaleCase:
            results.append("stale")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=act, args=pair)
        for pair in (("confirm", world.provider_member), ("cancel", world.applicant))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("stale") == 1
    assert order.events.count() == 2


@pytest.mark.parametrize(
    "make",
    [
        lambda world: world.make_order(),
        lambda world: world.unit,
        lambda world: world.admit("admitted"),
        lambda world: drive_application(world.make_application(), "approved", world),
        lambda world: drive_claim(world.make_claim(), "passed", world),
    ],
    ids=["order", "unit", "admission", "application", "claim"],
)
def test_a_saved_case_can_be_validated_whole(world, make):
    case = make(world)
    state = case.state
    case.full_clean()
    assert case.state == state


@pytest.mark.parametrize("submit", [submit_application, submit_claim])
def test_a_case_that_is_handed_in_is_saved_once(world, submit):
    case = world.make_application() if submit is submit_application else world.make_claim()
    with CaptureQueriesContext(connection) as asked:
        submit(case, by=world.applicant)
    table = type(case)._meta.db_table
    assert len([query for query in asked if query["sql"].startswith(f'UPDATE "{table}"')]) == 1
