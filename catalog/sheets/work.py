"""What a worker does with a spreadsheet: judge its rows, publish them, take them back; in pieces, each of them whole."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from catalog.models import SheetImport, SheetRow
from catalog.sheets.kind import SheetKind
from catalog.sheets.kinds import KINDS
from catalog.sheets.notices import SHEET_ENDED
from catalog.sheets.permissions import refusal_of
from catalog.sheets.reading import Unreadable, read_sheet
from notifications.services import notify
from records.doors import door

Stage, Verdict, Outcome = SheetImport.Stage, SheetRow.Verdict, SheetRow.Outcome
PIECE = 250  # rows that are written as one
QUEUED = dt.timedelta(minutes=1)  # for which new work is left to its queue
SILENT = dt.timedelta(minutes=2)  # without progress: the worker has died
MOST_TRIES = 3
FOLDER = "sheets"  # of the storage
REST = dt.timedelta(days=1)  # in which an upload may still become a row
BY_HAND = f"请稍后重新上传；再次失败请联系技术支持 {settings.SUPPORT_PHONE}。"
GIVEN_UP = {  # stage → the stage after it has been tried too often, and what is said
    Stage.READING: (Stage.REFUSED, "没有读成，" + BY_HAND),
    Stage.PUBLISHING: (Stage.PUBLISHED, "发布没有做完，标为“已写入”的行已经写入，可以撤销整批；" + BY_HAND),
    Stage.UNDOING: (Stage.PUBLISHED, "撤销没有做完，标为“已撤销”的行已经撤销，可以再撤销一次。"),
}


def claim(pk: int, stage: str) -> SheetImport | None:
    """Take the work, its try counted before it begins; None where it is done, or somebody is at it."""
    mine = unfinished().filter(pk=pk, stage=stage, tries__lt=MOST_TRIES)
    if not mine.update(tries=F("tries") + 1, seen_at=timezone.now()):
        return None
    taken: SheetImport = SheetImport.objects.select_related("by", "acts", "unit").get(pk=pk)
    return taken


def unfinished() -> QuerySet[SheetImport]:
    """What nobody is at: never begun, or without progress for so long that its worker has died."""
    silent = Q(seen_at=None) | Q(seen_at__lt=timezone.now() - SILENT)
    return SheetImport.objects.filter(silent, stage__in=SheetImport.AT_WORK)


def lost() -> list[tuple[int, str]]:
    """Give up what has been tried too often; (key, stage) of what is to be done once more."""
    for stage, (after, sentence) in GIVEN_UP.items():
        for sheet in unfinished().filter(stage=stage, tries__gte=MOST_TRIES):
            become(sheet, after, sentence=sentence)
    late = unfinished().filter(Q(seen_at__isnull=False) | Q(created_at__lt=timezone.now() - QUEUED))
    return list(late.order_by("pk").values_list("pk", "stage"))


def tell(sheet: SheetImport, done: int, total: int) -> None:
    """Keep how far it is, for the page that waits, and that somebody is at it."""
    SheetImport.objects.filter(pk=sheet.pk).update(done=done, total=total, seen_at=timezone.now())


@door
def become(sheet: SheetImport, stage: str, **more: object) -> None:
    """The work is over, which whoever has asked for it is told once."""
    mine = SheetImport.objects.filter(pk=sheet.pk, stage=sheet.stage)
    if mine.update(stage=stage, tries=0, seen_at=None, **more):
        told = SheetImport.objects.select_related("by", "acts").get(pk=sheet.pk)
        notify(SHEET_ENDED, told, counts=told.counts())


def judge_sheet(pk: int) -> bool:
    """Read the file and judge its rows; False where that is done, or not ours."""
    sheet = claim(pk, Stage.READING)
    if sheet is None:
        return False
    kind = KINDS[sheet.kind](sheet, sheet.by)
    sheet.rows.all().delete()  # of a worker that has died
    try:
        with sheet.file.open("rb") as content:
            reading = read_sheet(content, sheet.form, kind.columns)
    except Unreadable as refusal:
        become(sheet, Stage.REFUSED, sentence=f"“{sheet.name}”{refusal.sentence}")
        return True
    kind.prepare(reading.lines)
    for start in range(0, len(reading.lines), PIECE):
        SheetRow.objects.bulk_create([kind.judge(line) for line in reading.lines[start : start + PIECE]])
        tell(sheet, start, len(reading.lines))
    become(sheet, Stage.READY, notes=reading.notes, done=0, total=0)
    return True


def publish_sheet(pk: int) -> bool:
    """Write the new and the changed rows; what a piece has written stays, and the next try goes on behind it."""
    sheet = claim(pk, Stage.PUBLISHING)
    if sheet is None:
        return False
    kind = KINDS[sheet.kind](sheet, sheet.acts or sheet.by)
    waiting = sheet.rows.filter(verdict__in=SheetRow.WRITES, outcome="").order_by("pk")
    if work_off(sheet, waiting, lambda rows: write_piece(kind, rows)):
        finish(kind)
    return True


def undo_sheet(pk: int) -> bool:
    """Take back what was written, the last row first."""
    sheet = claim(pk, Stage.UNDOING)
    if sheet is None:
        return False
    kind = KINDS[sheet.kind](sheet, sheet.acts or sheet.by)
    written = sheet.rows.filter(outcome=Outcome.WRITTEN).order_by("-pk")
    if work_off(sheet, written, lambda rows: undo_piece(kind, rows)):
        finish_undoing(kind)
    return True


def work_off(sheet: SheetImport, waiting: QuerySet[SheetRow], carry_out: Callable[[Sequence[SheetRow]], None]) -> bool:
    """Carry out piece by piece; False where the person may not do this any more: it stops, and says so."""
    total = sheet.total
    while rows := list(waiting[:PIECE]):
        if sentence := refusal_of(sheet, User.objects.get(pk=sheet.acts_id or sheet.by_id)):
            become(sheet, Stage.PUBLISHED, sentence=sentence)
            return False
        carry_out(rows)
        tell(sheet, total - waiting.count(), total)
    return True


@door
def write_piece(kind: SheetKind[Any], rows: Sequence[SheetRow]) -> None:
    """Write these rows."""
    kind.make([row for row in rows if row.verdict == Verdict.NEW])
    kind.change([row for row in rows if row.verdict == Verdict.CHANGED])
    keep_rows(kind, rows)


@door
def undo_piece(kind: SheetKind[Any], rows: Sequence[SheetRow]) -> None:
    """Take these rows back."""
    kind.change([row for row in rows if row.verdict == Verdict.CHANGED], back=True)
    kind.take_back([row for row in rows if row.verdict == Verdict.NEW])
    keep_rows(kind, rows)


def keep_rows(kind: SheetKind[Any], rows: Sequence[SheetRow]) -> None:
    """Keep what was done with each row."""
    SheetRow.objects.bulk_update(rows, ["outcome", "outcome_words", "target"])
    kind.sheet.save(update_fields=["made_batches"])


@door
def finish(kind: SheetKind[Any]) -> None:
    """All rows are written."""
    kind.finish()
    become(kind.sheet, Stage.PUBLISHED, published_at=timezone.now(), sentence="")


@door
def finish_undoing(kind: SheetKind[Any]) -> None:
    """All rows are taken back."""
    kind.finish_undoing()
    become(kind.sheet, Stage.UNDONE, undone_at=timezone.now(), sentence="")


def tidy() -> int:
    """Delete the files that were read long ago, and those that belong to no row; return how many. The rows stay."""
    before = timezone.now() - dt.timedelta(days=settings.SHEET_DAYS)
    old = SheetImport.objects.filter(created_at__lt=before).exclude(stage=Stage.READING).exclude(file="")
    for sheet in old:
        sheet.file.delete(save=False)
        sheet.save(update_fields=["file"])
    return len(old) + remove_strays()


def remove_strays() -> int:
    """Delete files of uploads that were undone; return how many."""
    storage: Any = SheetImport._meta.get_field("file").storage
    try:
        names = {f"{FOLDER}/{name}" for name in storage.listdir(FOLDER)[1]}
    except FileNotFoundError:  # none has ever come
        return 0
    strays = names - set(SheetImport.objects.filter(file__in=names).values_list("file", flat=True))
    gone = [name for name in strays if storage.get_modified_time(name) < timezone.now() - REST]
    for name in gone:
        storage.delete(name)
    return len(gone)
