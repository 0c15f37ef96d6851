"""Pages of 微信: the tab, the way out and back, the number and the name of somebody new, binding and unbinding."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.login.consent import TERMS_VERSION
from accounts.login.forms import NewcomerForm, PhoneForm
from accounts.login.registration import make_account
from accounts.login.views import send
from accounts.login.wechat import binding
from accounts.login.wechat.provider import WechatOAuth2Adapter
from accounts.models import User
from accounts.security.reauthentication import proof_needed
from records.people import PersonRequest

OFF = "微信登录未开通。"


def going_to_wechat(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Let the forms of this page, and of no other, lead on to WeChat."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        address = urlsplit(settings.WECHAT_AUTHORIZE_URL)
        origin = {"form-action": [f"{address.scheme}://{address.netloc}"]} if settings.WECHAT_APP_ID else {}
        return csp_update(origin)(view)(request, *args, **kwargs)

    return page


@never_cache
@login_not_required
@require_safe
@going_to_wechat
def login_page(request: HttpRequest) -> HttpResponse:
    """微信登录, the third tab."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"is_on": bool(settings.WECHAT_APP_ID), "redirect_field_value": get_next_redirect_url(request)}
    return render(request, "account/login_wechat.html", context)


def only_where_set_up(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Without an application id there is no WeChat to go to."""

    @never_cache
    @login_not_required
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.WECHAT_APP_ID:
            messages.error(request, OFF)
            return redirect("account_login")
        return view(request, *args, **kwargs)

    return page


start_login = OAuth2LoginView.adapter_view(WechatOAuth2Adapter)
take_answer = OAuth2CallbackView.adapter_view(WechatOAuth2Adapter)


@only_where_set_up
def leave(request: HttpRequest) -> HttpResponse:
    """Go to WeChat; a GET only shows the tab. Whoever binds it to his account proves himself first."""
    if request.method != "POST":
        return redirect("account_login_wechat")
    return (proof_needed(start_login) if request.user.is_authenticated else start_login)(request)


@only_where_set_up
@require_safe
def come_back(request: HttpRequest) -> HttpResponse:
    """Back from WeChat with a code, a refusal or nonsense; a code that cannot be read is a failed scan."""
    try:
        return take_answer(request)
    except (OAuth2Error, ValueError, KeyError, TypeError):
        return failed(request)


@login_not_required
def failed(request: HttpRequest) -> HttpResponse:
    """The page for whatever went wrong on the way to WeChat and back."""
    return render(request, "socialaccount/authentication_error.html", status=401)


@only_where_set_up
def bind(request: HttpRequest) -> HttpResponse:
    """Somebody new has scanned: his number decides which account the WeChat belongs to."""
    if binding.pending(request) is None:
        messages.error(request, binding.LOST)
        return redirect("account_login_wechat")
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = send(request, form, "wechat", form.cleaned_data["phone"])
        if answer:
            return answer
    return render(request, "account/wechat_bind.html", {"form": form})


@only_where_set_up
def register(request: HttpRequest) -> HttpResponse:
    """The number has no account: name and consent make one."""
    login, phone = binding.pending(request), binding.proved_phone(request)
    if login is None or not phone:
        messages.error(request, binding.LOST)
        return redirect("account_login_wechat")
    form = NewcomerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return newcomer(request, login, phone, form.cleaned_data["name"])
    return render(request, "account/wechat_register.html", {"form": form, "phone": phone})


def newcomer(request: HttpRequest, login: SocialLogin, phone: str, name: str) -> HttpResponse:
    """Make the account and sign it in; it has no password yet."""
    password, username = make_password(None), free_username()
    user = make_account(phone, username=username, name=name, password=password, terms=TERMS_VERSION)
    return binding.enter(request, login, user)


def free_username() -> str:
    """A user name that nobody has; the person can sign in by his number and WeChat anyway."""
    while True:
        name = f"wx_{get_random_string(8, 'abcdefghjkmnpqrstuvwxyz23456789')}"
        if not User.objects.filter(username=name).exists():
            return name


@never_cache
@require_safe
@going_to_wechat
def account_page(request: PersonRequest) -> HttpResponse:
    """微信 of 我的帐号: bind or unbind."""
    context = {"bound": binding.bound(request.user), "is_on": bool(settings.WECHAT_APP_ID)}
    return render(request, "accounts/wechat_account.html", context)


@require_POST
@proof_needed
def unbind(request: PersonRequest) -> HttpResponse:
    """Take the WeChat off the account."""
    binding.unbind(request.user, request=request)
    messages.success(request, "微信已解除绑定，以后请用手机号或用户名登录。")
    return redirect("account_home")
