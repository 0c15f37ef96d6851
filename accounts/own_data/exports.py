"""我的数据: a copy of everything that the portal holds of a person, collected app by app into one zip."""

import datetime as dt
import json
import tempfile
import uuid
import zipfile
from collections.abc import Callable, Iterator
from itertools import chain
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import DataExport, User
from accounts.own_data.account import ACCOUNT
from accounts.own_data.notices import COPY_FAILED, COPY_READY
from notifications.services import notify
from records.doors import door, whole
from records.filenames import safe_name
from records.kinds import case_kinds
from records.models import Document
from records.storing.kept import StoreAway
from records.storing.refusals import file_lost
from ui.listing import pieces_of

DAYS_KEPT = 7
QUEUED = dt.timedelta(minutes=1)  # for which a new export is left to its queue
SILENT = dt.timedelta(minutes=2)  # without progress: the worker has died
MOST_TRIES = 3
STEP = 20  # papers between two reports of progress
Collector = Callable[[User], Any]
README = """这是您在天津市科技创新券服务系统的个人数据。
data.json（时间为北京时间）：帐号、同意记录、所属单位、登录记录、消息，以及您经办的订单、申请、兑现和审核。
files 文件夹：您上传的材料，文件名前的编号与 data.json 中“材料”一栏对应。
"""


class LocalEncoder(DjangoJSONEncoder):
    """Moments as they are in Tianjin, with the offset: 2026-11-24T09:30:00+08:00."""

    def default(self, o: Any) -> Any:
        """The moment without fractions of a second; everything else as Django writes it."""
        if isinstance(o, dt.datetime) and timezone.is_aware(o):
            return timezone.localtime(o).isoformat(timespec="seconds")
        return super().default(o)


def entry(path: str, at: dt.datetime) -> zipfile.ZipInfo:
    """A file of the zip with its date, as zips keep it: local time."""
    info = zipfile.ZipInfo(path, timezone.localtime(at).timetuple()[:6])
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return info


def collectors() -> dict[str, Collector]:
    """Heading → what is collected under it: the account's own, then what each kind of case says of the person."""
    return {**ACCOUNT, **{kind.export_title: kind.export for kind in case_kinds()}}


def make_export(pk: int) -> bool:
    """Collect, pack and keep the copy; False if that is done already, somebody is at it, or it was given up."""
    export = claim(pk)
    if export is None:
        return False
    try:
        with tempfile.TemporaryFile() as packed:
            pack(export, packed)
            return finish(export, packed)
    except StoreAway:  # the sweep tries once more
        raise
    except Exception:
        give_up(pk)
        raise


@door
def give_up(pk: int) -> bool:
    """The copy is not made, which its person is told once; False where it was made, or given up before."""
    waiting = DataExport.objects.filter(pk=pk, ready_at=None, failed_at=None)
    if not waiting.update(failed_at=timezone.now()):
        return False
    notify(COPY_FAILED, DataExport.objects.select_related("user").get(pk=pk), phone=settings.SUPPORT_PHONE)
    return True


def claim(pk: int) -> DataExport | None:
    """Take the export, its try counted before it begins; None where it is not to be made, or not by us."""
    mine = unfinished().filter(pk=pk, tries__lt=MOST_TRIES)
    if not mine.update(tries=F("tries") + 1, seen_at=timezone.now()):
        return None
    return DataExport.objects.select_related("user").get(pk=pk)


def unfinished() -> QuerySet[DataExport]:
    """The exports that nobody is at: never begun, or without progress for so long that their worker has died."""
    now = timezone.now()
    return DataExport.objects.filter(Q(seen_at=None) | Q(seen_at__lt=now - SILENT), ready_at=None, failed_at=None)


def lost() -> list[int]:
    """Give up what has been tried too often; return what is to be made once more, as no queue holds it any more."""
    for pk in unfinished().filter(tries__gte=MOST_TRIES).values_list("pk", flat=True):
        give_up(pk)
    return list(unfinished().filter(asked_at__lt=timezone.now() - QUEUED).order_by("pk").values_list("pk", flat=True))


def pack(export: DataExport, packed: IO[bytes]) -> None:
    """Write data.json and the papers into the zip, telling how far it is."""
    papers = Document.objects.filter(created_by=export.user).order_by("created_at", "pk")
    total, done = len(collectors()) + papers.count(), 0
    tell(export, done, total)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        data = {}
        for name, collect in collectors().items():
            data[name] = collect(export.user)
            done += 1
            tell(export, done, total)
        archive.writestr(
            entry("data.json", timezone.now()), json.dumps(data, ensure_ascii=False, indent=2, cls=LocalEncoder)
        )
        archive.writestr(entry("说明.txt", timezone.now()), README)
        for path, document in named(papers):
            add_paper(archive, path, document)
            done += 1
            if done % STEP == 0:
                tell(export, done, total)


def tell(export: DataExport, done: int, total: int) -> None:
    """Keep how far it is, for the page that waits, and that somebody is at it."""
    DataExport.objects.filter(pk=export.pk).update(done=done, total=max(total, done), seen_at=timezone.now())


def named(papers: QuerySet[Document]) -> Iterator[tuple[str, Document]]:
    """(path in the zip, paper): numbered, under the name that it was uploaded with, as every system takes it."""
    for number, document in enumerate(chain.from_iterable(pieces_of(papers)), start=1):
        yield f"files/{number:03d}-{safe_name(document.name)}", document


def add_paper(archive: zipfile.ZipFile, path: str, document: Document) -> None:
    """Copy one paper piece by piece; where its file is missing, say so in its place."""
    try:
        with document.file.open("rb") as source, archive.open(entry(path, document.created_at), "w") as target:
            for piece in source.chunks():
                target.write(piece)
    except FileNotFoundError:
        archive.writestr(entry(f"{path}.txt", document.created_at), file_lost(document.name).sentence)


def finish(export: DataExport, packed: IO[bytes]) -> bool:
    """Keep the zip under a random name, unless a second worker was quicker."""
    size = packed.seek(0, 2)
    packed.seek(0)
    now = timezone.now()
    with whole():
        waiting = (
            DataExport.objects.select_for_update(no_key=True)
            .filter(pk=export.pk, ready_at=None, failed_at=None)
            .first()
        )
        if waiting is None:
            return False
        waiting.file.save(f"{uuid.uuid4().hex}.zip", File(packed), save=False)
        waiting.done, waiting.size, waiting.ready_at = waiting.total, size, now
        waiting.expires_at = now + dt.timedelta(days=DAYS_KEPT)
        waiting.save()
        notify(COPY_READY, waiting, days=DAYS_KEPT)
    return True


def discard(export: DataExport) -> None:
    """Delete a copy, its file after the commit."""
    storage, name = export.file.storage, export.file.name
    export.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def tidy_exports() -> int:
    """Delete copies past their days; return how many."""
    now = timezone.now()
    old = list(DataExport.objects.filter(expires_at__lt=now))
    old += list(DataExport.objects.filter(failed_at__lt=now - dt.timedelta(days=DAYS_KEPT)))
    for export in old:
        discard(export)
    return len(old)
