"""列表导出, to be read by whoever audits: who has taken which list away, never what is in it."""

from records.admin import ReadOnlyAdmin


class ListExportAdmin(ReadOnlyAdmin):
    """列表导出."""

    list_display = ["asked_at", "user", "title", "total", "ready_at", "failed_at"]
    list_filter = ["asked_at", "title"]
    list_select_related = ["user"]
    search_fields = ["user__username", "user__name", "title"]
    fields = [
        "asked_at",
        "user",
        "acting_for",
        "title",
        "path",
        "query",
        "total",
        "ready_at",
        "failed_at",
        "expires_at",
    ]
