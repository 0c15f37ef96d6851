"""What the walk asks of the database finds what is broken behind the portal's back."""

from types import SimpleNamespace

import pytest

from orders.models import Order
from records.steps import note
from tests.factories import World, drive_application
from tests.helpers import by_owner
from tests.walk.invariants import check
from tests.walk.stage import Wrong

pytestmark = pytest.mark.django_db
TRAIL = "ALTER TABLE records_event {} TRIGGER records_event_append_only"


@pytest.fixture
def stage():
    """A world with an application that waits at its district, looked at once."""
    world = World()
    application = drive_application(world.make_application(), "district", world)
    stage = SimpleNamespace(placed=Order.objects.count(), lines=0, application=application)
    check(stage, whole=True)
    return stage


def behind_the_back(words, *values):
    """Write without the portal, and without the database's own guard of the trail."""
    with by_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(TRAIL.format("DISABLE"))
        cursor.execute(words, values)
        cursor.execute(TRAIL.format("ENABLE"))


def test_a_state_without_a_line_in_the_trail_is_found(stage):
    behind_the_back("UPDATE orders_order SET state = 'serving' WHERE id = %s", stage.application.order_id)
    with pytest.raises(Wrong, match="状态与留痕不符"):
        check(stage)


def test_a_case_that_asks_nobody_is_found(stage):
    behind_the_back("UPDATE reviews_turn SET closed_at = GREATEST(now(), opened_at) WHERE closed_at IS NULL")
    with pytest.raises(Wrong, match="待办与状态不符"):
        check(stage)


def test_a_line_that_was_changed_is_found_by_a_whole_look(stage):
    behind_the_back("UPDATE records_event SET text = '改过'")
    check(stage)  # no line has come
    with pytest.raises(Wrong, match="的留痕被改动"):
        check(stage, whole=True)


def test_a_line_that_was_changed_is_found_when_another_comes(stage):
    behind_the_back("UPDATE records_event SET text = '改过' WHERE sequence = 1")
    note(stage.application, "look", by=stage.application.unit.memberships.first().user)
    with pytest.raises(Wrong, match="的留痕被改动"):
        check(stage)


def test_an_order_that_nobody_placed_is_found(stage):
    stage.placed -= 1
    with pytest.raises(Wrong, match="下单"):
        check(stage)
