"""What the pages of 政策与通知 ask for."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from news.cleaning import cleaned, plain
from news.models import MOST_WORDS, Article
from news.moments import MomentForm
from news.pictures.naming import objection_to
from news.services import MOST_FILES
from records.uploads import MultipleUploadField, rule_of_upload
from ui.fields import DateField, TitleField
from ui.forms import SectionsMixin
from ui.widgets import Lines, UploadInput

SAID = ("sort", "title", "number", "issuer", "dated", "body")
MOST_OFFERED = 50  # documents that a reading is offered
LONG = "正文（含格式）最多 {} 个字，现在有 {} 个。请删减，或者把长表格放进附件。"
NO_WORDS = "请填写正文；只有图片或空行的，请再用文字说明。"
NOT_A_READING = "只有栏目是“政策解读”时才选解读的文件，请改栏目，或者改选“请选择”。"


class TextField(forms.CharField):
    """A text with headings, lists, links and tables; whatever else was pasted falls away."""

    def __init__(self, **kwargs: Any) -> None:
        """Make the field with the editor; without script it is a box for plain text."""
        super().__init__(strip=False, widget=Lines(18), **kwargs)
        self.widget.attrs["data-editor"] = ""

    def clean(self, value: object) -> str:
        """The cleaned markup; raises ValidationError where no word is left, or where it is too long."""
        markup = cleaned(super().clean(value))
        if not plain(markup):
            raise ValidationError(NO_WORDS, code="required")
        if len(markup) > MOST_WORDS:
            raise ValidationError(LONG.format(MOST_WORDS, len(markup)), code="max_length")
        return markup


class ArticleForm(SectionsMixin, forms.ModelForm):
    """An article with its text."""

    sections: ClassVar[dict[str, list[str]]] = {
        "栏目与出处": ["sort", "title", "number", "issuer", "dated", "explains"],
        "正文": ["body"],
    }
    title = TitleField(label="标题", max_length=100)
    dated = DateField(label="成文日期", required=False, help_text="政策文件写文件上的日期；没有的不填")
    body = TextField(
        label="正文",
        help_text="可以从 Word 等软件粘贴，字体、颜色等格式会去掉，标题、列表、表格和链接会保留。"
        "粘贴的图片不会保留，请保存后在文章页上传，再插入。",
    )
    explains = forms.TypedChoiceField(label="解读的文件", coerce=int, empty_value=None, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = ("sort", "title", "number", "issuer", "dated", "body")

    def __init__(self, *args: Any, office: str, **kwargs: Any) -> None:
        """office: who publishes where nothing else is typed."""
        super().__init__(*args, **kwargs)
        self.initial["issuer"] = self.instance.issuer or office
        self.fields["number"].help_text = "例如 津科规〔2026〕1 号；没有的不填"
        self.fields["explains"].choices = self.documents()
        self.initial["explains"] = self.instance.explains_id
        self.initial["seen"] = self.instance.version
        self.pictures = list(self.instance.pictures.all()) if self.instance.pk else []

    def documents(self) -> list[tuple[object, str]]:
        """The latest 政策文件 that were shown, and the one that is explained now."""
        rows = Article.objects.once_shown().filter(sort=Article.Sort.POLICY).exclude(pk=self.instance.pk)
        latest = {article.pk: article.title for article in rows.order_by("-shown_from")[:MOST_OFFERED]}
        if self.instance.explains:
            latest[self.instance.explains.pk] = self.instance.explains.title
        return [("", "请选择"), *latest.items()]

    def clean_body(self) -> str:
        """Pictures that the text names are there, each in a paragraph of its own."""
        body: str = self.cleaned_data["body"]
        if said := objection_to(body, (picture.number for picture in self.pictures)):
            raise ValidationError(said, code="picture")
        return body

    def clean(self) -> dict[str, Any]:
        """Only a reading explains a document."""
        data = super().clean() or {}
        if data.get("explains") and data.get("sort") != Article.Sort.READING:
            self.add_error("explains", NOT_A_READING)
        return data

    @property
    def seen_version(self) -> int | None:
        """The version that was on the screen."""
        seen: int | None = self.cleaned_data["seen"]
        return seen

    @property
    def said(self) -> dict[str, Any]:
        """What the article keeps, of a form that is valid."""
        return {name: self.cleaned_data[name] for name in SAID} | {"explains_id": self.cleaned_data["explains"]}


class PublishForm(MomentForm):
    """When it is published."""


class WithdrawForm(SectionsMixin, forms.Form):
    """Why it is taken back."""

    why = forms.CharField(
        label="撤回原因",
        max_length=300,
        widget=Lines(3),
        help_text="打开原网址的人会看到，例如：内容有误，以新发布的为准。",
    )


class FilesForm(SectionsMixin, forms.Form):
    """Papers for everybody."""

    papers = MultipleUploadField(
        label="附件",
        max_count=MOST_FILES,
        widget=UploadInput(several=True, hint=f"{rule_of_upload()}，最多 {MOST_FILES} 个。"),
        help_text="所有人都能下载，请确认不含个人信息。",
    )
