"""How the list of redemptions is narrowed."""

import django_filters
from django.db.models import Q, QuerySet

from redemption.models import Claim
from redemption.workflow import State


class ClaimFilter(django_filters.FilterSet):
    """By state and by words."""

    state = django_filters.ChoiceFilter(label="状态", choices=State.choices, empty_label="全部")
    q = django_filters.CharFilter(label="关键词", method="by_words", max_length=100)

    class Meta:
        model = Claim
        fields = ("state", "q")

    def by_words(self, queryset: QuerySet[Claim], _name: str, words: str) -> QuerySet[Claim]:
        """Number, voucher number, project or provider contains the words."""
        words = words.strip()
        return queryset.filter(
            Q(number__icontains=words)
            | Q(application__voucher_number__icontains=words)
            | Q(application__project_name__icontains=words)
            | Q(application__order__provider__name__icontains=words)
        )
