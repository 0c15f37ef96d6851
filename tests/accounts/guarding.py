"""What the tests of the guard share: codes of an app, a staff member, a way in through the front door."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

PASSWORD = "tten-test-2026"
LOGIN = {"password": PASSWORD}


def code_of(secret, at=None):
    """What the person's app shows now."""
    return format_hotp_value(hotp_value(secret, int(at or time.time()) // 30))


def give_totp(user):
    """A person with an app; return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def sign_in(user, client=None, secret=None):
    """Sign in as people do, by password and, if he has one, by code; return the browser."""
    client = client or Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0"})
    client.post(reverse("account_login"), {"login": user.username, **LOGIN})
    if secret:
        client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    return client


def signed_in(client):
    """Whether the browser is signed in."""
    return "_auth_user_id" in client.session


def has_factor(user, kind=Authenticator.Type.TOTP):
    return Authenticator.objects.filter(user=user, type=kind).exists()


def set_up(client):
    """Read the QR code's secret and type the first code."""
    page = client.get(reverse("mfa_activate_totp"))
    assert "no-store" in page["Cache-Control"]
    secret = page.context["form"].secret
    return secret, client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
