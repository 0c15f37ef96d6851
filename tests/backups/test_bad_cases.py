"""What goes wrong with a backup or a restore is told in a true sentence, and nothing half made is left."""

import shutil
import types
from pathlib import Path

import pytest

from backups import base, cipher, making, papers, programs
from backups.making import check_all, facts_of, make, now
from backups.places import alone
from backups.refusals import Busy, Refused
from backups.restoring import restore
from backups.retention import Plan, whole

pytestmark = [pytest.mark.heavy, pytest.mark.bare]
ALL = Plan(7, 5, 12)


def refusal(act, *given, **named):
    with pytest.raises(Refused) as caught:
        act(*given, **named)
    return str(caught.value)


def change(path, place=-40):
    """One bit of the file is another."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def bring(portal, folder, **named):
    return restore(portal.places, portal.top / folder, portal.top / f"{folder}-m", asked=lambda _: [], **named)


FULL = types.SimpleNamespace(free=10**6)


@pytest.fixture(autouse=True)
def _no_tables_of_ours(monkeypatch):
    """The portal of these tests has one table, whose rows name no files."""
    monkeypatch.setattr("backups.comparing.columns", list)


@pytest.fixture
def backed_up(portal):
    portal.paper("papers/aa/1", b"x" * 3_000_000)
    portal.made = make(portal.places, keep=ALL)
    return portal


def test_a_backup_that_cannot_be_made_says_why_and_leaves_nothing(portal, monkeypatch):
    places = portal.places
    portal.paper("papers/aa/1")
    with monkeypatch.context() as patch:  # the disk is nearly full
        patch.setattr(shutil, "disk_usage", lambda _: FULL)
        said = refusal(make, places, keep=ALL)
    assert (said[:12], "只剩 0.0 GB" in said, list(places.bases.iterdir())) == ("磁盘空间不够：备份约需 ", True, [])
    with alone(places.folder, "backup"), pytest.raises(Busy, match="另一次备份还没有结束"):
        make(places, keep=ALL)
    with monkeypatch.context() as patch:  # it runs full in the middle
        patch.setattr(cipher.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        assert "No space left on device" in refusal(make, places, keep=ALL)
    assert list(places.bases.iterdir()) == []
    assert "需要 PostgreSQL 9 的程序，这里只有" in refusal(programs.folder, places.programs, 9)
    portal.stop()
    assert "连接不上要备份的数据库" in refusal(make, places, keep=ALL)


def test_a_restore_that_cannot_be_done_says_why(backed_up, monkeypatch):
    places, made = backed_up.places, backed_up.made
    (backed_up.top / "taken").mkdir()
    (backed_up.top / "taken" / "file").touch()
    assert "不是空目录" in refusal(bring, backed_up, "taken")
    assert "最早只能恢复到" in refusal(bring, backed_up, "a", moment=made.ended.replace(year=2020))
    assert "日志只保存到" in refusal(bring, backed_up, "a", moment=now())
    assert "没有名为 other 的备份" in refusal(bring, backed_up, "a", name="other")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _: FULL)
        assert "恢复约需" in refusal(bring, backed_up, "a")
    (places.wal / "0000000100000000000000FF").touch()
    assert "日志缺少第" in refusal(bring, backed_up, "b")


def test_another_key_is_told(backed_up):
    file, other = backed_up.places.key_file, backed_up.top / "other"
    cipher.make_key(other)
    file.write_bytes(other.read_bytes())
    assert "密钥不对" in refusal(bring, backed_up, "c")
    file.unlink()
    assert "没有备份密钥" in refusal(bring, backed_up, "c")


def test_a_damaged_paper_stops_nothing_and_a_damaged_base_everything(backed_up):
    places, folder = backed_up.places, whole(backed_up.places)[0]
    assert check_all(places) == (1, 1)
    change(next(path for path in places.objects.rglob("*") if path.is_file()))
    assert "内容与写入时不一致" in refusal(check_all, places)
    found = bring(backed_up, "d", name=backed_up.made.name)
    assert [line.split("：")[0] for line in found.findings] == ["材料文件 papers/aa/1 恢复不出来"]
    change(folder / base.TAR, 3_000_000)
    assert "已损坏" in refusal(bring, backed_up, "e")
    (folder / making.FACTS).write_text("{}")
    assert "说明文件读不出来" in refusal(facts_of, folder)


def test_the_backups_do_not_lie_among_the_papers(portal):
    inside = papers.Places(**{**vars(portal.places), "folder": portal.places.media / "b"})
    assert "在材料目录" in refusal(inside.prepare)
    assert not Path(inside.folder).exists()
