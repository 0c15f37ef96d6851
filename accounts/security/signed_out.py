"""A session is over, or never was: the way to the sign-in, and what was typed meanwhile."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import render

from accounts.models.keeping import HOURS
from accounts.security.keeping import SAFE, keep_typed, page_above, typed_in
from accounts.security.reauthentication import came_from, lead
from records.people import PersonRequest

OVER = f"登录已结束。您刚才填写的内容已保留 {HOURS} 小时，请用同一个帐号重新登录，登录后可以查看并继续提交。"


def ask_sign_in(request: PersonRequest) -> HttpResponse:
    """Lead the whole page to the sign-in, from where it goes on at what was typed; else show that to be copied."""
    if request.method in SAFE:
        return to_sign_in(request, came_from(request))
    if brings_files_alone(request):
        return render(request, "accounts/signed_out_files.html", status=403)
    address = keep_typed(request)
    if address:
        messages.info(request, OVER)
        return to_sign_in(request, address)
    typed = typed_in(request)
    return to_copy(request) if typed.shown else to_sign_in(request, page_above(request.path))


def brings_files_alone(request: PersonRequest) -> bool:
    """Whether a part of a page sends files and no words: the page, with all that was typed there, had better stay."""
    typed = typed_in(request)
    return bool(getattr(request, "htmx", False) and typed.files and not typed.shown)


def to_sign_in(request: PersonRequest, target: str) -> HttpResponse:
    """The sign-in, and after it the target."""
    return lead(request, redirect_to_login(target).url)


def to_copy(request: PersonRequest) -> HttpResponse:
    """Nobody knows whose words these are: they stand on the answer's page, also where only a part of it was asked for."""
    back = redirect_to_login(page_above(request.path)).url
    page = render(request, "accounts/signed_out.html", {"typed": typed_in(request), "back": back}, status=403)
    if getattr(request, "htmx", False):
        page.status_code = 200  # else htmx shows nothing of it
        page["HX-Retarget"], page["HX-Reswap"], page["HX-Reselect"] = "#main", "outerHTML", "#main"
    return page
