"""What the login history may be searched by."""

import django_filters

from accounts.models import SignInEvent


class SignInFilter(django_filters.FilterSet):
    """By what happened."""

    kind = django_filters.ChoiceFilter(label="事项", choices=SignInEvent.Kind, empty_label="全部")

    class Meta:
        model = SignInEvent
        fields = ("kind",)
