"""New people, and numbers that are proved to be theirs."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.advisory import hold_name
from accounts.login.consent import consent
from accounts.models import User
from records.doors import door
from records.rules import RuleBroken

TAKEN = "这个用户名或手机号刚刚已经注册，请直接登录，或换一个用户名重新注册。"


@door
def make_account(phone: str, *, username: str, name: str, password: str, terms: str) -> User:
    """A new person with a proved number and his consent; RuleBroken where name or number went to somebody else.

    password: hashed. terms: the version that he agreed to.
    """
    hold_name(f"username:{username.lower()}")
    if User.objects.filter(username__iexact=username).exists():
        raise RuleBroken("R-TAKEN", TAKEN)
    try:
        with transaction.atomic():
            user = User.objects.create(
                username=username, name=name, password=password, phone=phone, phone_verified_at=timezone.now()
            )
    except IntegrityError as taken:
        raise RuleBroken("R-TAKEN", TAKEN) from taken
    consent(user, terms)
    return user


def prove_number(user: User, phone: str) -> None:
    """Keep that the number is the person's, the first time that he shows it."""
    unproved = User.objects.filter(pk=user.pk, phone=phone, phone_verified_at=None)
    unproved.update(phone_verified_at=timezone.now())
