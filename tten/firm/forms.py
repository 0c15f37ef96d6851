"""How a firm is found, and how its file is narrowed."""

from django import forms
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Unit
from records.kinds import case_kinds
from reviews.models import Verdict
from tten.firm.lines import SORTS, Asked, kind_name
from ui.filters import WordsField
from ui.forms import SayingMixin

ALL = ("", "全部")


class FindForm(SayingMixin, forms.Form):
    """By name, credit code or the number of a case."""

    q = WordsField(label="单位名称、统一社会信用代码或事项编号", required=False)


class FileForm(SayingMixin, forms.Form):
    """By year, sort of line, kind of case and verdict."""

    sort = forms.ChoiceField(label="类别", choices=(ALL, *SORTS), required=False)
    matter = forms.ChoiceField(label="事项", required=False)
    result = forms.ChoiceField(label="审核结果", choices=(ALL, *Verdict.choices), required=False)
    year = forms.ChoiceField(label="年份", required=False)

    def __init__(self, data: QueryDict, unit: Unit) -> None:
        """Offer the years since the unit came."""
        super().__init__(data)
        years = range(timezone.localdate().year, timezone.localtime(unit.created_at).year - 1, -1)
        offered = {
            "year": [(str(year), f"{year} 年") for year in years],
            "matter": [(kind_name(kind), kind.matter) for kind in case_kinds()],
        }
        for name, choices in offered.items():
            self.fields[name].choices = [ALL, *choices]

    @property
    def asked(self) -> Asked:
        """What is asked for; a condition that is refused narrows nothing."""
        self.is_valid()
        return Asked(**{name: self.cleaned_data.get(name, "") for name in self.fields})
