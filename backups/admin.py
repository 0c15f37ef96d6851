"""备份记录 in 后台管理: what was made when, and what went wrong."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from backups.models import Backup
from records.admin import ReadOnlyAdmin


@admin.register(Backup)
class BackupAdmin(ReadOnlyAdmin):
    """Read by whoever keeps accounts or audits, and at the first set-up."""

    duties = frozenset({"accounts", "audit"})
    list_display = ["ended_at", "began_at", "size", "papers", "copied", "trouble"]
    list_display_links = None
    list_filter = ["ended_at"]
    fields = ["name", "began_at", "ended_at", "size", "papers", "copied", "trouble"]

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_view_permission(request, obj) or bool(request.user.is_active and request.user.is_superuser)
