"""How the backups stand, what the clock does, and who hears that one failed or is old."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from backups import tasks
from backups.making import Made
from backups.models import Backup
from backups.places import places
from backups.refusals import Busy, Refused
from backups.services import write_kept, write_made, write_trouble
from backups.standing import last_backup
from notifications.models import Notice
from tests.factories import World, make_user

pytestmark = pytest.mark.django_db
MADE = Made(
    name="20261129T184000000000Z",
    began_at="2026-11-29T18:40:00+00:00",
    ended_at="2026-11-29T18:50:00+00:00",
    major=18,
    key="00",
    database_bytes=10**9,
    papers=12,
    paper_bytes=10**8,
    copied_papers=3,
    copied_bytes=10**6,
    timeline=1,
    first_segment="000000010000000000000001",
    last_segment="000000010000000000000002",
)


@pytest.fixture
def _set_up(settings, tmp_path):
    settings.BACKUPS = settings.BACKUPS | {"folder": str(tmp_path / "backups"), "key_file": str(tmp_path / "key")}


def age(row, hours):
    Backup.objects.filter(pk=row.pk).update(ended_at=timezone.now() - dt.timedelta(hours=hours))


def test_a_portal_without_backups_says_so_and_rings_no_bell(settings):
    settings.BACKUPS = settings.BACKUPS | {"folder": ""}
    tasks.back_up()
    tasks.look_at_backups()
    standing = last_backup()
    assert (standing.is_set_up, standing.is_well, standing.troubles, Backup.objects.count()) == (False, False, (), 0)
    with pytest.raises(Refused, match="没有设置备份目录"):
        places()
    with pytest.raises(CommandError, match="没有设置备份目录"):
        call_command("backup")


@pytest.mark.usefixtures("_set_up")
def test_what_is_wrong_is_told_in_a_sentence():
    assert [line[:10] for line in last_backup().troubles] == ["还没有任何成功的备份", "还没有保存过数据库日"]
    row = write_made(MADE)
    write_kept(timezone.now())
    standing = last_backup()
    assert (standing.is_well, standing.made_at, standing.size, standing.papers) == (True, row.ended_at, 10**9, 12)
    age(row, 27)
    write_kept(timezone.now() - dt.timedelta(minutes=6))
    old, behind = last_backup().troubles
    assert ("已超过 26 小时" in old, "已落后超过 300 秒" in behind) == (True, True)
    write_trouble("磁盘满了。")
    write_trouble("很旧了。", is_alarm=True)
    assert last_backup().troubles[0] == "磁盘满了。"
    write_made(MADE)
    write_kept(timezone.now())
    assert last_backup().is_well


@pytest.mark.usefixtures("_set_up")
def test_a_failed_night_is_told_to_the_keepers_once_a_day():
    world = World()
    root = make_user("root", is_superuser=True, is_staff=True)
    tasks.back_up()  # there is no key
    told = Notice.objects.filter(kind="backup_failed")
    assert {notice.recipient for notice in told} == {world.administrator, world.auditor, root}
    assert "没有备份密钥" in told[0].body
    for _ in range(2):
        tasks.look_at_backups()  # that no log is kept is told beside it, each once a day
        assert told.all().count() == 6
    assert [line[:6] for line in last_backup().troubles] == ["没有备份密钥", "还没有保存过"]
    for row in Backup.objects.all():
        age(row, 21)
    tasks.look_at_backups()
    assert told.all().count() == 12
    with pytest.raises(CommandError, match="没有备份密钥"):
        call_command("backup")
    assert Backup.objects.count() == 5


@pytest.mark.usefixtures("_set_up")
def test_the_night_s_task_come_twice_makes_one(monkeypatch):
    made = []
    monkeypatch.setattr("backups.tasks.make", lambda own, keep: made.append(keep) or MADE)
    tasks.back_up()
    tasks.back_up()
    assert (made, Backup.objects.count()) == ([tasks.plan()], 1)

    def busy(own, keep):
        raise Busy("…")

    monkeypatch.setattr("backups.tasks.make", busy)
    age(Backup.objects.get(), 13)
    tasks.back_up()
    assert Backup.objects.count() == 1


@pytest.mark.usefixtures("_set_up")
def test_the_key_is_made_once_by_command(tmp_path, capsys):
    call_command("backup", "--new-key")
    with pytest.raises(CommandError, match="备份密钥已存在"):
        call_command("backup", "--new-key")
    assert "没有它，任何备份都恢复不了" in capsys.readouterr().out
    with pytest.raises(CommandError, match="各指定一个空目录"):
        call_command("restore")
    words = ("restore", "--data", str(tmp_path / "d"), "--media", str(tmp_path / "m"))
    with pytest.raises(CommandError, match="读不懂"):
        call_command(*words, "--at", "昨天")
    with pytest.raises(CommandError, match="里没有完整的备份"):
        call_command(*words, "--at", "2026-11-29T18:30:00")
    call_command("restore", "--list")
