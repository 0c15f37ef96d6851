"""What a person is told of what whoever keeps the accounts has done with his account."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from notifications.kinds import Kind


@dataclass(frozen=True)
class Kept:
    """An act on an account: why."""

    user: User
    reason: str = ""

    def get_absolute_url(self) -> str:
        """Where the person reads what happened to his account."""
        return reverse("sign_in_list")


def person(kept: Kept) -> list[User]:
    """Whose account it is."""
    return [kept.user]


UNLOCKED = Kind("account_unlocked", person)
SIGNED_OUT = Kind("account_signed_out", person)
