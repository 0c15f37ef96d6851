"""The locks that hold at this moment, for the list of sign-ins in the administration."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.login.lockout import locked_now


class LockedNow(admin.SimpleListFilter):
    """现在暂停登录: the accounts among them are unlocked in the list of users."""

    title = "暂停登录"
    parameter_name = "locked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002 - Django's
        """One choice beside all."""
        return [("now", "现在暂停的")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002 - Django's
        """Only the locks that hold, where that is chosen."""
        return queryset.filter(pk__in=locked_now().values("pk")) if self.value() == "now" else queryset
