"""How 科服网's list of requests to join is narrowed."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import JoinRequest
from ui.filters import WordsFilter
from ui.words import in_columns

LYING = (("due", "待科服网办理"), ("unit", "待单位答复"), ("done", "已办结"))


class JoinFilter(django_filters.FilterSet):
    """By whose turn it is, and by words."""

    lying = django_filters.ChoiceFilter(label="办理情况", method="by_lying", choices=LYING, empty_label="全部")
    q = WordsFilter(label="单位、代码或申请人", method="by_words")

    class Meta:
        model = JoinRequest
        fields = ()

    def by_lying(self, rows: QuerySet[JoinRequest], _name: str, value: str) -> QuerySet[JoinRequest]:
        """The unit is late or has no administrator; the unit still has time; answered or taken back."""
        if value == "done":
            return rows.exclude(answer="")
        late = Q(due_on__lt=timezone.localdate()) | Q(is_orphan=True)
        return rows.filter(late if value == "due" else ~late, answer="")

    def by_words(self, rows: QuerySet[JoinRequest], _name: str, words: str) -> QuerySet[JoinRequest]:
        """Unit, code or person holds each word."""
        return rows.filter(in_columns(words, "unit__name", "unit__uscc", "user__name"))
