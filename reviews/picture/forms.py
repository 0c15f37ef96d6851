"""Of which office, and how far back."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from reviews.models import Office
from reviews.picture.counting import SHOWN
from reviews.picture.figures import Asked
from ui.forms import SayingMixin

MONTHS = (3, 6, SHOWN)


class PictureForm(SayingMixin, forms.Form):
    """Narrows the picture; a condition that is refused narrows nothing."""

    office = forms.ModelChoiceField(
        label="审核单位", queryset=Office.objects.none(), required=False, empty_label="全部"
    )
    months = forms.TypedChoiceField(
        label="统计范围",
        choices=[(months, f"近 {months} 个月") for months in reversed(MONTHS)],
        coerce=int,
        required=False,
    )

    def __init__(self, data: QueryDict, offices: QuerySet[Office]) -> None:
        """offices: those that the reader may see."""
        super().__init__(data)
        self.offices = list(offices.order_by("pk"))
        self.fields["office"].queryset = offices.order_by("pk")
        if len(self.offices) == 1:
            del self.fields["office"]

    @property
    def asked(self) -> Asked:
        """What is asked for."""
        self.is_valid()
        chosen = self.cleaned_data.get("office")
        keys = [chosen.pk] if chosen else [office.pk for office in self.offices]
        return Asked(keys, self.cleaned_data.get("months") or SHOWN)
