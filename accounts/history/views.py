"""登录记录 of the own account."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.history.browsers import in_words
from accounts.history.filters import SignInFilter
from accounts.history.sign_ins import LEAST_MONTHS
from accounts.models import SignInEvent
from records.people import PersonRequest
from ui.listing import exported
from ui.paging import page_of

KEPT = f"每一次登录、失败的尝试和安全设置的变更，至少保存 {LEAST_MONTHS} 个月。"


@exported(
    "登录记录",
    {
        "时间": "at",
        "事项": "get_kind_display",
        "方式": "method",
        "来源地址": "address",
        "浏览器": "agent",
    },
)
@require_safe
def sign_in_list(request: PersonRequest) -> HttpResponse:
    """登录记录: every way in and every change of what guards the account, the latest first."""
    found = SignInFilter(request.GET, SignInEvent.objects.filter(user=request.user))
    page = page_of(request, found.qs)
    for event in page:
        event.browser = in_words(event.agent) if event.agent else "—"
    return render(request, "accounts/sign_in_list.html", {"filter": found, "page": page, "kept": KEPT})
