"""A form that is saved while somebody types says so by a token: he was given this form, at this address, just now."""

from typing import NamedTuple

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpResponseRedirect

SIGNER = TimestampSigner(salt="tten.autosave")
HOURS = 24  # for which a page that lies open may save


class Given(NamedTuple):
    """To whom the form was given; which form of which case it is; whether those who write the case write it together."""

    user: int
    is_shared: bool
    form: str


class NotYetSent(HttpResponseRedirect):
    """Leads to the page that shows what was typed once more, before it goes: what is kept of it stays."""


def token_of(user: int, form: str, *, is_shared: bool) -> str:
    """What the page carries."""
    return SIGNER.sign(f"{user}:{int(is_shared)}:{form}")


def given_in(token: str, *, seconds: int = HOURS * 3600) -> Given | None:
    """What a token says; None where it is false, or older than so many seconds."""
    try:
        user, is_shared, form = SIGNER.unsign(token, max_age=seconds).split(":", 2)
    except (BadSignature, SignatureExpired):
        return None
    return Given(int(user), is_shared == "1", form)
