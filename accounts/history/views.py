"""登录记录 of the own account."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.history.browsers import in_words
from accounts.history.filters import SignInFilter
from accounts.history.sign_ins import LEAST_MONTHS
from accounts.models import SignInEvent
from records.people import PersonRequest

KEPT = f"每一次登录、失败的尝试和安全设置的变更，至少保存 {LEAST_MONTHS} 个月。"
PAGE = 20  # rows


@require_safe
def sign_in_list(request: PersonRequest) -> HttpResponse:
    """登录记录: every way in and every change of what guards the account, the latest first."""
    found = SignInFilter(request.GET, SignInEvent.objects.filter(user=request.user))
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    for event in page:
        event.browser = in_words(event.agent) if event.agent else "—"
    return render(request, "accounts/sign_in_list.html", {"filter": found, "page": page, "kept": KEPT})
