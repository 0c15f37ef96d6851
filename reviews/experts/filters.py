"""How 专家库 is narrowed."""

import django_filters
from django import forms

from reviews.models import OfficeMember, Specialty
from reviews.querysets import OfficeMemberQuerySet
from ui.filters import WordsFilter
from ui.words import in_columns


class PoolFilter(django_filters.FilterSet):
    """By field, by 财务, and by words of name and employer."""

    specialty = django_filters.ChoiceFilter(
        label="领域", choices=Specialty.choices, empty_label="全部", method="by_specialty"
    )
    financial = django_filters.BooleanFilter(
        label="财务专家",
        field_name="is_financial",
        widget=forms.Select(choices=[("", "全部"), ("true", "是"), ("false", "否")]),
    )
    q = WordsFilter(label="关键词", method="by_words")

    class Meta:
        model = OfficeMember
        fields = ("specialty", "financial", "q")

    def by_specialty(self, queryset: OfficeMemberQuerySet, _name: str, value: str) -> OfficeMemberQuerySet:
        """Who names the field among his own."""
        return queryset.filter(user__expert_profile__specialties__contains=[value])

    def by_words(self, queryset: OfficeMemberQuerySet, _name: str, words: str) -> OfficeMemberQuerySet:
        """Name or employer holds each word."""
        return queryset.filter(in_columns(words, "user__name", "user__expert_profile__employer"))
