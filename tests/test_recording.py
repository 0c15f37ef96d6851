"""A world that is put back is the world that was made, and is put back only where the same would be made again."""

import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from catalog.models import Product
from records.models import Document
from tests import recording
from tests.database import rows
from tests.factories import World, drive_application, drive_claim, make_user

pytestmark = pytest.mark.django_db
LIMIT = 0.1  # CPU seconds


@contextmanager
def undone():
    """What happens inside is forgotten by the database and by the tape."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def forgotten():
    """Inside, and for this test alone, nothing has been recorded yet."""
    before = dict(recording.RECORDINGS)
    recording.RECORDINGS.clear()
    yield
    recording.RECORDINGS.clear()
    recording.RECORDINGS.update(before)


def is_put_back(act):
    """Whether the call is answered from the recordings."""
    before, key = len(recording.RECORDINGS), recording.TAPE.key
    act()
    return key is not None and recording.TAPE.key is not None and len(recording.RECORDINGS) == before


def test_what_is_put_back_is_what_was_made():
    told = []
    with forgotten():
        for _ in range(2):
            with undone():
                world = World()
                claim = drive_claim(world.make_claim(), "experts", world)
                told.append((rows(), recording.told([world, claim], {})))
        assert len(recording.RECORDINGS) == 3
    assert told[0] == told[1]


def test_what_is_put_back_is_one_with_the_world():
    for _ in range(2):
        with undone():
            world = World()
            unit, firm = world.unit, world.people["applicant"]
            application = drive_application(world.make_application(), "district", world)
            assert (world.unit is unit, world.applicant is firm) == (True, True)
            assert application.unit == unit
            assert application.turns.get(closed_at=None).office == world.district_office


def test_putting_a_world_back_takes_little():
    spent = []
    for _ in range(6):  # the first may have to make it
        with undone():
            start = time.process_time()
            World()
            spent.append(time.process_time() - start)
    assert min(spent) <= LIMIT
    assert sorted(spent)[2] <= LIMIT


def test_new_rows_come_after_those_put_back():
    with undone():
        World()
    with undone():
        world = World()
        assert make_user().pk > max(person.pk for person in world.people.values())


def test_what_others_wrote_is_seen():
    World()
    for _ in range(2):
        with undone():
            assert make_user("another").pk
    Product.objects.update(price=1)
    assert not is_put_back(lambda: make_user("another"))


def test_what_was_rolled_back_is_forgotten():
    world = World()
    with undone():
        world.unit.memberships.update(role="reader")
    for _ in range(2):
        with undone():
            again = is_put_back(world.make_order)
    assert again


@pytest.mark.parametrize("change", ["clock", "settings", "code", "object"])
def test_what_stands_otherwise_runs_as_it_is_written(change, time_machine, monkeypatch):
    world = World()
    for _ in range(2):
        with undone():
            assert world.make_application().unit == world.unit
    if change == "clock":
        time_machine.move_to(timezone.now())
    if change == "code":
        monkeypatch.setattr(Document, "__doc__", "otherwise")
    if change == "object":
        world.unit.name = "改名后的公司"
    with override_settings(**({"DELETION_DAYS": 6} if change == "settings" else {})):
        assert not is_put_back(world.make_application)


def test_each_moment_of_a_clock_that_stands_still_has_its_own(time_machine):
    told = []
    for noon in ("2026-03-10 12:00+08:00", "2026-03-11 12:00+08:00") * 2:
        time_machine.move_to(noon, tick=False)
        with undone():
            told.append(
                (is_put_back(lambda: make_user("noon", phone="13800000009")), User.objects.get(username="noon"))
            )
    assert [put_back for put_back, _ in told[2:]] == [True, True]
    assert [user.phone_verified_at.day for _, user in told] == [10, 11, 10, 11]


def test_a_paper_that_is_gone_comes_back():
    with undone():
        path = Path(settings.MEDIA_ROOT) / World().unit.licence.file.name
        content = path.read_bytes()
    path.unlink()
    World()
    assert path.read_bytes() == content
