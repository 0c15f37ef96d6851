"""Offices, to be kept; their people, to be read and for the first set-up begun; turns and opinions, to be read."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.auth import get_user_model
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest

from records.admin import KeptAdmin, OrderedAdmin, ReadOnlyAdmin, ReadOnlyInline
from records.kinds import own_cases
from records.people import Person
from records.steps import note
from reviews.models import District, Office, OfficeMember, Opinion, PanelSeat, Turn
from reviews.offices import with_counts
from reviews.places import give_place
from ui.forms import SayingMixin


def who(request: HttpRequest) -> Person:
    """Whoever has signed in to the pages of administrators."""
    return cast("Person", request.user)


@admin.register(District)
class DistrictAdmin(OrderedAdmin):
    """区: the codes are national, so that none is added or taken away here."""

    list_display = ["name", "code", "office", "order"]
    list_select_related = ["office"]
    search_fields = ["name", "code"]
    readonly_fields = ["code"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class MemberInline(ReadOnlyInline):
    """The people of an office; they are kept on its page 单位与人员. Here the first set-up seats the first one."""

    model = OfficeMember
    fk_name = "office"
    fields = ["user", "role", "is_financial", "since", "state_of"]

    @admin.display(description="状态")
    def state_of(self, place: OfficeMember) -> str:
        return place.standing


class FirstPlaceInline(admin.TabularInline):
    """New places, by the first set-up alone, and never for himself."""

    model = OfficeMember
    fk_name = "office"
    verbose_name_plural = "加入人员（仅用于初始设置，平时由负责人在“单位与人员”中邀请）"
    fields = ["user", "role", "is_financial"]
    view_on_site = False
    autocomplete_fields = ["user"]
    extra = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[OfficeMember]:
        return super().get_queryset(request).none()

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            others = get_user_model().objects.filter(is_active=True).exclude(duty="audit").exclude(pk=who(request).pk)
            kwargs["queryset"] = others
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_view_or_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.is_superuser


class OfficeForm(SayingMixin, forms.ModelForm):
    """市科技局 stays in use: nobody else could bring it back."""

    def clean_is_active(self) -> bool:
        is_active: bool = self.cleaned_data["is_active"]
        if not is_active and self.instance.kind == Office.Kind.MUNICIPAL and not self.others().exists():
            raise forms.ValidationError("市科技局必须保持在用，不能停用。")
        return is_active

    def others(self) -> QuerySet[Office]:
        return Office.objects.filter(kind=Office.Kind.MUNICIPAL, is_active=True).exclude(pk=self.instance.pk)


@admin.register(Office)
class OfficeAdmin(KeptAdmin):
    """审核单位: an office is put out of use, never deleted, since cases name it."""

    form = OfficeForm
    view_on_site = False
    list_display = ["name", "kind", "district", "phone", "people", "waiting", "is_active"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["district"]
    search_fields = ["name", "district__name", "memberships__user__username", "memberships__user__name"]
    search_help_text = "单位、区或人员"
    fieldsets = [
        (None, {"fields": ["name", "kind", "district", "phone"]}),
        ("使用", {"fields": ["is_active"], "description": "停用后不再收到新事项，本单位人员看不到待办。"}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Office]:
        return with_counts(super().get_queryset(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return ["kind", "district"] if obj else []  # cases lie there because of them

    def get_inlines(self, request: HttpRequest, obj: Model | None) -> list[type[InlineModelAdmin]]:
        return [MemberInline, *([FirstPlaceInline] if request.user.is_superuser else [])] if obj else []

    @admin.display(description="人数", ordering="people")
    def people(self, office: Office) -> int:
        return int(vars(office)["people"])

    @admin.display(description="待办", ordering="waiting")
    def waiting(self, office: Office) -> int:
        return int(vars(office)["waiting"])

    def save_model(self, request: HttpRequest, obj: Office, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        labels = [str(form.fields[name].label) for name in form.changed_data]
        if labels:
            words = f"修改：{'、'.join(labels)}" if change else "新设单位"
            note(obj, "office_changed", by=who(request), text=words)

    def save_formset(
        self, request: HttpRequest, form: forms.ModelForm, formset: forms.BaseModelFormSet, change: bool
    ) -> None:
        for place in formset.save(commit=False):
            told = {"is_financial": place.is_financial, "kind": "member_added"}
            give_place(place.office, place.user, place.role, by=who(request), **told)


class OpinionInline(ReadOnlyInline):
    """What was said in a turn."""

    model = Opinion
    fields = ["reviewer", "verdict", "reason", "text", "amount", "at"]


class SeatInline(ReadOnlyInline):
    """The expert group of a turn."""

    model = PanelSeat
    fk_name = "turn"
    fields = ["expert", "is_financial", "assigned_at", "recused_at", "given_at"]  # words stay sealed


@admin.register(Turn)
class TurnAdmin(ReadOnlyAdmin):
    """审核环节: where every case lies, and since when."""

    list_display = ["number", "title", "unit_name", "stage", "round", "office", "opened_at", "due_on", "closed_at"]
    list_filter = ["opened_at", "stage", ("closed_at", admin.EmptyFieldListFilter), "office__kind", "office"]
    list_select_related = ["office"]
    search_fields = ["number", "title", "unit_name", "office__name"]
    search_help_text = "编号、事项、申请单位或审核单位"
    fields = ["number", "title", "unit_name", "stage", "round", "office", "opened_at", "due_on", "closed_at"]
    inlines = [OpinionInline, SeatInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Turn]:
        """All but those of the reader's own unit: who reviewed it, and what the experts said, is not told to applicants."""
        return super().get_queryset(request).exclude(own_cases(who(request)))
