"""Verbs of 通知公告: write, confirm, stop; a worker does the rest (work.py)."""

import datetime as dt
from typing import Any

from django.utils import timezone

from news.permissions import office_of
from notifications.models import Announcement
from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.queue import after_commit
from records.rules import RuleBroken, StaleCase
from records.steps import write
from reviews.models import Office
from tten.announcing import tasks
from tten.announcing.firms import people

Stage = Announcement.Stage
NOT_YOURS = "R-PERM", "只有科服网平台和市科技局可以发布通知公告。"
NOBODY = "R-ANNOUNCE", "没有符合条件的收件人，请修改发送范围。"
PAST = "R-DATE", "发送时间已经过去，请改为以后的时间，或者选择立即发送。"
DROPPED = "草稿已删除，没有发送。"
OVER = "R-ANNOUNCE", "这条通知公告已经发送完毕或已经停止，不能再停止。"


def check_announcer(by: Person) -> Office:
    """The office in whose name he announces; RuleBroken unless he is at work at the platform or at 市科技局."""
    office = office_of(by)
    if office is None:
        raise RuleBroken(*NOT_YOURS)
    return office


def hold_draft(announcement: Announcement) -> Announcement:
    """Hold it; StaleCase where it was confirmed meanwhile."""
    held = hold_row(Announcement.objects.all(), announcement.pk)
    if not held.is_draft:
        raise StaleCase
    return held


@door
def keep_draft(announcement: Announcement | None, said: dict[str, Any], *, by: Person) -> Announcement:
    """Write a new draft, or change one; said: title, words, ways and conditions. Nothing is sent."""
    office = check_announcer(by)
    kept = hold_draft(announcement) if announcement else Announcement()
    for name, value in said.items():
        setattr(kept, name, value)
    kept.by, kept.sender = by, office.name
    kept.save()
    write(
        kept, "announcement_kept", by=by, text=f"{'修改' if announcement else '起草'}：{kept.title}", office=office.name
    )
    return kept


@door
def drop_announcement(announcement: Announcement, *, by: Person) -> Announcement:
    """Throw a draft away; the row stays for its trail, and no list has it any more."""
    office, kept = check_announcer(by), hold_draft(announcement)
    kept.stage, kept.due_at = Stage.STOPPED, timezone.now()
    kept.ended_at, kept.sentence = kept.due_at, DROPPED
    kept.save(update_fields=["stage", "due_at", "ended_at", "sentence"])
    write(kept, "announcement_dropped", by=by, text=f"删除草稿：{kept.title}", office=office.name)
    return kept


@door
def confirm(announcement: Announcement, *, due_at: dt.datetime | None, by: Person) -> Announcement:
    """Fix what is said and to whom; a worker sends it at once, or from due_at on. RuleBroken where nobody would be told."""
    office, kept = check_announcer(by), hold_draft(announcement)
    now = timezone.now()
    if due_at is not None and due_at <= now:
        raise RuleBroken(*PAST)
    kept.total = people(kept.conditions).count()
    if not kept.total:
        raise RuleBroken(*NOBODY)
    kept.stage, kept.due_at = Stage.WAITING, due_at or now
    kept.save(update_fields=["stage", "due_at", "total"])
    moment = f"{timezone.localtime(kept.due_at):%Y-%m-%d %H:%M}"
    write(kept, "announcement_confirmed", by=by, text=f"确认发送，{moment} 起，{kept.total} 人", office=office.name)
    if due_at is None:
        after_commit(tasks.carry_on, kept.pk)
    return kept


@door
def stop(announcement: Announcement, *, by: Person) -> Announcement:
    """Tell nobody further: before it has begun nobody at all is told, afterwards those who were told stay told."""
    office, kept = check_announcer(by), hold_row(Announcement.objects.all(), announcement.pk)
    if kept.stage not in {Stage.WAITING, Stage.SENDING}:
        raise RuleBroken(*OVER)
    kept.stage, kept.ended_at = Stage.STOPPED, timezone.now()
    kept.sentence = f"由{office.name}停止，已通知 {kept.told} 人，其余的没有发送。"
    kept.save(update_fields=["stage", "ended_at", "sentence"])
    write(kept, "announcement_stopped", by=by, text=kept.sentence, office=office.name)
    return kept
