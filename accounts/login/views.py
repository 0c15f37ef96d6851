"""Pages at the door: the ways in, registration, the code, a forgotten password, a new number, consent."""

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.allauth_internal import login_stage_required
from accounts.login import codes, entrance, lockout
from accounts.login.account_forms import SignupForm
from accounts.login.codes import Code, Purpose
from accounts.login.consent import TERMS_VERSION, consent
from accounts.login.forms import CodeForm, NewPasswordForm, NewPhoneForm, PhoneForm, ResetForm
from accounts.login.stages import ConsentStage
from accounts.models import User
from accounts.security.reauthentication import proof_needed
from accounts.sms.services import PER_PHONE
from records.people import PersonRequest
from records.rules import RuleBroken

BACK = {  # purpose of a code → its page's title, where to begin again
    "login": ("短信登录", "account_request_login_code"),
    "verify": ("验证手机号", "account_login"),
    "signup": ("验证手机号", "account_signup"),
    "reset": ("找回密码", "account_reset_password"),
    "phone": ("验证新的手机号", "phone_change"),
    "mail": ("验证电子邮箱", "mail_change"),
    "wechat": ("绑定微信", "socialaccount_signup"),
}


class StagedRequest(HttpRequest):
    """A request of somebody who has begun to sign in; allauth's decorator puts the stage there."""

    _login_stage: ConsentStage


class SignupView(allauth_views.SignupView):
    """注册: what is typed waits in the session until the number is proved; then there is an account, not before."""

    def form_valid(self, form: SignupForm) -> HttpResponse:
        """Send a code, or tell the owner of the number by text that he has an account: the page is the same."""
        otherwise = "taken" if form.account_already_exists else ""
        data = {"account": form.account(), "next": self.get_next_url()}
        return send(self.request, form, "signup", form.cleaned_data["phone"], otherwise=otherwise, data=data) or (
            self.form_invalid(form)
        )


def send(request: HttpRequest, form: Form, purpose: Purpose, target: str, **facts: Any) -> HttpResponse | None:
    """Send a code and go to its page; None where a rule refuses, with its sentence in the form."""
    try:
        codes.start(request, purpose, target, **facts)
    except (RuleBroken, ValidationError) as refusal:
        form.add_error(None, str(refusal) if isinstance(refusal, RuleBroken) else refusal)
        return None
    return redirect("account_code")


@never_cache
@login_not_required
def request_login_code(request: HttpRequest) -> HttpResponse:
    """短信登录: a code to the number, whether it has an account or not."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = send_login_code(request, form)
        if answer:
            return answer
    context = {"form": form, "redirect_field_name": "next", "redirect_field_value": get_next_redirect_url(request)}
    return render(request, "account/login_code.html", context)


def send_login_code(request: HttpRequest, form: PhoneForm) -> HttpResponse | None:
    """A code for the account that has the number; a text that says so where there is none."""
    phone = form.cleaned_data["phone"]
    user = get_adapter().get_user_by_phone(phone)
    ends = lockout.locked_until(lockout.Attempt(user, phone, request))
    if ends:
        form.add_error(None, lockout.locked(ends))
        return None
    data = {"next": get_next_redirect_url(request)}
    return send(request, form, "login", phone, user=user, otherwise="" if user else "unknown", data=data)


@never_cache
@login_not_required
def code_page(request: HttpRequest) -> HttpResponse:
    """The page where a code is typed, whatever it is for."""
    code = codes.current(request)
    if code is None:
        messages.error(request, codes.GONE)
        return redirect("account_home" if request.user.is_authenticated else "account_login")
    if request.POST.get("act") == "again":
        return send_again(request, code)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = take_code(request, code, form)
        if answer:
            return answer
    return render(request, "account/code.html", code_context(code, form))


def send_again(request: HttpRequest, code: Code) -> HttpResponse:
    """Another code in place of the last one, under the same limits."""
    try:
        codes.again(request, code)
    except RuleBroken as broken:
        messages.error(request, broken.sentence)
    else:
        messages.success(request, "验证码已重新发送，请查收，以前的验证码已失效。")
    return redirect("account_code")


def take_code(request: HttpRequest, code: Code, form: CodeForm) -> HttpResponse | None:
    """Go on where the code is right; back to the beginning where another try is of no use; None for one more try."""
    try:
        codes.check(request, code, form.cleaned_data["code"])
    except ValidationError as wrong:
        if wrong.code == "wrong":
            form.add_error("code", wrong)
            return None
        codes.drop(request)
        messages.error(request, wrong.message)
        return redirect(BACK[code.purpose][1])
    return entrance.finish(request, code)


def code_context(code: Code, form: CodeForm) -> dict[str, Any]:
    """What the page says: where the code went, until when it is good, where to begin again."""
    title, back = BACK[code.purpose]
    addresses = {"title": title, "back": reverse(back)}
    return {"form": form, "code": code, "ends": codes.ends_at(code), "pause": PER_PHONE[0].span, **addresses}


@never_cache
@login_not_required
def password_reset(request: HttpRequest) -> HttpResponse:
    """忘记密码: a code by text message or by mail, whether there is such an account or not."""
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["login"]
        user = owner_of(target)
        answer = send(request, form, "reset", target, user=user, otherwise="" if user else "unknown")
        if answer:
            return answer
    return render(request, "account/password_reset.html", {"form": form})


def owner_of(target: str) -> User | None:
    """The one person in use with this number or this proved mailbox; nobody where two share a mailbox."""
    by = {"email__iexact": target, "email_verified_at__isnull": False} if "@" in target else {"phone": target}
    people = list(User.objects.filter(is_active=True, **by)[:2])
    return people[0] if len(people) == 1 else None


@never_cache
@login_not_required
@sensitive_post_parameters()
def password_new(request: HttpRequest) -> HttpResponse:
    """The new password, after the code."""
    user = entrance.who_resets(request)
    if user is None:
        messages.error(request, "找回密码的时间已过，请重新获取验证码。")
        return redirect("account_reset_password")
    form = NewPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        get_adapter().set_password(user, form.cleaned_data["password1"])
        entrance.after_reset(request, user)
        messages.success(request, "密码已重设，请用新密码登录。其他设备上的登录已失效。")
        return redirect("account_login")
    return render(request, "account/password_new.html", {"form": form})


@never_cache
@proof_needed
def phone_change(request: PersonRequest) -> HttpResponse:
    """更换手机号: the code goes to the new number; whoever has it already is told by text."""
    user = request.user
    form = NewPhoneForm(request.POST or None, present=user.phone or "")
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        otherwise = "taken" if get_adapter().get_user_by_phone(phone) else ""
        answer = send(request, form, "phone", phone, otherwise=otherwise, data={"person": user.pk})
        if answer:
            return answer
    return render(request, "accounts/phone_change.html", {"form": form})


@login_stage_required(stage=ConsentStage.key, redirect_urlname="account_login")
def consent_page(request: StagedRequest) -> HttpResponse:
    """同意并继续: asked once for each version of the texts, after the person has proved who he is."""
    stage = request._login_stage
    if request.method == "POST":
        if request.POST.get("act") != "agree":
            stage.abort()
            messages.success(request, "您没有同意新的条款，已退出登录。")
            return redirect("home")
        consent(stage.login.user)
        return stage.exit()
    before = stage.login.user.consents.order_by("-at").first()
    return render(request, "account/consent.html", {"version": TERMS_VERSION, "before": before})


signup = SignupView.as_view()
