"""The form of a phrase."""

from typing import Any, ClassVar

from django import forms
from django.contrib.contenttypes.models import ContentType

from records.people import Person
from reviews.kinds import reviewed_kinds
from reviews.models import Office, Phrase, Verdict
from reviews.phrases.filling import FIELDS, unknown_fields
from reviews.querysets import places_of
from ui.forms import SectionsMixin
from ui.widgets import Lines

OWN = "本人"
KNOWN = "、".join(f"{{{name}}}" for name in FIELDS)


class PhraseForm(SectionsMixin, forms.ModelForm):
    """One phrase, of the person or of an office that he leads."""

    sections: ClassVar[dict[str, list[str]]] = {
        "内容": ["title", "text"],
        "用在哪里": ["office", "case_type", "verdict", "reason", "is_default"],
    }

    class Meta:
        model = Phrase
        fields = ("title", "text", "office", "case_type", "verdict", "reason", "is_default")
        widgets: ClassVar[dict[str, Any]] = {"text": Lines(4)}
        help_texts: ClassVar[dict[str, str]] = {
            "text": f"可以写入 {KNOWN}，插入时换成本事项的内容。",
            "office": "单位的常用语，全单位都能使用。",
            "is_default": "选择这一审核结果（和原因）时，空着的意见框先放这段话，可以改。",
        }

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        """by: who keeps it."""
        super().__init__(*args, **kwargs)
        kinds = {ContentType.objects.get_for_model(kind.model).pk: kind.matter for kind in reviewed_kinds()}
        of_kind, office = self.fields["case_type"], self.fields["office"]
        of_kind.queryset = ContentType.objects.filter(pk__in=kinds)
        of_kind.label_from_instance = lambda row: kinds[row.pk]
        of_kind.empty_label, office.empty_label = "全部事项", OWN
        office.queryset = Office.objects.filter(pk__in=places_of(by).leading().values("office"))
        self.fields["verdict"].choices = [("", "全部"), *Verdict.choices]

    def clean_text(self) -> str:
        """The words; a field that is none is named."""
        text: str = self.cleaned_data["text"]
        if wrong := unknown_fields(text):
            raise forms.ValidationError(f"没有“{{{wrong[0]}}}”这一项，可以用的是 {KNOWN}，请改正。")
        return text

    def clean(self) -> dict[str, Any]:
        """A reason goes with a refusal; what is offered by itself says for which verdict."""
        data = super().clean() or {}
        if data.get("reason") and data.get("verdict") != Verdict.REJECT:
            self.add_error("reason", "只有审核结果为“不通过”时才有原因，请改选结果，或者不选原因。")
        if data.get("is_default") and not data.get("verdict"):
            self.add_error("verdict", "默认意见要写明用于哪种审核结果，请选择。")
        return data
