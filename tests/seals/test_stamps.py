"""Checkpoints are stamped by somebody else, by setting; what the authority does not do delays the stamp alone."""

import base64
import datetime as dt
import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import stamp as elsewhere
import witness
from django.urls import reverse
from django.utils import timezone

from records.steps import note
from seals import checks, signing, stamping
from seals.auditing import audit
from seals.models import Checkpoint, Stamp
from seals.stamping import NotStamped, stamp_due
from seals.tasks import seal_all, stamp_latest
from tests.factories import World, drive_application
from tests.seals.authority import NAME, Authority, certificate, pem, served
from tests.seals.tampering import make_true, tamper

pytestmark = pytest.mark.django_db
SEALS = "seals.stamping"


@pytest.fixture
def authority(tmp_path, settings, log):
    """It answers, and the portal knows it."""
    authority = Authority(tmp_path / "authority")
    server = served(authority)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    address, roots = f"http://127.0.0.1:{server.server_port}/", str(authority.folder / "roots.pem")
    settings.SEALING = settings.SEALING | {"stamp_address": address, "stamp_roots": roots, "stamp_seconds": 10.0}
    yield authority
    authority.held.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def case():
    world = World()
    world.case = drive_application(world.make_application(), "approved", world)
    return world


def later():
    """The next stamp may be asked for at once."""
    tamper("UPDATE seals_stamp SET asked_at = asked_at - interval '1 day'")


def test_a_checkpoint_is_stamped_and_the_stamp_holds(case, log, authority):
    checkpoint, before = log(), timezone.now() - dt.timedelta(seconds=2)
    stamp = stamp_due()
    assert (stamp.checkpoint, stamp.authority) == (checkpoint, NAME)
    assert before <= stamp.at <= timezone.now() + dt.timedelta(seconds=2)
    assert stamping.read(bytes(stamp.reply), checkpoint.text) == (stamp.at, NAME)
    assert str(stamp).endswith(f"（{NAME}）")


def test_no_stamp_is_asked_for_where_none_is_set_up(case, log, authority, settings):
    log()
    settings.SEALING = settings.SEALING | {"stamp_address": ""}
    stamp_latest()
    assert (authority.asked, Stamp.objects.count()) == (0, 0)


def test_nothing_is_asked_before_there_is_a_checkpoint(authority):
    assert stamp_due() is None
    assert authority.asked == 0


def test_a_checkpoint_is_stamped_once_and_the_next_one_after_its_time(case, log, authority, settings):
    first = log()
    for _ in range(2):
        stamp_latest()
    second = log()
    stamp_latest()
    assert (authority.asked, [one.checkpoint for one in Stamp.objects.all()]) == (1, [first])
    later()
    for _ in range(2):
        stamp_latest()
    assert (authority.asked, [one.checkpoint for one in Stamp.objects.all()]) == (2, [second, first])


TROUBLES = {
    "an error": "回应 503",
    "nonsense": "读不懂",
    "a refusal": "拒绝签发",
    "too much": "没有尽头",
}


@pytest.mark.parametrize(("trouble", "words"), TROUBLES.items())
def test_what_is_no_stamp_is_not_kept_and_asked_for_again(case, log, authority, trouble, words):
    log()
    authority.trouble = trouble
    with pytest.raises(NotStamped, match=words):
        stamp_due()
    stamp_latest()
    assert (authority.asked, Stamp.objects.count()) == (2, 0)
    authority.trouble = ""
    stamp_latest()
    assert (authority.asked, Stamp.objects.count()) == (3, 1)


def test_an_old_stamp_is_no_answer_to_a_new_question(case, log, authority, settings):
    log()
    stamp_latest()
    later()
    log()
    authority.trouble = "an old stamp"
    with pytest.raises(NotStamped, match=r"不是这个检查点的|不是对这次"):
        stamp_due()
    assert Stamp.objects.count() == 1


@pytest.mark.parametrize("trouble", ["no answer", "drop by drop"])
def test_an_authority_that_hangs_is_not_waited_for(case, log, authority, settings, trouble):
    settings.SEALING = settings.SEALING | {"stamp_seconds": 0.3}
    log()
    authority.trouble = trouble
    with pytest.raises(NotStamped, match=r"没有回应|没有尽头"):
        stamp_due()
    checkpoint = log()  # sealing goes on
    authority.held.set()
    authority.trouble, settings.SEALING = "", settings.SEALING | {"stamp_seconds": 10.0}
    assert stamp_due().checkpoint == checkpoint


def test_an_authority_that_is_away_delays_the_stamp_alone(case, log, authority, settings, caplog):
    address = settings.SEALING["stamp_address"]
    settings.SEALING = settings.SEALING | {"stamp_address": "http://127.0.0.1:9/"}
    seal_all()
    stamp_latest()
    assert (Checkpoint.objects.count(), Stamp.objects.count()) == (1, 0)
    assert "没有回应" in caplog.text
    settings.SEALING = settings.SEALING | {"stamp_address": address}
    stamp_latest()
    assert Stamp.objects.get().checkpoint == Checkpoint.objects.get()


def test_a_stamp_by_a_stranger_is_refused(case, log, authority):
    log()
    stranger = certificate("别的根（演示）", authority.root_key)
    (authority.folder / "roots.pem").write_bytes(pem(stranger))
    with pytest.raises(NotStamped, match="不在 STAMP_ROOTS 之下"):
        stamp_due()
    (authority.folder / "roots.pem").write_bytes(b"no certificate")
    with pytest.raises(NotStamped, match="不是证书文件"):
        stamp_due()


def test_a_stamp_holds_when_its_certificate_has_ended(case, log, authority, time_machine):
    text = log().text
    stamp = stamp_due()
    time_machine.move_to(timezone.now() + dt.timedelta(days=4000))
    assert stamping.read(bytes(stamp.reply), text).authority == NAME


def test_audit_proves_the_stamps(case, log, authority, settings):
    make_true_of(case)
    log()
    stamp_latest()
    assert audit().findings == []
    stamp = Stamp.objects.get()
    changed = {
        "the reply": ("UPDATE seals_stamp SET reply = %s", bytes(stamp.reply)[:-1] + b"x"),
        "the time": ("UPDATE seals_stamp SET at = at - interval '%s day'", 1),
    }
    for statement, value in changed.values():
        tamper(statement, value)
        (found,) = audit().findings
        assert found.startswith(f"时间戳 {stamp.pk}（检查点 {stamp.checkpoint.size}）：")
        tamper("UPDATE seals_stamp SET reply = %s, at = %s", bytes(stamp.reply), stamp.at)
    settings.SEALING = settings.SEALING | {"stamp_roots": ""}
    tamper("UPDATE seals_stamp SET at = at - interval '1 day'")
    assert audit().findings == []


def make_true_of(world):
    world.claim = world.case
    make_true(world)


def test_nobody_who_has_no_library_is_told_that_he_stamps(case, log, authority, monkeypatch, client):
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    monkeypatch.setattr(f"{SEALS}.find_spec", lambda _name: None)
    log()
    assert (stamping.is_on(), stamping.standing()) == (False, "没有安装")
    with pytest.raises(NotStamped, match="没有安装 rfc3161-client"):
        stamping.answer_to("x")
    assert [one.msg for one in checks.check_stamps()] == ["STAMP_ADDRESS is set, and rfc3161-client is not installed."]


def test_a_portal_that_cannot_judge_stamps_says_so_when_it_is_checked(authority, settings):
    assert checks.check_stamps() == []
    settings.SEALING = settings.SEALING | {"stamp_roots": "", "stamp_address": "tsa.example"}
    assert len(checks.check_stamps()) == 2
    settings.SEALING = settings.SEALING | {"stamp_address": ""}
    assert checks.check_stamps() == []


def test_the_page_shows_the_stamp_and_that_it_is_late(case, log, authority, settings, client):
    page = reverse("seal_page")
    client.force_login(case.auditor)
    log()
    assert "还没有收到" in client.get(page).content.decode()
    assert client.get(reverse("seal_stamp")).status_code == 404
    stamp_latest()
    shown = client.get(page).content.decode()
    assert NAME in shown
    assert "时间戳服务很久没有回应" not in shown
    later()
    assert "时间戳服务很久没有回应" in client.get(page).content.decode()
    settings.SEALING = settings.SEALING | {"stamp_address": ""}
    tamper("DELETE FROM seals_stamp")
    assert "没有开启" in client.get(page).content.decode()


def test_a_stamp_is_proved_elsewhere_by_openssl_alone(case, log, authority, client, tmp_path):
    checkpoint = log()
    stamp = stamp_due()
    given, roots = json.loads(client.get(reverse("seal_stamp")).content), authority.folder / "roots.pem"
    size, at = elsewhere.check(given, signing.public_words(), roots)
    assert (size, at) == (checkpoint.size, stamp.at)
    with pytest.raises(witness.Refused, match="没有时间戳"):
        elsewhere.check(given | {"stamp": ""}, signing.public_words(), roots)
    with pytest.raises(witness.Refused, match="签名"):
        elsewhere.check(given | {"checkpoint": given["checkpoint"].replace("time 2", "time 3")}, given["key"], roots)
    broken = base64.b64decode(given["stamp"])[:-1] + b"x"
    with pytest.raises(witness.Refused, match="不成立"):
        elsewhere.check(given | {"stamp": base64.b64encode(broken).decode()}, given["key"], roots)


def test_the_script_runs_where_nothing_of_the_portal_is(case, log, authority, client, tmp_path):
    size = log().size
    stamp_latest()
    folder = Path(__file__).parent.parent.parent / "elsewhere"
    for name in ("witness.py", "stamp.py"):
        shutil.copy(folder / name, tmp_path)
    (tmp_path / "stamp.json").write_bytes(client.get(reverse("seal_stamp")).content)
    roots = authority.folder / "roots.pem"
    command = [sys.executable, "stamp.py", "stamp.json", signing.public_words(), roots]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, f"{size} 条记录" in done.stdout) == (0, True), done.stderr
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env={"PATH": ""})
    assert (done.returncode, "没有 openssl" in done.stderr) == (1, True)


def test_a_proof_leads_to_the_stamped_checkpoint_that_has_the_whole_case(case, log, authority, client):
    stamped = log()
    stamp_latest()
    note(
        case.case.order, "export", by=case.district
    )  # of another case: two checkpoints of a second over equal lines are equal
    latest = log()
    client.force_login(case.auditor)
    address = reverse("seal_proof", args=[case.case.number])
    proof = json.loads(client.get(address).content)
    assert proof["checkpoint"] == stamped.text != latest.text
    assert elsewhere.check(proof, proof["key"], authority.folder / "roots.pem")[0] == stamped.size
    note(case.case, "export", by=case.district)
    newest = log()
    proof = json.loads(client.get(address).content)
    assert (proof["checkpoint"], proof["stamp"]) == (newest.text, "")
