"""Addresses of what guards an account: the second factor, proofs, sessions."""

from django.urls import path

from accounts.security import views as security_views
from accounts.security.second_factor import views as second_factor
from accounts.security.sessions import views as session_views

security = [
    path("account/challenge/", second_factor.authenticate, name="mfa_authenticate"),
    path("account/prove/", second_factor.prove_password, name="account_reauthenticate"),
    path("account/prove/code/", second_factor.prove_code, name="mfa_reauthenticate"),
    path("account/prove/passkey/", second_factor.prove_passkey, name="mfa_reauthenticate_webauthn"),
    path("account/kept/<str:key>/", security_views.kept_form, name="kept_form"),
    path("account/drafts/", security_views.form_draft, name="form_draft"),
    path("account/awake/", security_views.session_awake, name="session_awake"),
    path("center/account/security/", second_factor.index, name="mfa_index"),
    path("center/account/security/totp/", second_factor.totp_activate, name="mfa_activate_totp"),
    path("center/account/security/totp/off/", second_factor.totp_deactivate, name="mfa_deactivate_totp"),
    path("center/account/security/passkeys/", second_factor.passkey_list, name="mfa_list_webauthn"),
    path("center/account/security/passkeys/add/", second_factor.passkey_add, name="mfa_add_webauthn"),
    path("center/account/security/passkeys/<int:pk>/off/", second_factor.passkey_remove, name="mfa_remove_webauthn"),
    path("center/account/security/codes/", second_factor.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "center/account/security/codes/new/", second_factor.recovery_codes_generate, name="mfa_generate_recovery_codes"
    ),
    path("center/account/sessions/", session_views.session_list, name="session_list"),
    path("center/account/sessions/<int:pk>/end/", session_views.session_end, name="session_end"),
    path("center/account/sessions/end/", session_views.session_end_all, name="session_end_all"),
]
