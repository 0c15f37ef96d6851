"""The trail and the papers, to be read only; and the base of every page that must not change a case."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from records.kinds import own_cases
from records.labels import every_label, label_of
from records.models import Case, Document, Event, RemovedPaper, Trailed

if TYPE_CHECKING:
    from django.contrib.admin.views.main import ChangeList

    from records.people import Person

LOOKED_AT = 1000  # rows, for the values of a filter
KEY = re.compile(r"[0-9]{1,18}")  # of a row, as an address names it


def state_label(event: Event, state: str) -> str:
    """The state's Chinese label in the machine of the event's case; people and offices have no state."""
    model = event.case_type.model_class()
    if not state or model is None or not issubclass(model, Case):
        return ""
    machine: Any = model._meta
    return str(dict(machine.get_field("state").choices).get(state, state))


def case_of(typed: str) -> Case | None:
    """The case of this number, whatever its kind: its first letters tell which table to ask."""
    number = typed.strip().upper()
    models = (model for model in apps.get_models() if issubclass(model, Case))
    model = next((model for model in models if number.startswith(model.PREFIX)), None)
    return model._default_manager.filter(number=number).first() if model else None


class CaseTypeFilter(admin.SimpleListFilter):
    """Only what has a trail, by its name: the cases, people and offices."""

    title = "事项类型"
    parameter_name = "case"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        models = [model for model in apps.get_models() if issubclass(model, Trailed)]
        kinds = ContentType.objects.get_for_models(*models)
        return [(str(kind.pk), str(model._meta.verbose_name)) for model, kind in kinds.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(case_type=self.value()) if KEY.fullmatch(self.value() or "") else queryset


class ValuesFilter(admin.AllValuesFieldListFilter):
    """The values that a column of words holds in the latest rows; a row without one is chosen by a name too, not by an empty link."""

    def __init__(self, field: "CharField[Any, Any]", request: HttpRequest, *given: Any, **named: Any) -> None:
        """Look for them in so many rows, and no more."""
        super().__init__(field, request, *given, **named)
        rows: Any = field.model._default_manager.order_by("-pk").values_list(field.name, flat=True)
        found: Any = sorted(set(rows[:LOOKED_AT]), key=str)
        self.lookup_choices = found

    def choices(self, changelist: "ChangeList") -> Iterator[Any]:
        for choice in super().choices(changelist):
            words = choice["display"]
            yield {**choice, "display": f"（空）{words}"} if words[:1] in {"", " "} else choice


admin.FieldListFilter.register(
    lambda field: isinstance(field, CharField) and not field.choices and not field.remote_field,
    ValuesFilter,
    take_priority=True,
)


class KeptAdmin(admin.ModelAdmin):
    """Rows that are put out of use, never deleted, since cases name them."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class OrderedAdmin(KeptAdmin):
    """Rows whose order is typed in the list itself, each box with its name."""

    list_editable = ("order",)

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(
            request,
            **kwargs,
            widgets={"order": forms.NumberInput(attrs={"aria-label": "排序", "class": "vIntegerField"})},
        )


class ReadOnlyAdmin(KeptAdmin):
    """Rows that nobody adds, changes or deletes here; read by whoever has one of the duties, the first set-up has none."""

    duties = frozenset({"audit"})
    view_on_site = False  # its page is its people's
    ordering = ["-pk"]  # the latest first, along the key

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return getattr(request.user, "duty", "") in self.duties

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class CaseAdmin(ReadOnlyAdmin):
    """A case: its state moves through its own pages alone, never here."""

    list_filter = ["state", "created_at"]
    search_fields = ["number"]
    list_per_page = 50


class ReadOnlyInline(admin.TabularInline):
    """Rows under another row, to be read only."""

    extra = 0
    can_delete = False
    show_change_link = False
    view_on_site = False

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        return [*(self.fields or super().get_readonly_fields(request, obj))]

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True  # the page on which they stand has asked

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ActorFilter(admin.SimpleListFilter):
    """Who acted: the system, somebody with a duty, or the person whose name was clicked."""

    title = "操作人"
    parameter_name = "actor"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        chosen = request.GET.get(self.parameter_name, "")
        person = get_user_model().objects.filter(pk=chosen).first() if KEY.fullmatch(chosen) else None
        return [*([(chosen, str(person))] if person else []), ("clock", "系统"), ("duty", "管理员")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value() or ""
        if value == "clock":
            return queryset.filter(actor=get_user_model().objects.clock())
        if value == "duty":
            return queryset.exclude(actor__duty="")
        return queryset.filter(actor=value) if KEY.fullmatch(value) else queryset


class StepFilter(admin.SimpleListFilter):
    """Which kind of act, by its Chinese name."""

    title = "动作"
    parameter_name = "act"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return sorted(every_label().items(), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(step=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """操作留痕: append-only, the latest first, for whoever audits."""

    list_display = ["at", "kind", "matter", "action", "before", "after", "office", "by", "text"]
    list_display_links = ["at"]
    list_filter = ["at", CaseTypeFilter, StepFilter, ActorFilter]
    list_select_related = ["case_type", "actor"]
    list_per_page = 50
    search_fields = ["actor__username", "actor__name", "office", "text"]
    search_help_text = "事项编号、操作人、办理单位或说明"
    fieldsets = [
        ("事项", {"fields": ["kind", "matter", "row", "sequence"]}),
        ("动作", {"fields": ["action", "before", "after", "actor", "office", "at", "text"]}),
        ("防篡改", {"fields": ["attachments", "previous_hash", "hash"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        """All but those of cases of the reader's own unit, which somebody else audits: applicants read no reviewer's name."""
        return super().get_queryset(request).exclude(own_cases(cast("Person", request.user))).prefetch_related("case")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Event], search_term: str
    ) -> tuple[QuerySet[Event], bool]:
        """The lines of the case whose number was typed; else whatever holds the words."""
        case = case_of(search_term)
        if case is None:
            return super().get_search_results(request, queryset, search_term)
        kind = ContentType.objects.get_for_model(case)
        return queryset.filter(case_type=kind, case_id=case.pk), False

    @admin.display(description="事项序号", ordering="case_id")
    def row(self, event: Event) -> int:
        return event.case_id

    @admin.display(description="事项类型", ordering="case_type")
    def kind(self, event: Event) -> str:
        return event.case_type.name

    @admin.display(description="事项", ordering="case_id")
    def matter(self, event: Event) -> str:
        return str(getattr(event.case, "number", "") or event.case or event.case_id)

    @admin.display(description="动作", ordering="step")
    def action(self, event: Event) -> str:
        return label_of(event)

    @admin.display(description="原状态", ordering="from_state")
    def before(self, event: Event) -> str:
        return state_label(event, event.from_state)

    @admin.display(description="新状态", ordering="to_state")
    def after(self, event: Event) -> str:
        return state_label(event, event.to_state)

    @admin.display(description="操作人", ordering="actor")
    def by(self, event: Event) -> str:
        return format_html('<a href="?actor={}" title="只看此人">{}</a>', event.actor_id, event.actor)


HASHES, TIMES = ["sha256", "received_sha256"], ["created_at", "dropped_at"]


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """材料: what is known of each paper; the paper itself is read through its case."""

    list_display = ["name", "purpose", "content_type", "size", "kind", "created_by", "created_at"]
    list_filter = ["created_at", "content_type", "purpose", CaseTypeFilter]
    list_select_related = ["case_type", "created_by"]
    search_fields = ["name", "sha256", "received_sha256", "created_by__username", "created_by__name"]
    search_help_text = "文件名、SHA-256 或上传人"
    fields = ["name", "purpose", "content_type", "size", *HASHES, "is_locked", "kind", "created_by", *TIMES]

    @admin.display(description="事项类型", ordering="case_type")
    def kind(self, document: Document) -> str:
        return document.case_type.name if document.case_type else "—"


@admin.register(RemovedPaper)
class RemovedPaperAdmin(ReadOnlyAdmin):
    """已清理的材料: what the nightly round has removed, since nothing named it any more."""

    list_display = ["paper", "purpose", "content_type", "size", "uploaded_by", "uploaded_at", "removed_at"]
    list_filter = ["removed_at", "content_type", "purpose"]
    list_select_related = ["uploaded_by"]
    search_fields = ["paper", "sha256", "uploaded_by__username", "uploaded_by__name"]
    search_help_text = "材料编号、SHA-256 或上传人"
    fields = ["paper", "sha256", "purpose", "content_type", "size", "uploaded_by", "uploaded_at", "removed_at"]
