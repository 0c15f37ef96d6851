"""What a person is told of what whoever keeps the accounts has done with his account."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.offices.deactivation import account_keepers
from notifications.kinds import Kind
from notifications.matters import SECURITY, WORK


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


@dataclass(frozen=True)
class Undelivered:
    """How many messages have reached nobody since whoever keeps the accounts heard of it last."""

    count: int

    def get_absolute_url(self) -> str:
        """The list of what could not be delivered."""
        return reverse("keeper_mail_list")


def keepers(_undelivered: Undelivered) -> QuerySet[User]:
    """Whoever keeps the accounts, by duty or to set the portal up."""
    return account_keepers()


UNDELIVERED = Kind("mails_undelivered", keepers, matter=WORK)
UNLOCKED = Kind("account_unlocked", person, matter=SECURITY)
SIGNED_OUT = Kind("account_signed_out", person, matter=SECURITY)
