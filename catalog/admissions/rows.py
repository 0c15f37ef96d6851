"""The certificates of an admission as rows of one form: each is whole or refused, and the page works without script."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from accounts.box.choosing import BoxMixin, fitting
from accounts.models import BoxPaper
from catalog.models import Admission, Qualification, QualificationKind
from papers.offering import Offering
from papers.services import ask_readings
from records.models import Document
from records.people import Person
from records.rules import RuleBroken
from records.uploads import UploadField, check_case_total, rule_of_upload, store_upload
from ui.fields import DateField
from ui.forms import SayingMixin
from ui.keys import as_read
from ui.known import Hint
from ui.widgets import UploadInput

CERTIFICATES = ("pdf", "ofd", "jpg", "png")
MOST = 20  # rows
Files = MultiValueDict[str, UploadedFile]
COUNT, SLOT = "rows", re.compile(r"[0-9]{1,2}")


def held_by_fields(exclude: object = None) -> None:
    """Each CHECK of a certificate is a question to the database. `clean` says the same, and rows that come together ask none."""


class QualificationForm(BoxMixin, SayingMixin, forms.ModelForm):
    """One certificate; a paper that was chosen is kept even where the rest of the row is refused."""

    number = forms.CharField(label="证书编号", max_length=60)
    valid_from = DateField(label="有效期自", ahead=0)
    valid_until = DateField(label="有效期至", required=False)
    permanent = forms.BooleanField(label="长期有效", required=False)
    name = forms.CharField(label="资质名称（类型为“其他”时填写）", max_length=60, required=False)
    file = UploadField(
        label="证书文件",
        required=False,
        kinds=CERTIFICATES,
        help_text="可以先只选文件再保存：证书上有文字的，读到的内容会显示在各项下面。",
        widget=UploadInput(hint=rule_of_upload(CERTIFICATES) + "。"),
    )
    kept = forms.UUIDField(required=False, widget=forms.HiddenInput)  # the paper of an earlier, refused try
    field_order: Any = ["kind", "name", "number", "valid_from", "valid_until", "permanent", "file", "kept"]

    instance: Qualification
    reads: dict[str, Hint]  # what the paper says of each field, for bootstrap5/field.html
    offering = Offering()
    read_url = ""  # what is asked while it is read
    box_kinds: ClassVar[dict[str, Sequence[str]]] = {"file": (BoxPaper.Kind.CERTIFICATE,)}

    class Meta:
        model = Qualification
        fields = ("kind", "name", "number", "valid_from", "valid_until", "permanent")

    def __init__(self, *args: Any, by: Person, rows: "Rows", **kwargs: Any) -> None:
        kwargs["use_required_attribute"] = False  # a blank row is no certificate
        super().__init__(*args, **kwargs)
        self.by, self.admission, self.reads = by, rows.admission, {}
        self._kept: dict[str, Document | None] = {}
        self.slot = (self.prefix or "").removeprefix("row")
        vars(self.instance)["validate_constraints"] = held_by_fields
        self.fields["kind"].choices = [("", "请选择"), *QualificationKind.choices]
        self.offer_papers(self.admission.unit, rows.in_box)
        if (chosen := self.chosen_in_box("file")) is not None:
            self.fill_days(chosen)

    def fill_days(self, chosen: BoxPaper) -> None:
        """Put the days of a certificate from the box where none was typed."""
        known: dict[str, object] = {"valid_from": chosen.valid_from, "valid_until": chosen.valid_until}
        if not (self.data.get(self.add_prefix("valid_until")) or self.data.get(self.add_prefix("permanent"))):
            known |= {"permanent": "on" if chosen.permanent else None}
        else:
            known.pop("valid_until")
        typed = {self.add_prefix(name): str(value) for name, value in known.items() if value}
        self.data = dict(self.data.items()) | {name: value for name, value in typed.items() if not self.data.get(name)}

    @property
    def paper(self) -> Document | None:
        """The paper that the row has without a new upload."""
        kept = self.data.get(self.add_prefix("kept")) if self.is_bound else None
        found = self.kept_paper(kept) if kept else None
        return found or (self.instance.document if self.instance.document_id else None)

    def kept_paper(self, key: str) -> Document | None:
        """The person's own paper of an earlier try, asked for once; None where the key is none."""
        if key not in self._kept:
            try:
                self._kept[key] = Document.objects.filter(pk=key, created_by=self.by, case_id=None).first()
            except ValidationError:  # no identifier at all
                self._kept[key] = None
        return self._kept[key]

    def clean_file(self) -> UploadedFile | None:
        """Within what one case may hold."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file:
            instead = self.instance.document if self.instance.document_id else None
            check_case_total(self.admission, file.size or 0, instead=instead)
        return file

    def clean(self) -> dict[str, Any]:
        """A name for 其他, a paper, and dates that fit."""
        super().clean()
        data = self.cleaned_data
        if data.get("kind") == QualificationKind.OTHER and not data.get("name"):
            self.add_error("name", "请填写资质名称。")
        if data.get("file"):
            self.keep_upload(data["file"])
        elif taken := self.take_box("file", by=self.by):
            self.keep_paper(taken[0])
        elif not self.paper and "file" not in self.errors:
            self.add_error("file", "请上传证书文件。")
        self.clean_dates(data)
        return data

    def clean_dates(self, data: dict[str, Any]) -> None:
        """An end after the beginning, or 长期有效: one of the two."""
        starts, ends = self.day("valid_from"), self.day("valid_until")
        if data.get("permanent") and ends:
            self.add_error("valid_until", "填写了有效期至，又勾选了“长期有效”，请照证书只保留一项。")
        if starts and ends and ends < starts:
            self.add_error("valid_until", "有效期至不能早于有效期自，请照证书核对。")
        if data.get("permanent"):
            data["valid_until"] = None
        elif not ends and "valid_until" not in self.errors:
            self.add_error("valid_until", "请填写有效期至；长期有效的请勾选“长期有效”。")

    @property
    def read_fields(self) -> list[str]:
        """The ids of the boxes that take from its paper."""
        return [self[name].auto_id for name in self.reads]

    def day(self, name: str) -> dt.date | None:
        """The day as it was typed, also where another rule refuses it; None for what is no day."""
        try:
            day: dt.date | None = self.fields[name].to_python(self.data.get(self.add_prefix(name), ""))
        except ValidationError:
            return None
        return day

    def keep_upload(self, file: UploadedFile) -> None:
        """Store a chosen paper at once, so that it need not be chosen again where the row is refused."""
        try:
            kept = store_upload(file, by=self.by, kinds=CERTIFICATES)
        except RuleBroken as refusal:
            self.add_error("file", refusal.sentence)
            return
        ask_readings([kept])
        self.keep_paper(kept)

    def keep_paper(self, kept: Document) -> None:
        """Let the row carry a paper that belongs to no case yet."""
        self.data = dict(self.data.items()) | {self.add_prefix("kept"): str(kept.pk)}
        self._kept[str(kept.pk)] = kept

    def row(self) -> Qualification:
        """The certificate with its paper, not saved yet."""
        if self.paper is not None:
            self.instance.document = self.paper
        return self.instance


class Rows:
    """All certificates of an admission: those that are stored, or those of a form that was posted.

    drop: the slot of the row that is taken out. blank: whether an empty row stands at the end.
    """

    def __init__(self, admission: Admission, *, by: Person, blank: bool = False) -> None:
        self.admission, self.by = admission, by
        self.in_box = fitting(admission.unit, QualificationForm.box_kinds["file"])
        self.stored = list(admission.qualifications.select_related("document"))
        self.forms = [self.form_of(slot, row) for slot, row in enumerate(self.stored)]
        if blank and len(self.forms) < MOST:
            self.forms.append(self.form_of(len(self.forms), Qualification()))

    @classmethod
    def posted(
        cls, admission: Admission, data: QueryDict, files: Files, *, by: Person, drop: int | None = None
    ) -> "Rows":
        """The rows as they were typed."""
        rows = cls(admission, by=by)
        known = {str(row.pk): row for row in rows.stored}
        count = data.get(COUNT, "")
        slots = range(min(int(count), MOST) if SLOT.fullmatch(count) else 0)
        rows.forms = [
            rows.form_of(slot, known.get(data.get(f"row{slot}-pk", ""), Qualification()), data, files)
            for slot in slots
            if slot != drop
        ]
        return rows

    def form_of(
        self, slot: int, row: Qualification, data: QueryDict | None = None, files: Files | None = None
    ) -> QualificationForm:
        """One row; a new one that holds nothing is no certificate."""
        return QualificationForm(
            data,
            files,
            instance=row,
            prefix=f"row{slot}",
            by=self.by,
            rows=self,
            empty_permitted=row.pk is None,
        )

    def __iter__(self) -> Iterator[QualificationForm]:
        return iter(self.forms)

    @property
    def filled(self) -> list[QualificationForm]:
        """The rows that hold something."""
        return [form for form in self.forms if form.instance.pk or form.has_changed()]

    def is_valid(self) -> bool:
        """Whether every row is whole, and none stands twice."""
        seen = set()
        for form in self.filled:
            key = form.is_valid() and (form.cleaned_data["kind"], as_read(form.cleaned_data["number"]))
            if key and key in seen:
                form.add_error("number", "这张证书已经在列表里，请删去重复的一行。")
            seen.add(key)
        return all(form.is_valid() for form in self.filled)

    def kept(self) -> list[Qualification]:
        """What is kept: whole rows as they were typed, refused ones of before as they are stored."""
        refused = [form.instance.pk for form in self.filled if not form.is_valid() and form.instance.pk]
        stored = self.admission.qualifications.select_related("document").filter(pk__in=refused) if refused else ()
        before = {row.pk: row for row in stored}
        told = [form.row() if form.is_valid() else before.get(form.instance.pk) for form in self.filled]
        return [row for row in told if row is not None]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """[(anchor, sentence)] of all refused rows, for the summary on top."""
        return [
            (f"#{form[name].id_for_label}", f"资质第 {number} 行，{form[name].label}：{sentence}")
            for number, form in enumerate(self.forms, start=1)
            if form.is_bound
            for name, sentences in form.errors.items()
            for sentence in sentences
        ]
