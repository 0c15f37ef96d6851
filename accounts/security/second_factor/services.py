"""The second factor: who needs one, where a session without it is led, how its secrets are kept, who resets it."""

import base64
import hashlib
import io
import secrets

import segno
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from accounts.history.sign_ins import record
from accounts.models import Duty, SignInEvent, User
from accounts.passwords import SHORT, STAFF_LENGTH
from accounts.permissions import refusal_oneself
from accounts.security.reauthentication import WHY, lead, way_back
from accounts.security.sessions.services import end_sessions
from accounts.security.standing import counts_as_staff, proved_second_factor
from accounts.staff import is_staff
from records.doors import door
from records.people import Person, PersonRequest
from records.rules import RuleBroken
from records.steps import note

ISSUER = "天津市科技创新券"
MAIN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SET_UP = frozenset(
    {  # where a staff member without a second factor may go
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_list_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "account_change_password",
        "account_set_password",
    }
)

CHANGING = frozenset({"account_change_password", "account_set_password"})
SHORT_WORDS = f"审核和管理人员的密码至少 {STAFF_LENGTH} 个字符，请先修改密码，再继续办理。"


class MFAAdapter(DefaultMFAAdapter):
    """Chinese words, a QR code by segno, secrets encrypted at rest."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "管理和审核人员至少要保留一种第二重验证，请先添加另一种，再停用这一种。",
        "cannot_generate_recovery_codes": "请先绑定动态口令或通行密钥，再生成恢复代码。",
        "incorrect_code": "验证码不正确或已经用过，请输入最新的验证码。",
        "unverified_email": "请先验证电子邮箱，再设置第二重验证。",
    }

    def get_totp_issuer(self) -> str:
        """The name that the person's app shows."""
        return ISSUER

    def get_totp_label(self, user: Person) -> str:
        """The account's name in the person's app."""
        return str(user.get_username())

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an SVG."""
        drawn = io.BytesIO()
        segno.make_qr(url, error="m").save(drawn, kind="svg", scale=5, border=4, dark="#1d2433", light="#fff")
        return drawn.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """Secrets rest encrypted under SECRET_KEY."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret; in place of one that no key opens stands a new one, which nobody knows."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep their last one while it is required."""
        others = Authenticator.objects.filter(user=authenticator.user, type__in=MAIN).exclude(pk=authenticator.pk)
        return others.exists() or not is_required_of(authenticator.user)

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        """A name for a passkey that was given none."""
        return f"通行密钥 {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site as the person's device calls it."""
        return {**super().get_public_key_credential_rp_entity(), "name": ISSUER}


def _cipher() -> MultiFernet:
    """The cipher of kept secrets; what stands before the key is part of it and outlives a move of this file."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"accounts.guard.second_factor" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def is_required_of(user: Person) -> bool:
    """Whether the person may not be without a second factor."""
    return bool(settings.STAFF_SECOND_FACTOR) and is_staff(user)


def has_second_factor(user: Person) -> bool:
    """Whether the person has set one up; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=MAIN).exists())


def check_second_factor(request: PersonRequest) -> HttpResponse | None:
    """Lead a staff member who has shown none in this session to it, or to setting one up."""
    if not settings.STAFF_SECOND_FACTOR or proved_second_factor(request) or not counts_as_staff(request):
        return None
    if has_second_factor(request.user):
        methods = get_account_adapter().get_reauthentication_methods(request.user)
        url = next(method["url"] for method in methods if method["id"].startswith("mfa"))
        request.session[WHY] = "own"
        return lead(request, f"{url}?{urlencode({'next': way_back(request)})}")
    if request.resolver_match is not None and request.resolver_match.view_name in SET_UP:
        return None
    way_back(request)
    return lead(request, reverse("mfa_index"))


def check_password(request: PersonRequest) -> HttpResponse | None:
    """Lead a staff member who came in with a password shorter than staff's to changing it."""
    if not request.session.get(SHORT) or not counts_as_staff(request):
        return None
    if request.resolver_match is not None and request.resolver_match.view_name in CHANGING:
        return None
    way_back(request)
    messages.warning(request, SHORT_WORDS)
    return lead(request, reverse("account_change_password"))


@door
def reset_second_factor(user: User, *, by: Person) -> None:
    """Take off a lost second factor and end the person's sessions; he sets up a new one when he signs in.

    Raises RuleBroken unless `by` keeps the accounts and is somebody else.
    """
    if by.duty != Duty.ACCOUNTS:
        raise RuleBroken("R-PERM", "只有承担帐号管理职责的管理员可以重置第二重验证。")
    if by.pk == user.pk:
        raise RuleBroken(*refusal_oneself("重置自己的第二重验证"))
    note(user, "reset_second_factor", by=by, text="重置第二重验证")
    Authenticator.objects.filter(user=user).delete()
    record(SignInEvent.Kind.SECURITY, user=user, by=by, method="重置第二重验证")
    end_sessions(user, "reset")
