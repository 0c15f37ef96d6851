"""How lists of orders are narrowed."""

import django_filters as df
from django.db.models import Q

from orders.models import Order
from orders.querysets import OrderQuerySet
from orders.workflow import State


class OrderFilter(df.FilterSet):
    """By words, state and mark."""

    q = df.CharFilter(label="关键词", method="by_words", max_length=60)
    state = df.ChoiceFilter(label="状态", choices=State.choices, empty_label="全部")
    marked = df.ChoiceFilter(
        label="创新券",
        field_name="is_marked",
        choices=(("1", "可用创新券"), ("0", "不带创新券标识")),
        empty_label="全部",
    )

    class Meta:
        model = Order
        fields = ()

    def by_words(self, orders: OrderQuerySet, _name: str, words: str) -> OrderQuerySet:
        """Number, product, provider or buying unit contains the words."""
        words = words.strip()
        return orders.filter(
            Q(number__icontains=words)
            | Q(product_name__icontains=words)
            | Q(provider__name__icontains=words)
            | Q(unit__name__icontains=words)
        )
