"""A portal whose papers lie in a bucket is backed up with them, and comes back into a folder, to be moved from there."""

import time
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile

from backups import papers, places, stream
from backups.cipher import read_key
from backups.making import make, now
from backups.papers import known_papers
from records.storing.places import PaperStore
from tests.backups.test_restoring import ALL, Kept, bring_back
from tests.records.storing.server import BUCKET, SERVER

pytestmark = [pytest.mark.heavy, pytest.mark.bare]


@pytest.fixture(autouse=True)
def _no_tables_of_ours(monkeypatch):
    monkeypatch.setattr("backups.comparing.columns", list)


@pytest.fixture
def store(settings, portal):
    settings.MEDIA_ROOT = portal.places.media
    SERVER.start().empty_bucket()
    return lambda *names: PaperStore(names, SERVER.options())


def test_papers_of_a_bucket_come_back_to_their_moment(portal, store):
    bucket = store("s3")
    portal.places = replace(portal.places, store=bucket)
    portal.paper("papers/left", b"the disk is no place of this portal")
    portal.write("before the backup")
    bucket.save("documents/aa/1", ContentFile(b"first"))
    bucket.save("exports/large", ContentFile(b"0123456789" * 300_000))
    with Kept(portal.places) as log:
        made = make(portal.places, keep=ALL)
        time.sleep(1.1)  # the service's clock tells whole seconds
        bucket.save("documents/bb/2", ContentFile(b"second"))
        portal.write("after it")
        moment = now()
        time.sleep(1.1)
        bucket.save("documents/cc/3", ContentFile(b"too late"))
        log.wait(now())
    lines, found, _ = bring_back(portal, "there", moment=moment)
    assert (made.papers, lines) == (2, ["before the backup", "after it"])
    assert found == {
        "documents/aa/1": b"first",
        "exports/large": b"0123456789" * 300_000,
        "documents/bb/2": b"second",
    }


def test_while_papers_move_both_places_are_backed_up_and_none_twice(portal, store):
    portal.places = replace(portal.places, store=store("s3", "disk"))
    portal.paper("documents/aa/1", b"on the disk")
    portal.paper(".moving/half", b"ha")
    portal.places.store.save("documents/bb/2", ContentFile(b"in the bucket"))
    assert make(portal.places, keep=ALL).copied_papers == 2
    time.sleep(0.01)  # a backup is named by its moment
    again = make(portal.places, keep=ALL)
    assert (again.papers, again.copied_papers) == (2, 0)
    _, found, _ = bring_back(portal, "there", name=again.name)
    assert found == {"documents/aa/1": b"on the disk", "documents/bb/2": b"in the bucket"}


def test_a_bucket_that_is_long_to_list_rests_and_until_stands_still(portal, store, monkeypatch):
    portal.places = replace(portal.places, store=store("s3"))
    portal.places.prepare()
    key = read_key(portal.places.key_file)
    own = stream.Stream(portal.places, key, known_papers(portal.places, key))
    copy = papers.copy

    def slow(*given):
        time.sleep(0.2)
        return copy(*given)

    monkeypatch.setattr(papers, "copy", slow)
    assert [own.keep_papers(), own.keep_papers()] == [True, False]
    rests = own.rests_until - time.monotonic()
    assert rests > 4 * 0.2
    time.sleep(rests)
    assert own.keep_papers()


def test_where_papers_lie_is_what_the_settings_say(settings, store):
    other = settings.STORAGES["default"]["OPTIONS"]
    assert places.places_without_folder().store is None
    options = other | {"places": ["s3"], "bucket": SERVER.options()}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | {"OPTIONS": options}}
    assert places.places_without_folder().store.places[0].bucket_name == BUCKET
