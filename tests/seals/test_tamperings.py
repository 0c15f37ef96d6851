"""Whatever was rewritten is named by `audit`, the first broken line first; what is whole is told to be whole."""

import datetime as dt
from functools import partial

import pytest
from django.core.management import CommandError, call_command

from notifications.models import Notice
from seals import signing
from seals.auditing import audit
from seals.models import Audit, Leaf
from seals.proving.trail import CHAIN
from seals.tasks import audit_all
from tests.factories import World, drive_application, drive_claim
from tests.seals import tampering as by
from tests.seals.tampering import tamper

pytestmark = pytest.mark.django_db
TAMPERINGS = {  # what was done → how, and what is said of it
    "words of a line": (partial(by.say, column="text", value="改写的意见"), "操作留痕 {line}（封存"),
    "actor of a line": (partial(by.say, column="actor_id", value=1), "操作留痕 {line}（封存"),
    "time of a line": (
        partial(by.say, column="at", value=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
        "操作留痕 {line}（封存",
    ),
    "office of a line": (partial(by.say, column="office", value="别的单位"), "操作留痕 {line}（封存"),
    "papers of a line": (partial(by.say, column="attachments", value='["x"]'), "操作留痕 {line}（封存"),
    "words and hash": (by.said_anew, "操作留痕 {line}（封存"),
    "words, chained anew": (by.chained_anew, "操作留痕 {line}（封存"),
    "a line gone": (by.middle_gone, "已被删除"),
    "a line gone, chained anew": (by.middle_gone_and_chained, "已被删除"),
    "the last line gone": (by.last_gone, "已被删除"),
    "two lines swapped": (by.swapped, "封存之后被改动"),
    "a line slipped in": (by.slipped_in, "封存之后被改动"),
    "a case gone": (by.case_gone, "已被删除"),
    "a case and its leaves gone": (by.case_and_leaves_gone, "封存"),
    "a case gone, leaves numbered anew": (by.case_gone_and_numbered, "旧备份"),
    "sealed anew with the stolen key": (by.sealed_anew, "旧备份"),
    "rolled back": (by.rolled_back, "旧备份"),
    "an entry": (by.amount, "额度流水"),
    "an entry with all its sums": (by.amount_and_sums, "额度流水 {entry}（封存"),
    "an entry gone": (by.entry_gone, "额度流水 {entry}（封存"),
    "the sums of an account": (by.sums, "年度额度"),
    "the amount of a voucher": (by.decided_amount, "金额与额度流水不符"),
    "the amount of a redemption": (by.paid_amount, "核定金额与额度流水不符"),
    "words of an opinion": (partial(by.opine, column="text", value="改"), "审核意见 {opinion}（封存"),
    "verdict of an opinion": (partial(by.opine, column="verdict", value="send_back"), "审核意见 {opinion}（封存"),
    "amount of an opinion": (partial(by.opine, column="amount", value=1), "审核意见 {opinion}（封存"),
    "reviewer of an opinion": (partial(by.opine, column="reviewer_id", value=1), "审核意见 {opinion}（封存"),
    "an opinion gone": (by.opinion_gone, "审核意见 {opinion}（封存"),
    "an opinion of another case": (by.opinion_elsewhere, "审核意见 {opinion}（封存"),
    "the state of a case": (by.state, "留痕的最后一步"),
    "a line and its leaf": (by.leaf_too, "封存"),
    "a node": (by.node, "封存的节点 8/0"),
    "the root of a checkpoint": (by.checkpoint_root, "与签名的文本不符"),
    "the text of a checkpoint": (by.checkpoint_text, "签名与公钥不符"),
    "a trigger off": (by.trigger_off, "数据表 records_event"),
    "a trigger gone": (by.trigger_gone, "数据表 seals_leaf"),
    "the guard emptied": (by.guard_emptied, "数据表 records_event"),
    "a file": (by.file_changed, "内容与登记的摘要不符"),
    "a file gone": (by.file_gone, "文件不见了"),
    "a file with its digest": (by.file_and_row, "它所附的材料不见了"),
}


@pytest.fixture
def world():
    """A redeemed voucher, and another that was approved."""
    world = World()
    world.claim = drive_claim(world.make_claim(), "passed", world)
    world.case = drive_application(world.make_application(), "approved", world)
    by.make_true(world)
    return world


def test_what_is_whole_is_told_to_be_whole(world, log, capsys):
    log()
    call_command("audit")
    row = Audit.objects.get()
    assert (row.findings, row.lines) == ([], Leaf.objects.count())
    assert row.papers > 0
    assert f"封存的记录 {row.lines} 条，材料 {row.papers} 份" in capsys.readouterr().out
    assert not Notice.objects.filter(kind="audit_broken").exists()


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_tampering_is_found(world, log, name):
    log()
    act, said = TAMPERINGS[name]
    keys = {"line": by.event_of(world).pk, "entry": by.entry(world).pk, "opinion": by.opinion(world).pk}
    act(world)
    found = "\n".join(audit().findings)
    assert said.format(**keys) in found


def test_the_first_broken_line_is_named_and_the_keepers_are_told(world, log, caplog):
    log()
    by.said_anew(world)
    audit_all()
    row, event = Audit.objects.get(), by.event_of(world)
    number = Leaf.objects.get(kind=Leaf.Kind.TRAIL, line=event.pk).number
    assert row.findings[0] == f"操作留痕 {event.pk}（封存第 {number} 条）：封存之后被改动。"
    assert f"{world.case.number}，第 3 条" in row.findings[1]
    notices = Notice.objects.filter(kind="audit_broken")
    told = {person.username for person in (notice.recipient for notice in notices)}
    assert told == {world.auditor.username, world.administrator.username}
    assert notices[0].url == row.get_absolute_url()
    assert row.findings[0] in caplog.text


def test_a_checkpoint_of_the_witness_is_held_against(world, log, tmp_path):
    """The key and what stands beside it are in the hands of whoever rewrites."""
    kept = tmp_path / "kept"
    kept.write_text(log().text)
    by.sealed_anew(world)
    (signing.folder() / "checkpoint").unlink()
    assert audit().is_whole
    with pytest.raises(CommandError, match="旧备份"):
        call_command("audit", "--no-papers", "--checkpoint", str(kept))


def test_a_case_that_is_gone_is_named_by_its_trail(world, log):
    log()
    tamper("DELETE FROM vouchers_application WHERE id = %s", world.case.pk)
    assert any(f"它所说的创新券申请 {world.case.pk} 不见了" in one for one in audit().findings)


def test_the_database_reckons_the_digest_of_a_line_as_python_does(world, log):
    event = by.event_of(world)
    for text in ('引号" 反斜线\\ 换行\n制表\t 控制\x01 删除\x7f 行\u2028 𠮷', ""):
        for at in (
            dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC),
            dt.datetime(2026, 1, 2, 3, 4, 5, 60, tzinfo=dt.UTC),
        ):
            tamper(
                "UPDATE records_event SET text = %s, at = %s, attachments = %s WHERE id = %s",
                text,
                at,
                '["a", "乙"]',
                event.pk,
            )
            by.rechain(world.case)
            with by.connection.cursor() as cursor:
                cursor.execute(CHAIN)
                assert cursor.fetchall() == []
