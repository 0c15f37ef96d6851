"""The trail and the papers, to be read only; and the base of every page that must not change a case."""

from django.contrib import admin

from records.models import Document, Event


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that nobody adds, changes or deletes here."""

    def has_add_permission(self, request, obj=None):  # noqa: ARG002 - Django's signature
        return False

    def has_change_permission(self, request, obj=None):  # noqa: ARG002
        return False

    def has_delete_permission(self, request, obj=None):  # noqa: ARG002
        return False


class CaseAdmin(ReadOnlyAdmin):
    """A case: its state moves through its own pages alone, never here."""

    list_filter = ["state"]
    search_fields = ["number"]
    date_hierarchy = "created_at"
    list_per_page = 50


class ReadOnlyInline(admin.TabularInline):
    """Rows under another row, to be read only."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):  # noqa: ARG002
        return False

    def has_change_permission(self, request, obj=None):  # noqa: ARG002
        return False


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """操作留痕: append-only, also for administrators."""

    list_display = ["at", "case_type", "case_id", "sequence", "step", "from_state", "to_state", "office", "actor"]
    list_filter = ["case_type", "step", "at"]
    list_select_related = ["case_type", "actor"]
    search_fields = ["case_id", "actor__username", "actor__name", "office", "text"]
    search_help_text = "事项序号、操作人、办理单位或说明"
    date_hierarchy = "at"
    fieldsets = [
        ("事项", {"fields": ["case_type", "case_id", "sequence"]}),
        ("动作", {"fields": ["step", "from_state", "to_state", "actor", "office", "at", "text"]}),
        ("防篡改", {"fields": ["attachments", "previous_hash", "hash"]}),
    ]


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    """材料: what is known of each paper; the paper itself is read through its case."""

    list_display = ["name", "purpose", "content_type", "size", "case_type", "created_by", "created_at"]
    list_filter = ["content_type", "purpose", "case_type"]
    list_select_related = ["case_type", "created_by"]
    search_fields = ["name", "sha256", "created_by__username", "created_by__name"]
    search_help_text = "文件名、SHA-256 或上传人"
    date_hierarchy = "created_at"
    fields = [
        "name", "purpose", "content_type", "size", "sha256", "case_type", "case_id", "created_by", "created_at",
    ]  # fmt: skip
