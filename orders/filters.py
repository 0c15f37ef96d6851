"""How lists of orders are narrowed."""

import datetime as dt
from collections.abc import Sequence

import django_filters as df
from django.http import QueryDict

from orders.models import Order
from orders.querysets import OrderQuerySet
from orders.workflow import State
from policy.calendar import SHANGHAI
from ui.fields import DateField
from ui.filters import WordsFilter
from ui.ranges import RangesForm
from ui.words import in_columns


class DayFilter(df.Filter):
    """A day."""

    field_class = DateField


class OrderFilter(df.FilterSet):
    """By words, state and mark."""

    q = WordsFilter(label="关键词", method="by_words")
    state = df.ChoiceFilter(label="状态", choices=State.choices, empty_label="全部状态")
    marked = df.ChoiceFilter(
        label="创新券",
        field_name="is_marked",
        choices=(("1", "可用创新券"), ("0", "不带创新券标识")),
        empty_label="有无创新券标识",
    )

    class Meta:
        model = Order
        fields = ()

    def by_words(self, orders: OrderQuerySet, _name: str, words: str) -> OrderQuerySet:
        """Number, product, provider or buying unit holds each word."""
        return orders.filter(in_columns(words, "number", "product_name", "provider__name", "unit__name"))


class DaysForm(RangesForm):
    """From a day to a day."""

    ranges = (("since", "until"),)


class ReceivedFilter(OrderFilter):
    """Received orders: by the day, too, and by provider where the unit stands behind several."""

    since = DayFilter(label="下单自", method="by_first_day")
    until = DayFilter(label="下单至", method="by_last_day")
    provider = df.ChoiceFilter(label="服务机构", choices=(), empty_label="全部机构")

    class Meta(OrderFilter.Meta):
        form = DaysForm

    def __init__(self, data: QueryDict, queryset: OrderQuerySet, *, providers: Sequence[tuple[int, str]]) -> None:
        """Ask for the provider where there are several."""
        super().__init__(data, queryset)
        if len(providers) > 1:
            self.filters["provider"].extra["choices"] = providers
        else:
            del self.filters["provider"]

    def by_first_day(self, orders: OrderQuerySet, _name: str, day: dt.date) -> OrderQuerySet:
        """Placed on this day or later."""
        return orders.filter(created_at__gte=dt.datetime.combine(day, dt.time.min, SHANGHAI))

    def by_last_day(self, orders: OrderQuerySet, _name: str, day: dt.date) -> OrderQuerySet:
        """Placed on this day or before."""
        return orders.filter(created_at__lt=dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, SHANGHAI))
