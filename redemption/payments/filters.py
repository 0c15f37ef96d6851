"""How the list of payments is narrowed."""

import django_filters as df
from django.db.models import QuerySet

from redemption.models import Claim
from reviews.models import District
from ui.filters import WordsFilter
from ui.words import in_columns


class PaymentFilter(df.FilterSet):
    """By district and by words."""

    district = df.ModelChoiceFilter(label="所属区", queryset=District.objects.all(), empty_label="全部")
    q = WordsFilter(label="编号或单位", method="by_words")

    class Meta:
        model = Claim
        fields = ()

    def by_words(self, claims: QuerySet[Claim], _name: str, words: str) -> QuerySet[Claim]:
        """Number of the claim or of its form, or name or code of the unit, holds each word."""
        return claims.filter(in_columns(words, "number", "form_number", "unit__name", "unit__uscc", "account_name"))
