"""One backup a day, a week, a month is kept; what no kept one names goes."""

import datetime as dt
import json
import os
import time

import pytest

from backups import cipher, papers, retention
from backups.places import Places
from backups.retention import Plan, kept, tidy

pytestmark = [pytest.mark.heavy, pytest.mark.bare]
DAY = dt.timedelta(days=1)
LAST = dt.datetime(2026, 11, 29, 18, 40, tzinfo=dt.UTC)


@pytest.fixture
def places(tmp_path):
    names = {name: tmp_path / name for name in ("folder", "incoming", "media")}
    found = Places(**names, key_file=tmp_path / "key", apart=(), database_url="", programs="")
    found.media.mkdir()
    found.prepare()
    cipher.make_key(found.key_file)
    return found


def backup(places, key, at, segment="000000010000000000000001"):
    """A folder as a backup leaves it, with a paper of its own."""
    folder = places.bases / at.strftime(papers.STAMP)
    folder.mkdir()
    (places.media / folder.name).write_text("x")
    _, copied = papers.copy(places, key, {})
    mine = [paper for paper in copied if paper.path == folder.name]
    papers.write_list(folder / papers.LIST, key, mine)
    (folder / retention.NOTE).write_text(json.dumps({"first_segment": segment}))
    return folder, mine[0]


def test_days_weeks_and_months_each_keep_their_last(places):
    folders = [places.bases / (LAST - n * DAY).strftime(papers.STAMP) for n in range(100, -1, -1)]
    stay = sorted(folder.name[:8] for folder in kept(folders, Plan(3, 3, 3)))
    assert stay == ["20260930", "20261031", "20261115", "20261122", "20261127", "20261128", "20261129"]
    assert kept(folders, Plan(0, 0, 0)) == {folders[-1]}
    assert kept([], Plan(7, 5, 12)) == set()


def test_what_no_kept_backup_names_goes(places):
    key = cipher.read_key(places.key_file)
    tidy(places, key, Plan(1, 0, 0))  # nothing there: nothing happens
    old, gone = backup(places, key, LAST - DAY)
    new, stays = backup(places, key, LAST, "000000010000000000000005")
    for name in ("000000010000000000000004", "000000010000000000000005", "000000010000000000000006.partial"):
        (places.wal / name).touch()
    (places.wal / "00000002.history").touch()
    (places.lists / "20261101T000000000000Z").touch()
    for path in places.objects.rglob("*/*"):
        os.utime(path, (time.time() - 2 * 86400,) * 2)
    tidy(places, key, Plan(1, 0, 0))
    assert [path.name for path in places.bases.iterdir()] == [new.name]
    assert sorted(path.name for path in places.wal.iterdir()) == [
        "000000010000000000000005",
        "000000010000000000000006.partial",
        "00000002.history",
    ]
    assert list(places.lists.iterdir()) == []
    assert not old.exists()
    assert (papers.object_at(places, stays.object).exists(), papers.object_at(places, gone.object).exists()) == (
        True,
        False,
    )


def test_a_paper_is_copied_once_and_again_when_it_has_changed(places):
    key, known = cipher.read_key(places.key_file), {}
    (places.media / "a").write_text("one")
    assert [len(found) for found in papers.copy(places, key, known)] == [1, 1]
    assert [len(found) for found in papers.copy(places, key, known)] == [1, 0]
    (places.media / "a").write_text("another")
    standing, copied = papers.copy(places, key, known)
    assert (standing == copied, len(known)) == (True, 2)
    papers.note_copied(places, key, copied, LAST)
    papers.note_copied(places, key, [], LAST + DAY)
    assert papers.known_papers(places, key) == {copied[0].face: copied[0]}
    assert papers.keep_paper(places, key, papers.Paper("gone", "", 1, 1)) is None
