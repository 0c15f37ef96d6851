"""The person proves again who he is: after a long pause, before decisions about money, before his data leave."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect

from accounts.security.keeping import SAFE, keep_typed, page_above
from accounts.security.standing import proved_within
from records.people import PersonRequest
from reviews.money import decides_money

WHY = "proof_why"
PROOF_SECONDS = 300  # how long a proof holds before what only the person himself may do
WORDS = {
    "idle": "您已较长时间没有操作，为了安全请再次验证身份。",
    "money": "这一步关系到补贴金额，请先验证是您本人在操作。",
    "own": "这一步关系到您的帐号安全，请先验证是您本人在操作。",
}
KEPT = "您刚才填写的内容已保留，验证后可以继续提交。"


def ask_proof(request: PersonRequest, why: str) -> HttpResponse:
    """Keep what was typed and lead to the page that asks who it is. why: a key of WORDS."""
    target = way_back(request)
    methods = get_adapter().get_reauthentication_methods(request.user)
    if methods:
        request.session[WHY] = why
        return lead(request, f"{methods[0]['url']}?{urlencode({'next': target})}")
    logout(request)  # neither password nor second factor: signing in again is the proof
    messages.info(request, f"{WORDS[why]}您的帐号没有设置密码，请重新登录后继续。")
    return lead(request, f"{reverse('account_login')}?{urlencode({'next': target})}")


def way_back(request: PersonRequest) -> str:
    """Where the person goes on when he has said who he is: at the page he asked for, or at what he had typed."""
    return came_from(request) if request.method in SAFE else keep_typed(request) or page_above(request.path)


def lead(request: PersonRequest, url: str) -> HttpResponse:
    """Redirect the page, also where only a part of it was asked for."""
    return HttpResponseClientRedirect(url) if getattr(request, "htmx", False) else HttpResponseRedirect(url)


def came_from(request: PersonRequest) -> str:
    """The page to come back to: for a part of a page, the page that it stands in."""
    path = getattr(request, "htmx", False) and request.htmx.current_url_abs_path
    if path and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return str(path)
    return request.get_full_path()


def check_money(request: PersonRequest) -> HttpResponse | None:
    """Before a decision about money, a proof within MONEY_REAUTH_SECONDS."""
    match = request.resolver_match
    if not settings.MONEY_REAUTH_SECONDS or match is None or request.method != "POST":
        return None
    if proved_within(request, settings.MONEY_REAUTH_SECONDS):
        return None
    if decides_money(match.view_name, match.kwargs.get("pk"), request.POST):
        return ask_proof(request, "money")
    return None


def proof_needed(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a view run only within PROOF_SECONDS of a proof."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> Any:
        if proved_within(request, PROOF_SECONDS):
            return view(request, *args, **kwargs)
        return ask_proof(request, "own")

    return guarded
