"""Papers come in through one door: judged by content, hashed, kept under a random name (domain.md §6.2)."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError

from records.models import Document
from records.people import Person
from records.scans import ALL, KINDS, Kind, Refusal, scan

if TYPE_CHECKING:
    from django.core.files.base import File

MEGABYTE = 1024 * 1024
MAX_SIZE = 20 * MEGABYTE  # bytes of one paper
MAX_CASE = 200 * MEGABYTE  # bytes of all papers of one case
MAX_NAME = 120  # characters kept of an original name
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff/\\]")


def check_upload(f: "File[Any]", kinds: Iterable[str] = ALL) -> str:
    """Judge a paper and return its content type; raise ValidationError with one sentence; rewind the file."""
    return _judge(f, frozenset(kinds)).content_type


def store_upload(f: "File[Any]", *, by: Person, kinds: Iterable[str] = ALL) -> Document:
    """Judge and keep a paper for this user; raise ValidationError with one sentence where it is refused."""
    kind = _judge(f, frozenset(kinds))
    digest = hashlib.sha256()
    for chunk in f.chunks():
        digest.update(chunk)
    f.seek(0)
    return Document.objects.create(
        file=f,
        name=kept_name(f.name or "", kind),
        content_type=kind.content_type,
        size=f.size,
        sha256=digest.hexdigest(),
        created_by=by,
    )


def check_case_total(documents: Iterable[Document], new_size: int) -> None:
    """Raise ValidationError where a case's papers and `new_size` more bytes exceed 200 MB."""
    total = sum(document.size for document in documents) + new_size
    if total > MAX_CASE:
        sentence = f"本事项的材料合计 {_megabytes(total)} MB，超过 {MAX_CASE // MEGABYTE} MB，请删减或压缩后再上传。"
        raise ValidationError(sentence, code="total")


def kept_name(name: str, kind: Kind) -> str:
    """Clean an original name of what misleads a reader and give it the ending of what the file is."""
    path = PurePath(UNPRINTABLE.sub("", name).strip(" .") or "未命名")
    known = path.suffix.lower() in kind.endings
    ending = path.suffix if known else kind.endings[0]
    stem = path.stem if known else path.name
    return f"{stem[: MAX_NAME - len(ending)]}{ending}"


def accept(kinds: Iterable[str] = ALL) -> str:
    """Write the `accept` attribute of a file input."""
    return ",".join(ending for name, kind in KINDS.items() if name in kinds for ending in kind.endings)


def rule_of_upload(kinds: Iterable[str] = ALL) -> str:
    """Say before the upload what is taken."""
    labels = "、".join(kind.label for name, kind in KINDS.items() if name in kinds)
    return f"支持 {labels}，单个文件不超过 {MAX_SIZE // MEGABYTE} MB"


def _judge(f: "File[Any]", kinds: frozenset[str]) -> Kind:
    """Scan once; a form's field and the service that stores share the result, which is kept on the file object."""
    kind: Kind | None = getattr(f, "judged", None)
    if kind is None or kind.name not in kinds:
        kind = _scan(f, kinds)
        cast("Any", f).judged = kind
    f.seek(0)
    return kind


def _scan(f: "File[Any]", kinds: frozenset[str]) -> Kind:
    name = UNPRINTABLE.sub("", f.name or "")[-MAX_NAME:]
    try:
        _measure(f.size)
        f.seek(0)
        return scan(f.read(), kinds)
    except Refusal as refusal:
        raise ValidationError(f"“{name}”{refusal.reason}", code=refusal.code) from refusal


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
