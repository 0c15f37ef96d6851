"""The verbs: bring a file in, publish what it says, take all of it back."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from accounts.models import Unit
from catalog.models import SheetImport, SheetRow
from catalog.sheets import tasks
from catalog.sheets.permissions import NOT_ANY_MORE, may_keep
from records.doors import door
from records.people import Person
from records.queue import Task, after_commit
from records.rules import RuleBroken
from records.uploads import check_day, digest_of

if TYPE_CHECKING:
    from django.core.files.base import File

Stage = SheetImport.Stage
LONGEST_NAME = 120


@door
def ask_import(
    upload: "File[Any]",
    *,
    by: Person,
    kind: str,
    form: str,
    unit: Unit | None = None,
    batch: int | None = None,
    published_on: dt.date | None = None,
) -> SheetImport:
    """Keep the file, to be judged by a worker; nothing of the portal changes.

    form: what the file is, as `kind_of_sheet` says. batch, published_on: of the rows that name none.
    """
    check_day(by, upload.size)
    check_share(by)
    sheet = SheetImport(
        kind=kind,
        by=by,
        unit=unit,
        name=(upload.name or "")[-LONGEST_NAME:],
        form=form,
        size=upload.size,
        sha256=digest_of(upload),
        batch=batch,
        published_on=published_on,
    )
    sheet.file.save(f"{uuid.uuid4().hex}.{form}", upload, save=False)
    sheet.save()
    after_commit(tasks.judge, sheet.pk)
    return sheet


def check_share(by: Person) -> None:
    """Raise RuleBroken where the person has brought in as many files today as one person may in a day."""
    today = SheetImport.objects.filter(by=by, created_at__date=timezone.localdate()).count()
    if today >= settings.UPLOADS_A_DAY:
        raise RuleBroken("R-DAY", f"您今天已经导入了 {today} 个表格，请明天再导入；确需当天办理的，请联系技术支持。")


@door
def publish_import(sheet: SheetImport, *, by: Person) -> SheetImport:
    """Begin to write the new and the changed rows."""
    sheet = held(sheet, by)
    if sheet.stage != Stage.READY:
        raise RuleBroken("R-SHEET", f"这份表格现在是“{sheet.get_stage_display()}”，不能发布。")
    many = sheet.rows.filter(verdict__in=SheetRow.WRITES).count()
    if not many:
        raise RuleBroken("R-SHEET", "这份表格里没有需要写入的行，不用发布。")
    sheet.publisher = by
    return begin(sheet, Stage.PUBLISHING, many, tasks.publish)


@door
def undo_import(sheet: SheetImport, *, by: Person) -> SheetImport:
    """Begin to take back what was written."""
    sheet = held(sheet, by)
    many = sheet.rows.filter(outcome=SheetRow.Outcome.WRITTEN).count()
    if sheet.stage != Stage.PUBLISHED or not many:
        raise RuleBroken("R-SHEET", f"这份表格现在是“{sheet.get_stage_display()}”，没有可以撤销的内容。")
    return begin(sheet, Stage.UNDOING, many, tasks.undo)


def held(sheet: SheetImport, by: Person) -> SheetImport:
    """The file as it stands now, held; RuleBroken where the person may not keep it."""
    if not may_keep(sheet, by):
        raise RuleBroken("R-PERM", NOT_ANY_MORE)
    found: SheetImport = SheetImport.objects.select_for_update(of=("self",), no_key=True).get(pk=sheet.pk)
    found.acts = by
    return found


def begin(sheet: SheetImport, stage: str, many: int, task: Task) -> SheetImport:
    """Hand the work to a worker."""
    sheet.stage, sheet.done, sheet.total, sheet.sentence = stage, 0, many, ""
    sheet.tries, sheet.seen_at = 0, None
    sheet.save()
    after_commit(task, sheet.pk)
    return sheet
