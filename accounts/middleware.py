"""The guard of every page: pauses, the second factor, money, sessions that were ended elsewhere."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse

from accounts.allauth_internal import AUTHENTICATION_METHODS_SESSION_KEY
from accounts.own_data.deletion import withdraw_deletion
from accounts.security.browser import mark
from accounts.security.drafts import drop_sent
from accounts.security.idle import check_idle
from accounts.security.keeping import find_waiting, let_go
from accounts.security.reauthentication import check_money
from accounts.security.second_factor.services import check_password, check_second_factor
from accounts.security.sessions.services import end_sessions, tell_if_ended
from accounts.security.signed_out import ask_sign_in
from accounts.security.standing import keep_awake, remember
from records.people import PersonRequest

OPEN = frozenset(
    {  # where a person proves who he is, or leaves
        "account_login",
        "account_logout",
        "admin:logout",
        "account_inactive",
        "account_reauthenticate",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)
UNATTENDED = frozenset(
    {"data_export_progress", "form_draft", "mall_picture", "paper_wait", "turn_claim"}
)  # asked by the page itself: no sign of the person
CHECKS = (check_idle, check_second_factor, check_password, check_money)


class SignInMiddleware:
    """Lead a visitor to the sign-in, the whole page of him, and keep what he had typed; Django's own drops it."""

    def __init__(self, get_response: Callable[[PersonRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PersonRequest) -> HttpResponse:
        """Let the request through."""
        return self.get_response(request)

    def process_view(
        self, request: PersonRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Every page asks for a person but those marked with `login_not_required`."""
        is_open = request.user.is_authenticated or not getattr(view, "login_required", True)
        return None if is_open else ask_sign_in(request)


class GuardMiddleware:
    """Ask before each page whether the person may go on as he is; no question to the database but once a minute."""

    def __init__(self, get_response: Callable[[PersonRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PersonRequest) -> HttpResponse:
        """Let the request through; whoever signs in during it is received, and what he is shown is kept by no cache."""
        was_known = request.user.is_authenticated
        if not was_known:
            tell_if_ended(request)
        response = self.get_response(request)
        if request.user.is_authenticated and not was_known:
            receive(request)
        if request.user.is_authenticated:
            let_go(request, response)
            drop_sent(request, response)
            mark(request, response)
        is_public = "immutable" in response.get("Cache-Control", "")  # a picture that everybody may see
        if (request.user.is_authenticated or was_known) and not is_public:
            response["Cache-Control"] = "private, no-store"
        return response

    def process_view(
        self, request: PersonRequest, _view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """The first check that has something against the page answers instead of it."""
        match = request.resolver_match
        if match is None or not request.user.is_authenticated or match.view_name in OPEN:
            return None
        for check in CHECKS:
            answer = check(request)
            if answer is not None:
                return answer
        if match.view_name not in UNATTENDED:
            keep_awake(request)
        return None


def receive(request: PersonRequest) -> None:
    """What follows a sign-in: the session learns whose it is, a staff member's others end, a deletion is off."""
    standing = remember(request)
    count_as_proof(request)
    find_waiting(request)
    if standing["staff"] and settings.STAFF_SINGLE_SESSION:
        end_sessions(request.user, "elsewhere", but=request.session.session_key)
    if withdraw_deletion(request.user):
        messages.success(request, "欢迎回来，您的注销申请已撤回，帐号照常使用。")


def count_as_proof(request: PersonRequest) -> None:
    """Let the sign-in itself be the proof that allauth asks for before it changes a second factor."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY)
    if records:
        records[-1]["reauthenticated"] = True
        request.session.modified = True
