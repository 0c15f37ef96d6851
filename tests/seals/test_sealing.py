"""What is committed gets its leaf, the tree is signed, and no other past is signed over."""

import base64
import datetime as dt
import json

import inclusion
import pytest
import witness
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from records.models import Event
from records.steps import note
from reviews.models import Opinion
from seals import growing, signing, tree
from seals.content import SOURCES
from seals.growing import BLOCK
from seals.models import Checkpoint, Leaf, Node
from seals.signing import SealBroken
from seals.tasks import seal_all
from tests.factories import World, drive_application
from tests.helpers import aside
from tests.seals.tampering import tamper
from vouchers.models import LedgerEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = World()
    world.case = drive_application(world.make_application(), "approved", world)
    return world


def lines_in_all():
    return Event.objects.count() + LedgerEntry.objects.count() + Opinion.objects.count()


def test_every_line_gets_one_leaf_and_later_ones_follow(world, log):
    first = log()
    assert first.size == lines_in_all() == Leaf.objects.count()
    assert log().size == first.size
    note(world.case, "export", by=world.district)
    later = log()
    assert (later.size, Leaf.objects.latest("number").line) == (first.size + 1, Event.objects.latest("pk").pk)
    assert tree.consistency(first.size, later.size, growing.Wanted()) is not None
    path = growing.consistency(first.size, later.size)
    assert witness.is_extended(first.size, later.size, bytes(first.root), bytes(later.root), path)


def test_a_leaf_is_the_hash_of_what_the_line_says(world, log):
    log()
    event = Event.objects.latest("pk")
    source, leaf = SOURCES[Leaf.Kind.TRAIL], Leaf.objects.get(kind=Leaf.Kind.TRAIL, line=event.pk)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {source.content} FROM {source.rows} WHERE own.id = %s", [event.pk])
        content = cursor.fetchone()[0]
    assert bytes(leaf.hash) == tree.leaf_hash(content.encode())
    assert json.loads(content)[0:2] + json.loads(content)[-1:] == ["trail/1", event.pk, event.hash]


def test_a_line_of_a_lower_key_that_commits_late_gets_its_leaf(world, log):
    """The keys of a day ago bound where is looked, never what was seen last."""
    log()
    last = Event.objects.latest("pk")
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('records_event_id_seq')")
    note(world.case, "export", by=world.district)
    log()
    late = Event.objects.latest("pk")
    tamper("UPDATE records_event SET id = %s WHERE id = %s", last.pk + 1, late.pk)
    tamper("DELETE FROM seals_leaf WHERE kind = 1 AND line = %s", late.pk)
    before = growing.size()
    assert growing.add_leaves(before, {"1": 0}) == 1
    assert Leaf.objects.latest("number").line == last.pk + 1


def test_only_what_is_newer_than_a_day_is_looked_through(world, log, time_machine):
    now = Checkpoint.objects.count() or dt.datetime.now(dt.UTC)
    log()
    time_machine.move_to(now + dt.timedelta(days=2))
    log()
    seen = Checkpoint.objects.last().seen
    assert seen["1"] == Event.objects.latest("pk").pk
    assert log(everything=True).size == lines_in_all()


def test_whole_nodes_are_kept_and_give_the_same_roots(world, log):
    hashes = [tree.leaf_hash(b"%d" % number) for number in range(3 * BLOCK + 5)]
    for begin, end in ((0, 300), (300, 700), (700, len(hashes))):
        rows = [Leaf(number=n, kind=1, line=10**6 + n, hash=hashes[n]) for n in range(begin, end)]
        Leaf.objects.bulk_create(rows)
        growing.add_nodes(begin, end)
        assert growing.root_of(end) == tree.fold(hashes[:end])
    assert sorted(Node.objects.values_list("level", "index")) == [(8, 0), (8, 1), (8, 2), (9, 0)]
    path = growing.inclusions([299], 700)[0]
    assert path == tree.inclusion(
        299, 700, lambda level, index: tree.fold(hashes[index << level : (index + 1) << level])
    )


def test_the_key_stands_outside_and_is_made_once(world, log, capsys, django_capture_on_commit_callbacks):
    assert signing.public_words().startswith("tten/test+")
    assert (signing.folder() / "key").stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="已存在"):
        call_command("seal", "--new-key")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("seal")
    assert capsys.readouterr().out.startswith(f"tten/test\n{lines_in_all()}\n")
    (signing.folder() / "key").unlink()
    with pytest.raises(CommandError, match="没有签名密钥"), aside():
        call_command("seal")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM seals_leaf WHERE number = 3",
        "UPDATE seals_leaf SET hash = sha256('x') WHERE number = 3",
        "DELETE FROM seals_leaf WHERE number > 3",
        "DELETE FROM seals_leaf",
    ],
)
def test_no_other_past_is_signed(world, log, caplog, statement):
    kept = log()
    tamper(statement)
    with pytest.raises(SealBroken, match="封存的记录"), aside():
        log()
    seal_all()
    assert "not sealed" in caplog.text
    assert Checkpoint.objects.first() == kept


def test_a_lost_note_is_no_beginning(world, log):
    log()
    (signing.folder() / "checkpoint").unlink()
    with pytest.raises(SealBroken, match="没有保存"), aside():
        log()


def test_two_who_seal_at_once_wait_for_each_other(world, log):
    """The lock is of the transaction: a leaf is numbered once."""
    before = locks()
    log()
    assert locks() == before + 1


def locks():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def test_a_new_key_goes_on_with_the_log_and_the_old_notes_hold(world, log):
    old = log().text
    (signing.folder() / "key").unlink()
    signing.make_key()
    assert len(signing.public_keys()) == 2
    assert signing.read(log().text).size == signing.read(old).size


def test_notes_that_are_not_ours_are_refused(world, log):
    text = log().text
    assert signing.read(text).size == witness.read(text, signing.public_words())[0]
    head, _, _mark = text.rpartition(" ")
    for wrong in (
        text.replace("tten/test\n", "tten/other\n", 1),
        f"{head} {base64.b64encode(b'0' * 68).decode()}\n",
        "",
        "a\n\nb",
    ):
        with pytest.raises(SealBroken):
            signing.read(wrong)
        with pytest.raises(witness.Refused):
            witness.read(wrong, signing.public_words())


class Portal:
    """The portal as a witness asks it."""

    def __init__(self, client):
        self.client = client

    def __call__(self, address):
        answer = self.client.get(address.removeprefix("https://portal.example"))
        if answer.status_code != 200:
            raise OSError(answer.status_code)
        return answer.content.decode()


@pytest.fixture
def watch(client, monkeypatch, tmp_path):
    """One look of the witness; its folder is its own."""
    monkeypatch.setattr(witness, "fetch", Portal(client))
    folder = tmp_path / "witness"
    folder.mkdir()
    return lambda: witness.watch("https://portal.example", signing.public_words(), folder)


def test_the_witness_accepts_what_extends_its_last(world, log, watch):
    log()
    assert "一致" in watch()
    note(world.case, "export", by=world.district)
    log()
    assert f"{lines_in_all()} 条" in watch()


class Yesterday(Exception):
    """A backup of it comes back."""


def two_days(world, log, watch):
    log()
    note(world.case, "export", by=world.district)
    log()
    watch()
    raise Yesterday


def test_the_witness_refuses_a_roll_back_and_another_past(world, log, watch, tmp_path):
    with pytest.raises(Yesterday), aside():
        two_days(world, log, watch)
    (signing.folder() / "checkpoint").unlink()
    log()
    with pytest.raises(witness.Refused, match="旧备份"):
        watch()
    tamper("UPDATE records_event SET text = '改' WHERE id = (SELECT max(id) FROM records_event)")
    tamper("DELETE FROM seals_leaf; DELETE FROM seals_node; DELETE FROM seals_checkpoint")
    (signing.folder() / "checkpoint").unlink()
    for _ in range(2):
        note(world.case, "export", by=world.district)
    log()
    with pytest.raises(witness.Refused, match="改写"):
        watch()
    assert len(list((tmp_path / "witness").glob("refused-*"))) == 2


def test_the_witness_refuses_another_key_and_tells_that_nobody_signs(world, log, watch, time_machine):
    log()
    watch()
    public = signing.public_words()
    for name in ("key", "key.pub", "checkpoint"):
        (signing.folder() / name).unlink()
    tamper("DELETE FROM seals_checkpoint")
    signing.make_key()
    text = log().text
    with pytest.raises(witness.Refused, match="签名"):
        witness.read(text, public)
    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(hours=2))
    (signing.folder().parent / "witness" / "checkpoint").unlink()
    with pytest.raises(OSError, match="停止签名"):
        watch()


def test_a_case_is_proved_with_a_checkpoint_alone(world, log, client):
    checkpoint = log().text
    client.force_login(world.auditor)
    proof = json.loads(client.get(reverse("seal_proof", args=[world.case.number])).content)
    told = [json.loads(line) for line in inclusion.check(proof, signing.public_words(), checkpoint)]
    assert {one[0] for one in told} == {"trail/1", "ledger/1", "opinion/1"}
    assert (
        len(told)
        == world.case.events.count()
        + world.case.entries.count()
        + Opinion.objects.filter(turn__in=world.case.turns.all()).count()
    )
    proof["lines"][0]["content"] = proof["lines"][0]["content"] + " "
    with pytest.raises(witness.Refused, match="不在检查点里"):
        inclusion.check(proof, signing.public_words())
    order = client.get(reverse("seal_proof", args=[world.case.order.number]))
    assert {json.loads(line["content"])[0] for line in json.loads(order.content)["lines"]} == {"trail/1"}
