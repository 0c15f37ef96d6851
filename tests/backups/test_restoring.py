"""A portal of the test's own is backed up, lost, and brought back: to the end, to a moment, to one backup."""

import threading
import time

import pytest

from backups.making import make, now
from backups.restoring import restore
from backups.retention import Plan
from backups.stream import kept_until, stream

pytestmark = [pytest.mark.heavy, pytest.mark.bare]
ALL = Plan(7, 5, 12)


class Kept:
    """The log is kept by a thread, every half second."""

    def __init__(self, places):
        self.ends, self.told = threading.Event(), []
        self.thread = threading.Thread(target=stream, args=(places, self.ends, self.told.append, 0.5))

    def __enter__(self):
        self.thread.start()
        return self

    def wait(self, moment, patience=30):
        ends = time.monotonic() + patience
        while not (self.told and self.told[-1] > moment):
            assert time.monotonic() < ends, self.told
            time.sleep(0.05)

    def __exit__(self, *_):
        self.ends.set()
        self.thread.join()


def bring_back(portal, folder, **asked):
    """Restore beside everything else; give (lines, papers by path, what was found)."""
    data, media = portal.top / f"{folder}-data", portal.top / f"{folder}-media"
    lines = []

    def look(url):
        lines.extend(portal.words(url))
        return []

    found = restore(portal.places, data, media, asked=look, **asked)
    papers = {str(path.relative_to(media)): path.read_bytes() for path in media.rglob("*") if path.is_file()}
    return lines, papers, found


@pytest.fixture(autouse=True)
def _no_tables_of_ours(monkeypatch):
    """The portal of these tests has one table, whose rows name no files."""
    monkeypatch.setattr("backups.comparing.columns", list)


def at_work(portal):
    """Lines are written for two seconds; give the moment of each."""
    moments = []
    for number in range(40):
        moments.append(time.time())
        portal.write(f"line {number}")
        time.sleep(0.05)
    return moments


def test_a_lost_portal_comes_back_to_any_moment(portal):
    portal.write("before the backup")
    portal.paper("papers/aa/1", b"first")
    portal.paper("seals/key", b"no backup holds it")
    with Kept(portal.places) as log:
        made = make(portal.places, keep=ALL)
        portal.paper("papers/bb/2", b"second" * 500_000)
        portal.write("behind the backup")
        moment = now()
        time.sleep(0.1)
        portal.paper("papers/cc/3", b"third")
        portal.write("behind the moment")
        log.wait(now())
        moments, lost_at = at_work(portal), time.time()
        portal.kill()
    lines, papers, _ = bring_back(portal, "moment", moment=moment)
    assert lines == ["before the backup", "behind the backup"]
    assert papers == {"papers/aa/1": b"first", "papers/bb/2": b"second" * 500_000}
    lines, papers, _ = bring_back(portal, "end")
    assert lines[:3] == ["before the backup", "behind the backup", "behind the moment"]
    assert papers.keys() == {"papers/aa/1", "papers/bb/2", "papers/cc/3"}
    first_lost = [*moments, lost_at][len(lines) - 3]
    assert lost_at - first_lost < 1  # seconds of commits: only what the server had not yet sent
    lines, papers, _ = bring_back(portal, "name", name=made.name)
    assert (lines, papers) == (["before the backup"], {"papers/aa/1": b"first"})
    assert kept_until(portal.places) >= moment
