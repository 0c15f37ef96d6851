"""What is asked where a file comes in."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from catalog.models import LabBatch
from catalog.sheets.fields import GREATEST_BATCH
from policy.calendar import today
from records.scans.refusal import Refusal
from records.scans.sheets import ENDINGS, KINDS, SAVE_AGAIN, kind_of_sheet
from records.uploads import MAX_SIZE, MEGABYTE, UNPRINTABLE
from ui.fields import CountField, DateField
from ui.forms import SectionsMixin
from ui.widgets import UploadInput

RULE = f"支持 {KINDS}，单个文件不超过 {MAX_SIZE // MEGABYTE} MB。"


class SheetField(forms.FileField):
    """A spreadsheet, judged by its content; `form` of the cleaned file says what it is."""

    def __init__(self, **kwargs: Any) -> None:
        widget = UploadInput({"accept": ",".join(ENDINGS)}, hint=RULE)
        super().__init__(widget=widget, allow_empty_file=True, **kwargs)

    def clean(self, data: object, initial: object = None) -> Any:
        """The file; raises ValidationError with one sentence."""
        file: Any = super().clean(data, initial)
        name = UNPRINTABLE.sub("", file.name or "")
        if file.size > MAX_SIZE:
            limit = MAX_SIZE // MEGABYTE
            raise ValidationError(f"“{name}”超过 {limit} MB，请把表格拆成几个文件，分次导入。", code="size")
        try:
            file.form = kind_of_sheet(file.read())
        except Refusal as refusal:
            raise ValidationError(f"“{name}”{refusal.reason}", code=refusal.code) from refusal
        if not name.lower().endswith(ENDINGS):
            raise ValidationError(f"“{name}”不是表格，此处只接收 {KINDS}，{SAVE_AGAIN}", code="type")
        file.seek(0)
        return file


class SheetForm(SectionsMixin, forms.Form):
    """A file of products."""

    sections: ClassVar[dict[str, list[str]]] = {"文件": ["file"], "批次": ["batch", "published_on"]}

    file = SheetField(label="表格")


class BatchForm(SheetForm):
    """A file of laboratories, with the batch of the rows that name none."""

    batch = CountField(
        label="批次", min_value=1, max_value=GREATEST_BATCH, help_text="表里没有写批次的新实验室，列入这一批。"
    )
    published_on = DateField(
        label="发布日期", ahead=1, required=False, help_text="这一批的发布日期；已经发布过的批次留空。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the next batch, published today."""
        super().__init__(*args, **kwargs)
        last = LabBatch.objects.order_by("-number").first()
        self.fields["batch"].initial = last.number + 1 if last else 1
        self.fields["published_on"].initial = today()

    def clean(self) -> dict[str, Any]:
        """A batch that was published keeps its day."""
        cleaned: dict[str, Any] = super().clean() or {}
        batch = LabBatch.objects.filter(number=cleaned.get("batch") or 0).first()
        day = cleaned.get("published_on")
        if batch is not None and batch.published_on and day not in {None, batch.published_on}:
            self.add_error("published_on", f"第 {batch.number} 批已于 {batch.published_on} 发布，请把发布日期留空。")
        if (batch is None or not batch.published_on) and not day and "published_on" not in self.errors:
            self.add_error("published_on", "新的批次请填写发布日期。")
        return cleaned
