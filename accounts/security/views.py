"""What was typed before a proof was asked for, and the sign that somebody is still there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.security.keeping import kept_in
from records.people import PersonRequest


@never_cache
@require_safe
def kept_form(request: PersonRequest) -> HttpResponse:
    """您输入的内容已保留: the very same fields wait to be sent to the very same address."""
    kept = kept_in(request)
    if kept is None:
        messages.info(request, "没有需要继续提交的内容，可能已经提交过了。")
        return redirect("user_center")
    return render(request, "accounts/kept_form.html", {"kept": kept})


@never_cache
@require_safe
def session_awake(_request: PersonRequest) -> HttpResponse:
    """The person pressed 继续使用: reaching this address is the sign that he is there."""
    return HttpResponse(status=204)
