"""How the lists of sign-ins and of text messages are narrowed in the administration."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.login.lockout import locked_now
from accounts.models.entrance import PURPOSES


class LockedNow(admin.SimpleListFilter):
    """现在暂停登录: the accounts among them are unlocked in the list of users."""

    title = "暂停登录"
    parameter_name = "locked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """One choice beside all."""
        return [("now", "现在暂停的")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Only the locks that hold, where that is chosen."""
        return queryset.filter(pk__in=locked_now().values("pk")) if self.value() == "now" else queryset


class PurposeFilter(admin.SimpleListFilter):
    """What a text message was for."""

    title = "用途"
    parameter_name = "for"

    def lookups(self, request, model_admin):
        return list(PURPOSES.items())

    def queryset(self, request, queryset):
        return queryset.filter(purpose=self.value()) if self.value() else queryset
