"""安全设置: the second factor's pages. They are allauth's, with the portal's rules and its login history."""

from typing import Any

from allauth.account.views import BaseReauthenticateView, ReauthenticateView
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.db import IntegrityError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from accounts.allauth_internal import record_authentication
from accounts.history.sign_ins import record
from accounts.models import SignInEvent, User
from accounts.security.reauthentication import KEPT, WHY, WORDS
from accounts.security.second_factor.services import is_required_of
from records.doors import whole
from records.people import PersonRequest

WAYS = {  # allauth's name of a way to prove oneself → ours
    "reauthenticate": "改用登录密码",
    "mfa_reauthenticate": "改用动态口令或恢复代码",
    "mfa_reauthenticate:webauthn": "改用通行密钥",
}


def note_change(request: PersonRequest, words: str, shown: str = "") -> None:
    """Write a change of the second factor into the login history. shown: the type of one that was just shown to work."""
    record(SignInEvent.Kind.SECURITY, user=request.user, request=request, method=words)
    if shown:
        record_authentication(request, request.user, "mfa", type=shown)


class Index(base.IndexView):
    """安全设置: what guards the account, and what may be added."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With whether the person needs a second factor."""
        return super().get_context_data(**kwargs) | {"is_required": is_required_of(self.request.user)}


class TotpActivate(totp.ActivateTOTPView):
    """绑定动态口令: the QR code, and the first code as the proof that it was read."""

    def dispatch(self, request: PersonRequest, *args: Any, **kwargs: Any) -> Any:
        """A second click finds it done."""
        if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        """Keep it; of two clicks at once one is first."""
        try:
            response = super().form_valid(form)
        except IntegrityError:
            return redirect("mfa_index")
        note_change(self.request, "绑定动态口令", "totp")
        return response


class TotpDeactivate(totp.DeactivateTOTPView):
    """停用动态口令: asks once."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Take it off, unless it has become the last one meanwhile."""
        with whole():
            User.objects.held(self.request.user)
            if not get_adapter().can_delete_authenticator(self.authenticator):
                return refuse(self.request)
            response = super().form_valid(form)
        note_change(self.request, "停用动态口令")
        return response


class PasskeyAdd(webauthn.AddWebAuthnView):
    """添加通行密钥."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Keep it."""
        response = super().form_valid(form)
        note_change(self.request, "添加通行密钥", "webauthn")
        return response


class PasskeyRemove(webauthn.RemoveWebAuthnView):
    """移除通行密钥: asks once."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Take it off, unless it is the last one that the person needs."""
        with whole():
            User.objects.held(self.request.user)
            if not get_adapter().can_delete_authenticator(self.get_object()):
                return refuse(self.request)
            response = super().form_valid(form)
        note_change(self.request, "移除通行密钥")
        return response


class RecoveryCodesGenerate(recovery.GenerateRecoveryCodesView):
    """重新生成恢复代码: asks once, since the old ones stop working."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Make new ones."""
        response = super().form_valid(form)
        note_change(self.request, "重新生成恢复代码")
        return response


def refuse(request: PersonRequest) -> HttpResponse:
    """Say why the last one stays."""
    messages.error(request, get_adapter().error_messages["cannot_delete_authenticator"])
    return redirect("mfa_index")


class ProofMixin(BaseReauthenticateView):
    """A page that asks again who it is: why, whether what was typed is kept, and the other ways."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the reason that the session remembers."""
        context_data: dict[str, Any] = super().get_context_data(**kwargs)
        why = self.request.session.get(WHY, "own")
        others = context_data["reauthentication_alternatives"]
        return context_data | {
            "why": WORDS.get(why, WORDS["own"]),
            "kept": KEPT if "kept" in self.request.session and "kept" in self.request.GET.get("next", "") else "",
            "others": [{"url": other["url"], "label": WAYS[other["id"]]} for other in others],
        }

    def form_valid(self, form: Form) -> HttpResponse:
        """The reason has been met."""
        self.request.session.pop(WHY, None)
        return super().form_valid(form)


class ProvePassword(ProofMixin, ReauthenticateView):
    """验证身份 by password."""


class ProveCode(ProofMixin, base.ReauthenticateView):
    """验证身份 by a code."""


class ProvePasskey(ProofMixin, webauthn.ReauthenticateWebAuthnView):
    """验证身份 by a passkey."""

    def form_invalid(self, form: Form) -> HttpResponse:
        """Say that it was not accepted, and ask again."""
        for words in form.errors.get("credential", []):
            messages.error(context.request, str(words))
        return redirect(self.request.get_full_path())


index, authenticate = Index.as_view(), base.authenticate
totp_activate, totp_deactivate = never_cache(TotpActivate.as_view()), TotpDeactivate.as_view()
passkey_list, passkey_add, passkey_remove = webauthn.list_webauthn, PasskeyAdd.as_view(), PasskeyRemove.as_view()
recovery_codes = never_cache(recovery.view_recovery_codes)  # what is shown once comes from no cache
recovery_codes_generate = RecoveryCodesGenerate.as_view()
prove_password, prove_code, prove_passkey = ProvePassword.as_view(), ProveCode.as_view(), ProvePasskey.as_view()
