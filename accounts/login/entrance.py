"""What a right code opens: a sign-in, a new account, a new password, a new number, a bound WeChat."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.allauth_internal import clear_login, complete_signup, perform_login, record_authentication
from accounts.history.sign_ins import record
from accounts.login import lockout
from accounts.login.codes import Code
from accounts.login.registration import make_account, prove_number
from accounts.login.stages import PhoneStage
from accounts.login.wechat import binding
from accounts.models import SignInEvent, User
from records.doors import whole
from records.rules import RuleBroken

RESET_KEY, RESET_SECONDS = "account_reset", 600
NUMBER_TAKEN = f"这个手机号刚刚已经用于另一个帐号，请换一个，或联系技术支持 {settings.SUPPORT_PHONE}。"


def finish(request: HttpRequest, code: Code) -> HttpResponse:
    """Go on with what the code was for."""
    return FINISH[code.purpose](request, code)


def sign_in(request: HttpRequest, code: Code) -> HttpResponse:
    """短信登录."""
    user = code.owner
    if user is None:
        return redirect("account_login")
    prove_number(user, code.target)
    clear_login(request)
    record_authentication(request, user, method="code", phone=code.target)
    return perform_login(request, Login(user=user, redirect_url=code.data.get("next")))


def resume(request: HttpRequest, code: Code) -> HttpResponse:
    """Go on with the sign-in that waited for the number."""
    stage = LoginStageController.enter(request, PhoneStage.key)
    if stage is None or stage.login.user is None or stage.login.user.pk != code.user:
        return redirect("account_login")
    prove_number(stage.login.user, code.target)
    stage.login.user.refresh_from_db()
    return stage.exit()


def register(request: HttpRequest, code: Code) -> HttpResponse:
    """Make the account now that the number is proved; nothing was kept of it before."""
    user = make_account(code.target, **code.data["account"])
    record_authentication(request, user, method="code", phone=code.target)
    return complete_signup(request, user=user, redirect_url=code.data.get("next"))


def allow_reset(request: HttpRequest, code: Code) -> HttpResponse:
    """Let the person choose a new password within ten minutes, once."""
    user = code.owner
    if user is None:
        return redirect("account_reset_password")
    if not code.is_mail:
        prove_number(user, code.target)
    request.session[RESET_KEY] = {"user": user.pk, "stamp": stamp(user), "at": time.time()}
    return redirect("account_reset_password_new")


def who_resets(request: HttpRequest) -> User | None:
    """Whose password may be set anew in this session; None when that was used or is over."""
    kept: dict[str, Any] = request.session.get(RESET_KEY) or {}
    if not kept or time.time() - kept["at"] > RESET_SECONDS:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    return user if user and stamp(user) == kept["stamp"] else None


def stamp(user: User) -> str:
    """What changes with the password, so that one code gives one new password; the salt outlives a move of this file."""
    return salted_hmac("accounts.door.entrance", user.password, algorithm="sha256").hexdigest()


def after_reset(request: HttpRequest, user: User) -> None:
    """The owner has proved himself: old locks go, every other session has ended with the old password."""
    request.session.pop(RESET_KEY, None)
    lockout.forgive(user, by=user, request=request, method="找回密码")


def move_number(request: HttpRequest, code: Code) -> HttpResponse:
    """The person's new number, proved by the code sent to it."""
    user: Any = request.user
    if not user.is_authenticated or user.pk != code.data.get("person"):
        return redirect("account_login")
    try:
        with whole():
            User.objects.filter(pk=user.pk).update(phone=code.target, phone_verified_at=timezone.now())
            record(SignInEvent.Kind.SECURITY, user=user, request=request, method="更换手机号")
    except IntegrityError as taken:
        raise RuleBroken("R-TAKEN", NUMBER_TAKEN) from taken
    messages.success(request, "手机号已更换，下次可以用新的手机号登录。")
    return redirect("account_home")


def keep_mail(request: HttpRequest, code: Code) -> HttpResponse:
    """The person's mail address, proved by the code sent to it."""
    user: Any = request.user
    if not user.is_authenticated or user.pk != code.data.get("person"):
        return redirect("account_login")
    with whole():
        User.objects.filter(pk=user.pk).update(email=code.target, email_verified_at=timezone.now())
        record(SignInEvent.Kind.SECURITY, user=user, request=request, method="验证电子邮箱")
    messages.success(request, "邮箱已验证，办理进展会同时发到这个邮箱，也可以用它找回密码。")
    return redirect("account_home")


def drop_mail(request: HttpRequest) -> HttpResponse:
    """The person uses no mail address any more."""
    user: Any = request.user
    with whole():
        if User.objects.filter(pk=user.pk).exclude(email="").update(email="", email_verified_at=None):
            record(SignInEvent.Kind.SECURITY, user=user, request=request, method="删除电子邮箱")
    messages.success(request, "邮箱已删除，办理进展只在站内通知您。")
    return redirect("account_home")


FINISH: dict[str, Callable[[HttpRequest, Code], HttpResponse]] = {
    "login": sign_in,
    "verify": resume,
    "signup": register,
    "reset": allow_reset,
    "phone": move_number,
    "mail": keep_mail,
    "wechat": binding.go_on,
}
