"""Which WeChat belongs to whom: bound after a code to the person's number, unbound while another way in is left."""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.allauth_internal import (
    clear_login,
    clear_pending_signup,
    get_pending_signup,
    perform_login,
    record_authentication,
)
from accounts.history.sign_ins import record
from accounts.login.codes import Code
from accounts.login.registration import prove_number
from accounts.login.wechat.provider import ID
from accounts.models import SignInEvent, User
from records.doors import door
from records.people import Person
from records.rules import RuleBroken

PHONE_KEY, BIND_KEY = "wechat_phone", "wechat_bind"
SECONDS = 900  # how long a scan waits for the number and the name
OTHER = "这个帐号已经绑定另一个微信。请先用密码或短信验证码登录，在“我的帐号”中解除绑定，再重新绑定。"
ELSEWHERE = "这个微信已经绑定了另一个帐号。"
LOST = "微信扫码已失效，请重新扫码。"
LAST_WAY = "微信是您登录的唯一方式，现在不能解除绑定。请先设置登录密码或手机号，再解除。"


def pending(request: HttpRequest) -> SocialLogin | None:
    """The scan of this session that belongs to nobody yet."""
    return get_pending_signup(request)


def go_on(request: HttpRequest, code: Code) -> HttpResponse:
    """The number is proved: bind the WeChat to its account, or go on to register one."""
    login = pending(request)
    if login is None:
        messages.error(request, LOST)
        return redirect("account_login_wechat")
    user = get_adapter().get_user_by_phone(code.target)
    if user is None:
        request.session[PHONE_KEY] = {"phone": code.target, "at": time.time()}
        return redirect("wechat_register")
    prove_number(user, code.target)
    return enter(request, login, user)


def enter(request: HttpRequest, login: SocialLogin, user: User) -> HttpResponse:
    """Sign in; the WeChat is bound when every stage is passed, so that a second factor stands before it."""
    request.session[BIND_KEY] = {"user": user.pk, "uid": login.account.uid, "extra": login.account.extra_data}
    clear_pending_signup(request)
    clear_login(request)
    request.session.pop(PHONE_KEY, None)
    record_authentication(request, user, method="code")
    record_authentication(request, user, "socialaccount", provider=ID, uid=login.account.uid)
    return perform_login(request, Login(user=user, redirect_url=login.get_redirect_url(request)))


def proved_phone(request: HttpRequest) -> str:
    """The number that this session has proved for its scan, while that is fresh; empty else."""
    kept: dict[str, Any] = request.session.get(PHONE_KEY) or {}
    return str(kept["phone"]) if kept and time.time() - kept["at"] <= SECONDS else ""


def bind_waiting(request: HttpRequest, user: User) -> None:
    """Bind the WeChat that waits in the session for this person, now that he is in."""
    waiting = request.session.pop(BIND_KEY, None)
    if not waiting or waiting["user"] != user.pk:
        return
    bind_and_tell(request, user, waiting["uid"], waiting["extra"])


def bind_and_tell(request: HttpRequest, user: Person, uid: str, extra: dict[str, Any]) -> None:
    """Bind, and say on the next page how that went."""
    try:
        bind(user, uid, extra, request=request)
    except RuleBroken as broken:
        messages.error(request, broken.sentence)
    else:
        messages.success(request, "微信已绑定，下次可以直接扫码登录。")


@door
def bind(user: User, uid: str, extra: dict[str, Any], *, request: HttpRequest | None = None) -> SocialAccount:
    """Let this WeChat open this account; one WeChat for one account, and the other way round."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if SocialAccount.objects.filter(user=user, provider=ID).exclude(uid=uid).exists():
        raise RuleBroken("R-WECHAT", OTHER)
    try:
        with transaction.atomic():
            account, is_new = SocialAccount.objects.get_or_create(
                provider=ID, uid=uid, defaults={"user": user, "extra_data": extra}
            )
    except IntegrityError as taken:  # pragma: no cover - get_or_create looks again
        raise RuleBroken("R-WECHAT", ELSEWHERE) from taken
    if account.user_id != user.pk:
        raise RuleBroken("R-WECHAT", ELSEWHERE)
    if is_new:
        record(SignInEvent.Kind.SECURITY, user=user, request=request, method="绑定微信")
    return account


@door
def unbind(user: User, *, request: HttpRequest | None = None) -> None:
    """Take the WeChat off the account; refused where nothing else would open it."""
    person = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not person.has_usable_password() and not person.phone:
        raise RuleBroken("R-LAST", LAST_WAY)
    gone, _ = SocialAccount.objects.filter(user=person, provider=ID).delete()
    if gone:
        record(SignInEvent.Kind.SECURITY, user=person, request=request, method="解除绑定微信")


def bound(user: User) -> SocialAccount | None:
    """The person's WeChat."""
    return SocialAccount.objects.filter(user=user, provider=ID).first()
