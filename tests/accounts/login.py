"""What tests at the door share: registering, asking for codes, reading them."""

from unittest import mock

from accounts.login import codes
from accounts.models import TextMessage

SIGNUP = {
    "username": "岳样例",
    "phone": "13800000009",
    "name": "岳·样例",
    "password1": "Tten-Reg-2026",
    "password2": "Tten-Reg-2026",
    "agrees": "on",
}
PASSWORD = "tten-test-2026"


def register(client, **changes):
    return client.post("/account/signup/", SIGNUP | changes)


def ask(client, phone, path="/account/login/code/", **more):
    return client.post(path, {"phone": phone, **more})


def code_for(phone):
    """The figures that the last message to this number holds; it has not left in a test that does not commit."""
    return TextMessage.objects.filter(phone=phone).latest("pk").params["code"]


def type_code(client, code, **extra):
    return client.post("/account/code/", {"code": code}, **extra)


def wrong(code):
    """Another six figures."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def known_code(digits="246810"):
    """Every code is this one."""
    return mock.patch.object(codes, "generate_user_code", return_value=digits)


def who(client):
    """The primary key of who is signed in, None for nobody."""
    key = client.session.get("_auth_user_id")
    return int(key) if key else None
