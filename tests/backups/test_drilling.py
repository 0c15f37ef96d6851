"""A drill on a small portal: it restores the moment, counts what is missing, and leaves nothing at the server."""

import pytest

from backups import drilling
from backups.drilling import drill

pytestmark = [pytest.mark.heavy, pytest.mark.bare]


def test_a_drill_counts_what_is_lost_and_leaves_no_slot(portal, monkeypatch):
    monkeypatch.setattr("backups.comparing.columns", list)
    monkeypatch.setattr(drilling, "BETWEEN", 0.2)
    for table in drilling.LINES:
        portal.tell(f"CREATE TABLE {table} (id bigserial PRIMARY KEY, at timestamptz DEFAULT clock_timestamp())")
        portal.tell(f"INSERT INTO {table} DEFAULT VALUES")
    portal.paper("papers/aa/1")
    folder, media = portal.top / "drill", []
    folder.mkdir(mode=0o711)

    def audit(url, restored):
        media.extend(path.name for path in restored.rglob("*") if path.is_file())
        portal.tell("DELETE FROM records_event", url)
        return ["found"]

    found = drill(portal.places, folder, audit, every=0.3)
    assert (found.lines, found.lost, found.made.papers, media) == (3, 0, 1, ["1"])
    assert found.findings == ["文件 papers/aa/1 没有任何记录使用：它是这一刻之后上传或之前删除的。", "found"]
    assert (found.behind_seconds < 20, found.restored.moment) == (True, found.moment)
    assert portal.tell("SELECT slot_name FROM pg_replication_slots") == []


def test_millions_of_keys_are_compared_in_bits(portal, monkeypatch):
    monkeypatch.setattr(drilling, "LINES", ("records_event",))
    monkeypatch.setattr(drilling, "PIECE", 10)
    portal.tell("CREATE TABLE records_event (id bigint PRIMARY KEY, at timestamptz DEFAULT clock_timestamp())")
    portal.tell("INSERT INTO records_event SELECT n FROM generate_series(1, 1000, 7) n UNION SELECT 100000")
    before = drilling.keys_of(portal.places.database_url, drilling.now())["records_event"]
    portal.tell("DELETE FROM records_event WHERE id IN (8, 100000)")
    after = drilling.keys_of(portal.places.database_url, drilling.now())["records_event"]
    assert (before.bit_count(), (before & ~after).bit_count(), after & ~before) == (144, 2, 0)
    assert [key for key in range(20) if before >> key & 1] == [1, 8, 15]
