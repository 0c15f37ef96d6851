"""Offices and their people, to be kept; turns, opinions and seats, to be read."""

from django.contrib import admin
from django.db.models import Count, Q

from records.admin import ReadOnlyAdmin, ReadOnlyInline
from reviews.models import District, Office, OfficeMember, Opinion, PanelSeat, Turn


@admin.register(District)
class DistrictAdmin(admin.ModelAdmin):
    """区: the codes are national, so that none is added or taken away here."""

    list_display = ["name", "code", "office", "order"]
    list_select_related = ["office"]
    list_editable = ["order"]
    search_fields = ["name", "code"]
    readonly_fields = ["code"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class MemberInline(admin.TabularInline):
    """The people of an office."""

    model = OfficeMember
    fields = ["user", "is_financial", "since"]
    autocomplete_fields = ["user"]
    readonly_fields = ["since"]
    extra = 1


@admin.register(Office)
class OfficeAdmin(admin.ModelAdmin):
    """审核单位: an office is put out of use, never deleted, since cases name it."""

    list_display = ["name", "kind", "district", "phone", "people", "waiting", "is_active"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["district"]
    search_fields = ["name", "district__name", "memberships__user__username", "memberships__user__name"]
    search_help_text = "单位、区或人员"
    autocomplete_fields = ["district"]
    inlines = [MemberInline]
    fieldsets = [
        (None, {"fields": ["name", "kind", "district", "phone"]}),
        ("使用", {"fields": ["is_active"], "description": "停用后不再收到新事项，本单位人员看不到待办。"}),
    ]

    def get_queryset(self, request):
        people = Count("memberships", distinct=True)
        waiting = Count("turns", filter=Q(turns__closed_at=None), distinct=True)
        return super().get_queryset(request).annotate(people=people, waiting=waiting)

    @admin.display(description="人数", ordering="people")
    def people(self, office):
        return office.people

    @admin.display(description="待办", ordering="waiting")
    def waiting(self, office):
        return office.waiting

    def has_delete_permission(self, request, obj=None):
        return False


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
    list_filter = ["stage", ("closed_at", admin.EmptyFieldListFilter), "office__kind", "office"]
    list_select_related = ["office"]
    search_fields = ["number", "title", "unit_name", "office__name"]
    search_help_text = "编号、事项、申请单位或审核单位"
    date_hierarchy = "opened_at"
    fields = ["number", "title", "unit_name", "stage", "round", "office", "opened_at", "due_on", "closed_at"]
    inlines = [OpinionInline, SeatInline]
