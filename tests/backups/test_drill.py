"""A whole portal is backed up while it is written to, restored to a moment, proved; and what does not go together is told."""

import subprocess
from dataclasses import replace

import pytest
from django.db import connection, transaction

from backups import drilling
from backups.comparing import compare
from backups.drilling import drill
from backups.proving import audited, behind_seal
from records.models import Document
from seals import signing
from seals.services import seal
from tests.factories import World, drive_claim
from tests.seals.tampering import make_true
from tests.seals.test_dumps import program
from tten.local import postgres

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]


def move_into(portal, dump):
    """The tests' database into the cluster of this portal, and the papers beside it."""
    program("pg_dump", "-Fc", "-f", str(dump), connection.settings_dict["NAME"])
    portal.tell("DROP TABLE line")
    portal.tell("CREATE ROLE tten_application")  # of the whole cluster: no dump of one database holds it
    words = ["--exit-on-error", "-d", "tten", "-h", str(portal.home / "postgres"), "-U", "postgres", str(dump)]
    done = subprocess.run([postgres.programs() / "pg_restore", *words], capture_output=True, check=False)
    assert done.stderr.decode() == ""


@pytest.fixture
def own(portal, tmp_path, settings, monkeypatch):
    """A claim in the portal of the test, sealed, its papers where it keeps them."""
    settings.SEALING = {"folder": str(tmp_path / "seals"), "origin": "tten/test"}
    settings.MEDIA_ROOT = str(portal.places.media)
    monkeypatch.setenv("SEAL_ORIGIN", "tten/test")
    monkeypatch.setattr(drilling, "BETWEEN", 0.2)
    world = World()
    world.claim = drive_claim(world.make_claim(), "passed", world)
    with transaction.atomic():
        make_true(world)
    named = set(Document.objects.values_list("file", flat=True))
    for path in portal.places.media.glob("documents/*/*"):  # the files that the papers had before
        if str(path.relative_to(portal.places.media)) not in named:
            path.unlink()
    signing.make_key()
    seal()
    move_into(portal, tmp_path / "dump")
    return replace(portal.places, apart=(signing.folder(),))


def test_a_drill_loses_nothing_and_tells_what_does_not_go_together(portal, own):
    folder, compared = portal.top / "drill", []
    folder.mkdir(mode=0o711)

    def audit(url, media):
        found = [*audited(url, media, signing.folder()), *behind_seal(url, signing.folder())]
        paper = next(path for path in media.rglob("*") if path.is_file())
        paper.rename(media / "stranger")
        compared.extend(compare(url, replace(own, media=media)))
        return found

    found = drill(own, folder, audit, every=0.3)
    assert (found.findings, found.lost, found.lines > 20, found.made.papers > 5) == ([], 0, True, True)
    assert found.behind_seconds < 20
    assert compared[0].endswith("没有恢复出来，请从其他备份或存放副本的地方找回。")
    assert compared[-1] == "文件 stranger 没有任何记录使用：它是这一刻之后上传或之前删除的。"
    assert portal.tell("SELECT slot_name FROM pg_replication_slots") == []
