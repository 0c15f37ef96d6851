"""Papers come in through one door: judged by content, hashed, kept under a random name (domain.md §6.2)."""

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from records.models import Case, Document
from records.people import Person
from records.rules import RuleBroken
from records.scans import ALL, KINDS, Judged, Kind, Refusal, scan
from records.scans.kinds import labels
from records.storing.refusals import NOT_STORED

if TYPE_CHECKING:
    import datetime as dt

    from django.core.files.base import File

MEGABYTE = 1024 * 1024
MAX_SIZE = 20 * MEGABYTE  # bytes of one paper
MAX_CASE = 200 * MEGABYTE  # bytes of all papers of one case
MAX_NAME = 120  # characters kept of an original name
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff/\\]")


def check_upload(f: "File[Any]", kinds: Iterable[str] = ALL) -> str:
    """Judge a paper and return its content type; raise ValidationError with one sentence; rewind the file."""
    return _judge(f, frozenset(kinds)).kind.content_type


def store_upload(f: "File[Any]", *, by: Person, kinds: Iterable[str] = ALL) -> Document:
    """Judge and keep a paper for this user; raise ValidationError with one sentence where it is refused.

    RuleBroken where the person has had his share of the day, or the place for papers takes no more.
    """
    paper = unsaved_paper(f, by=by, kinds=kinds)
    _keep(paper)
    return paper


def unsaved_paper(f: "File[Any]", *, by: Person, kinds: Iterable[str] = ALL) -> Document:
    """Judge a paper that `store_papers` will keep together with others; it counts for this user's day already."""
    judged = _judge(f, frozenset(kinds))
    check_day(by, f.size)
    received = digest_of(f)
    content = f if judged.proof.kept is None else ContentFile(judged.proof.kept, f.name)
    share = _share_of(by)
    share[:] = share[0] + 1, share[1] + content.size
    return Document(
        file=content,
        name=kept_name(f.name or "", judged.kind),
        content_type=judged.kind.content_type,
        size=content.size,
        sha256=received if content is f else digest_of(content),
        received_sha256=received,
        is_locked=judged.proof.locked,
        created_by=by,
    )


def store_papers(papers: list[Document]) -> None:
    """Keep several judged papers at once, in one statement; where one cannot be written, none is left."""
    try:
        with transaction.atomic():
            Document.objects.bulk_create(papers)
    except OSError as trouble:
        for paper in papers:
            _forget_file(paper)
        raise RuleBroken("R-STORE", NOT_STORED.format("、".join(paper.name for paper in papers))) from trouble


def digest_of(f: "File[Any]") -> str:
    """SHA-256 of a file as 64 hexadecimal digits; rewinds it."""
    digest = hashlib.sha256()
    for chunk in f.chunks():
        digest.update(chunk)
    f.seek(0)
    return digest.hexdigest()


def _keep(paper: Document) -> None:
    """Write file and row; where either fails, neither is left."""
    try:
        with transaction.atomic():
            paper.save(force_insert=True)
    except OSError as trouble:  # the disk is full, or not there
        _forget_file(paper)
        raise RuleBroken("R-STORE", NOT_STORED.format(paper.name)) from trouble


def _forget_file(paper: Document) -> None:
    """Take away what was written of a file, as far as the place for papers lets."""
    with suppress(OSError):
        paper.file.storage.delete(paper.stored_as or paper.file.name or "")


def forget(paper: Document) -> None:
    """Take a stored paper back that its case has not taken: row and file."""
    Document.objects.filter(pk=paper.pk, case_id=None).delete()
    _forget_file(paper)


def check_case_total(case: Case, new_size: int, *, instead: Document | None = None) -> None:
    """Raise ValidationError where the papers that the case names and `new_size` more bytes exceed the limit.

    instead: the paper that the new one replaces. Asked before anything is stored; `records.services` asks again.
    """
    if "held" not in case.memory:  # several rows of one form ask
        case.memory["held"] = held_by(case)
    if objection := objection_to_total(case.memory["held"] + new_size - (instead.size if instead else 0)):
        raise ValidationError(objection, code="total")


def held_by(case: Case) -> int:
    """The bytes of the papers that the case names; what it has let go does not count."""
    named: dict[str, int | None] = case.documents.filter(dropped_at=None).aggregate(total=Sum("size"))
    return named["total"] or 0


def objection_to_total(total: int) -> str:
    """Why one case may not hold so many bytes, in one sentence; "" where it may."""
    if total <= MAX_CASE:
        return ""
    return (
        f"本事项的材料合计 {_megabytes(total)} MB，超过 {MAX_CASE // MEGABYTE} MB。"
        "请先移除不再需要的材料，或把扫描件压缩后再上传。"
    )


def check_day(by: Person, new_size: int) -> None:
    """Raise RuleBroken where the person has uploaded as much today as one person may in a day."""
    count, size = _share_of(by)
    if count >= settings.UPLOADS_A_DAY or size + new_size > settings.UPLOAD_MB_A_DAY * MEGABYTE:
        limits = f"{settings.UPLOADS_A_DAY} 个文件、共 {settings.UPLOAD_MB_A_DAY} MB"
        raise RuleBroken(
            "R-DAY", f"每人每天最多上传 {limits}，这个文件没有保存。请明天再上传；确需当天办理的，请联系技术支持。"
        )


def _share_of(by: Person) -> list[int]:
    """[papers, bytes] that the person has uploaded today; asked once in a request, then counted."""
    day = timezone.localdate()
    known: tuple[dt.date, list[int]] | None = getattr(by, "share", None)
    if known is None or known[0] != day:
        today = Document.objects.filter(created_by=by, created_at__date=day)
        sums = today.aggregate(count=Count("pk"), size=Sum("size"))
        known = cast("Any", by).share = (day, [sums["count"], sums["size"] or 0])
    return known[1]


def as_named(name: str) -> str:
    """The name as the file has it: browsers send a quotation mark and a break of lines in it as %22, %0D, %0A."""
    return name.replace("%22", '"').replace("%0D", " ").replace("%0A", " ")


def kept_name(name: str, kind: Kind) -> str:
    """Clean an original name of what misleads a reader and give it the ending of what the file is."""
    path = PurePath(UNPRINTABLE.sub("", as_named(name)).strip(" .") or "未命名")
    known = path.suffix.lower() in kind.endings
    ending = path.suffix if known else kind.endings[0]
    stem = path.stem if known else path.name
    return f"{stem[: MAX_NAME - len(ending)]}{ending}"


def plain_name(f: "File[Any]") -> str:
    """What a file calls itself, as a sentence may name it."""
    return UNPRINTABLE.sub("", f.name or "")[-MAX_NAME:]


def accept(kinds: Iterable[str] = ALL) -> str:
    """Write the `accept` attribute of a file input: endings, and of images the type, too, for which phones offer the camera."""
    taken = [kind for name, kind in KINDS.items() if name in kinds]
    endings = [ending for kind in taken for ending in kind.endings]
    return ",".join(endings + [kind.content_type for kind in taken if kind.content_type.startswith("image/")])


def rule_of_upload(kinds: Iterable[str] = ALL) -> str:
    """Say before the upload what is taken."""
    return f"支持 {labels(frozenset(kinds))}，单个文件不超过 {MAX_SIZE // MEGABYTE} MB"


def _judge(f: "File[Any]", kinds: frozenset[str]) -> Judged:
    """Scan once; a form's field and the service that stores share the result, which is kept on the file object."""
    judged: Judged | None = getattr(f, "judged", None)
    if judged is None or judged.name not in kinds:
        judged = _scan(f, kinds)
        cast("Any", f).judged = judged
    f.seek(0)
    return judged


def _scan(f: "File[Any]", kinds: frozenset[str]) -> Judged:
    try:
        _measure(f.size)
        f.seek(0)
        return scan(f.read(), kinds)
    except Refusal as refusal:
        raise ValidationError(f"“{plain_name(f)}”{refusal.reason}", code=refusal.code) from refusal


def _measure(size: int) -> None:
    if not size:
        raise Refusal("empty", "是空文件，请重新选择。")
    if size > MAX_SIZE:
        limit = MAX_SIZE // MEGABYTE
        raise Refusal("size", f"有 {_megabytes(size)} MB，超过单个文件 {limit} MB 的上限，请压缩或拆分后上传。")


def _megabytes(size: int) -> str:
    """Round up to a tenth, so that what is too large never reads as the limit itself."""
    tenths = -(-size * 10 // MEGABYTE)
    return f"{tenths / 10:.1f}"


class UploadField(forms.FileField):
    """One paper in a form, judged by content; cleaned to the uploaded file, which `store_upload` keeps."""

    widget = forms.FileInput

    def __init__(self, *, kinds: Iterable[str] = ALL, **kwargs: Any) -> None:
        self.kinds = frozenset(kinds)
        kwargs.setdefault("help_text", rule_of_upload(self.kinds))
        super().__init__(allow_empty_file=True, **kwargs)  # emptiness gets the sentence of this module

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Offer only the kinds that are taken."""
        return super().widget_attrs(widget) | {"accept": accept(self.kinds)}

    def clean(self, data: object, initial: object = None) -> Any:
        """Judge a new file; an earlier one that stays has been judged."""
        cleaned = super().clean(data, initial)
        if data and cleaned:
            check_upload(cleaned, self.kinds)
        return cleaned


class MultipleInput(forms.FileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class MultipleUploadField(UploadField):
    """Several papers in a form; cleaned to a list. Every refused file has its own sentence."""

    widget = MultipleInput

    def __init__(self, *, max_count: int = 5, max_total: int = MAX_CASE, **kwargs: Any) -> None:
        self.max_count, self.max_total = max_count, max_total
        kwargs.setdefault("help_text", f"{rule_of_upload(kwargs.get('kinds', ALL))}，最多 {max_count} 个")
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: object = None) -> list[Any]:
        """Judge number, sum and each file."""
        files = [f for f in data or [] if f]
        if not files:
            super().clean(None, initial)
            return []
        self._measure(files)
        refusals = []
        for f in files:
            try:
                super().clean(f)
            except ValidationError as refusal:
                refusals.extend(refusal.error_list)
        if refusals:
            raise ValidationError(refusals)
        return files

    def _measure(self, files: list[Any]) -> None:
        if len(files) > self.max_count:
            raise ValidationError(
                f"最多上传 {self.max_count} 个文件，您选了 {len(files)} 个，请减少后重选。", code="count"
            )
        total = sum(f.size for f in files)
        if total > self.max_total:
            limit = self.max_total // MEGABYTE
            sentence = f"所选文件合计 {_megabytes(total)} MB，超过 {limit} MB，请压缩或分次上传。"
            raise ValidationError(sentence, code="total")
