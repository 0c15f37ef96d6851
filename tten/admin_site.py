"""The administration as a whole: its words and its door."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.offices.duties.services import may_enter_administration


class TtenAdminSite(AdminSite):
    """后台管理: entered by the portal's own door, and by duty."""

    site_header = "天津市科技创新券服务系统 · 后台管理"
    site_title = "后台管理"
    index_title = "业务与帐号管理"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the administration is open to the person: a duty, the first set-up, or 市科技局 for the policy."""
        return request.user.is_authenticated and may_enter_administration(request.user)

    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The portal's own door with its limits, for a visitor; whoever has no business here is told so."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
