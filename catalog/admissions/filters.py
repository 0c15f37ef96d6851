"""How the platform's list of admissions is narrowed."""

import datetime as dt

import django_filters

from catalog.models import Admission, Region
from catalog.querysets import AdmissionQuerySet
from catalog.workflow import State
from policy.calendar import today
from policy.models import PolicyVersion
from ui.filters import WordsFilter
from ui.words import in_columns

STATES = [(value, label) for value, label in State.choices if value != State.DRAFT]


def ends() -> list[tuple[str, str]]:
    """Within the days of the reminders, and of those in which a renewal may be started."""
    rules = PolicyVersion.objects.remembered()
    return [(str(days), f"{days} 天内到期") for days in sorted({*rules.admission_reminders, rules.renewal_days})]


class AdmissionFilter(django_filters.FilterSet):
    """By state, by how soon it ends, by region and by words."""

    state = django_filters.ChoiceFilter(label="状态", choices=STATES, empty_label="全部")
    ends = django_filters.ChoiceFilter(label="有效期", method="by_end", choices=ends, empty_label="全部")
    region = django_filters.ChoiceFilter(label="地区", choices=Region.choices, empty_label="全部")
    q = WordsFilter(label="编号、名称或代码", method="by_words", longest=100)

    class Meta:
        model = Admission
        fields = ("state", "ends", "region", "q")

    def by_end(self, admissions: AdmissionQuerySet, _name: str, days: str) -> AdmissionQuerySet:
        """In force, with its last day within so many days."""
        return admissions.ending_by(today() + dt.timedelta(days=int(days)))

    def by_words(self, admissions: AdmissionQuerySet, _name: str, words: str) -> AdmissionQuerySet:
        """Number, name or credit code holds each word."""
        return admissions.filter(in_columns(words, "number", "unit__name", "unit__uscc"))
