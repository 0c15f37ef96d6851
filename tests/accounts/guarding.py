"""What the tests of the guard share: codes of an app, a staff member, a way in through the front door."""

import base64
import hmac
import secrets
import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

PASSWORD = "tten-test-2026"
LOGIN = {"password": PASSWORD}


def code_of(secret, at=None):
    """What the person's app shows now (RFC 6238)."""
    step = (int(at or time.time()) // 30).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(secret), step, "sha1")
    start = digest[-1] & 0xF
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def give_totp(user):
    """A person with an app; return its secret."""
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    data = {"secret": get_adapter().encrypt(secret)}
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
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
