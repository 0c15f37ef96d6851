"""How the list of applications is narrowed."""

import django_filters
from django.db.models import Q, QuerySet

from vouchers.models import Application
from vouchers.workflow import State


class ApplicationFilter(django_filters.FilterSet):
    """By state and by words."""

    state = django_filters.ChoiceFilter(label="状态", choices=State.choices, empty_label="全部")
    q = django_filters.CharFilter(label="关键词", method="by_words", max_length=100)

    class Meta:
        model = Application
        fields = ("state", "q")

    def by_words(self, queryset: QuerySet[Application], _name: str, words: str) -> QuerySet[Application]:
        """Number, voucher number, project, product or provider contains the words."""
        words = words.strip()
        return queryset.filter(
            Q(number__icontains=words)
            | Q(voucher_number__icontains=words)
            | Q(project_name__icontains=words)
            | Q(order__product_name__icontains=words)
            | Q(order__provider__name__icontains=words)
        )
