"""How an inbox is narrowed."""

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone

from reviews.kinds import reviewed_kinds
from reviews.models import DUE_SOON, Office, Turn
from ui.filters import WordsFilter
from ui.words import in_columns

LYING = (("open", "在办"), ("past", "在办，已超期"), ("done", "已办结"))
TIMES = (("past", "已超期"), ("soon", f"{DUE_SOON.days} 天内到期"), ("later", f"{DUE_SOON.days} 天以后到期"))


def case_types() -> list[tuple[int, str]]:
    """(content type, what people call such a case) of everything that is reviewed."""
    return [(ContentType.objects.get_for_model(kind.model).pk, kind.matter) for kind in reviewed_kinds()]


def stages() -> list[tuple[str, str]]:
    """Every stage by its name."""
    rows = [row for kind in reviewed_kinds() for row in kind.model.STATES.values()]
    names = dict.fromkeys(row.stage for row in rows if row.stage)
    return [(name, name) for name in names]


class TurnFilter(django_filters.FilterSet):
    """By kind of case, stage, time and words."""

    kind = django_filters.ChoiceFilter(label="事项", field_name="case_type", choices=case_types, empty_label="全部")
    stage = django_filters.ChoiceFilter(label="环节", choices=stages, empty_label="全部")
    time = django_filters.ChoiceFilter(label="时限", method="by_time", choices=TIMES, empty_label="全部")
    q = WordsFilter(label="编号、单位或项目", method="by_words", longest=100)

    class Meta:
        model = Turn
        fields: tuple[str, ...] = ("kind", "stage", "time", "q")

    def by_time(self, turns: QuerySet[Turn], _name: str, value: str) -> QuerySet[Turn]:
        """Past the promised day, within three days of it, or later."""
        today = timezone.localdate()
        if value == "past":
            return turns.filter(due_on__lt=today)
        if value == "soon":
            return turns.filter(due_on__range=(today, today + DUE_SOON))
        return turns.filter(due_on__gt=today + DUE_SOON)

    def by_words(self, turns: QuerySet[Turn], _name: str, words: str) -> QuerySet[Turn]:
        """Number, unit or title holds each word."""
        return turns.filter(in_columns(words, "number", "unit_name", "title"))


class DoneFilter(TurnFilter):
    """The same without the time: what is done has no time left."""

    time = None

    class Meta(TurnFilter.Meta):
        fields = ("kind", "stage", "q")


class AllFilter(DoneFilter):
    """What the whole city has: in addition by office, and by whether it still lies there."""

    office = django_filters.ModelChoiceFilter(label="办理单位", queryset=Office.objects.all(), empty_label="全部")
    lying = django_filters.ChoiceFilter(
        label="办理情况",
        method="by_lying",
        empty_label="全部",
        choices=LYING,
    )

    class Meta(TurnFilter.Meta):
        fields = ("kind", "stage", "office", "lying", "q")

    def by_lying(self, turns: QuerySet[Turn], _name: str, value: str) -> QuerySet[Turn]:
        """Still at the office, past its day there, or decided."""
        if value == "done":
            return turns.exclude(closed_at=None)
        waiting = turns.filter(closed_at=None)
        return waiting.filter(due_on__lt=timezone.localdate()) if value == "past" else waiting
