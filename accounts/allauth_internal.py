"""What we use of allauth's `internal` packages, which may change with any release: here, and nowhere else.

`requirements.in` holds allauth to its minor line; `tests/accounts/test_allauth.py` holds that each name is there and still
takes what we give it.
"""

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    perform_login,
    record_authentication,
)
from allauth.account.internal.flows.signup import complete_signup
from allauth.account.internal.stagekit import clear_login
from allauth.account.internal.userkit import get_user_by_username
from allauth.core.internal.cryptokit import generate_user_code, normalize_user_code
from allauth.core.internal.httpkit import get_client_ip
from allauth.socialaccount.internal.flows.signup import clear_pending_signup, get_pending_signup

__all__ = [
    "AUTHENTICATION_METHODS_SESSION_KEY",
    "clear_login",
    "clear_pending_signup",
    "complete_signup",
    "generate_user_code",
    "get_authentication_records",
    "get_client_ip",
    "get_pending_signup",
    "get_user_by_username",
    "login_stage_required",
    "normalize_user_code",
    "perform_login",
    "record_authentication",
]
