"""How a person's own questions are narrowed."""

import django_filters as df
from django.db.models import QuerySet

from catalog.models import Inquiry
from ui.filters import WordsFilter
from ui.words import in_columns

STAGES = (
    ("open", "待回答"),
    ("public", "已公开回答"),
    ("private", "已回答，只有您能看到"),
    ("hidden", "平台已隐藏"),
)
FOUND: dict[str, dict[str, object]] = {
    "open": {"answered_at": None, "hidden_at": None},
    "public": {"is_public": True, "hidden_at": None},
    "private": {"answered_at__isnull": False, "is_public": False, "hidden_at": None},
    "hidden": {"hidden_at__isnull": False},
}


class InquiryFilter(df.FilterSet):
    """By words and by how far they are."""

    q = WordsFilter(label="问题、服务或机构", method="by_words")
    stage = df.ChoiceFilter(label="状态", choices=STAGES, method="by_stage", empty_label="全部")

    class Meta:
        model = Inquiry
        fields = ()

    def by_words(self, rows: QuerySet[Inquiry], _name: str, words: str) -> QuerySet[Inquiry]:
        """Question, answer, or the name of service or institution holds each word."""
        return rows.filter(in_columns(words, "text", "answer", "product__name", "product__provider__name"))

    def by_stage(self, rows: QuerySet[Inquiry], _name: str, stage: str) -> QuerySet[Inquiry]:
        """As the row says it."""
        return rows.filter(**FOUND[stage])
