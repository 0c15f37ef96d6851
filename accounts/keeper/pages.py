"""What the pages of 帐号管理 show: a person's account in plain words."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.keeper.services import subject_of
from accounts.login.lockout import locked_of
from accounts.models import SignInEvent, User
from accounts.permissions import may_unlock
from accounts.security.second_factor.services import has_second_factor, is_required_of
from accounts.security.sessions.services import devices_of
from notifications.models import Delivery
from records.people import Person
from ui.figures import bare_phone
from ui.words import found_by, in_columns

TITLE = "帐号管理"
LATEST = 5  # lines of the login history on a person's page


def found(words: str) -> QuerySet[User]:
    """The people of whom each word is part of a name, an address or a unit, or the whole phone number."""
    people = User.objects.order_by("name_key", "pk").prefetch_related("units")
    return people.filter(found_by(words, named)) if words.strip() else people.none()


def named(word: str) -> Q:
    """The people whom one word names."""
    units = User.objects.filter(in_columns(word, "units__name")).values("pk")
    return in_columns(word, "username", "name", "email") | Q(phone=bare_phone(word)) | Q(pk__in=units)


Pauses = tuple[dt.datetime | None, dt.datetime | None]  # of `locked_of`


def standing(user: User, pauses: Pauses) -> list[tuple[str, str]]:
    """[(label, in plain words)] of the account."""
    lock, everywhere = pauses
    moment = "%m-%d %H:%M"
    locked = f"{timezone.localtime(lock):{moment}} 以前，在输错的设备上" if lock else ""
    guarded = f"{timezone.localtime(everywhere):{moment}} 以前，只能在登录过的设备上用密码" if everywhere else ""
    return [
        ("帐号", use_of(user)),
        ("登录", "；".join(filter(None, (locked and f"暂停到 {locked}", guarded))) or "没有暂停"),
        ("第二重验证", factor_of(user)),
        ("上次登录", f"{timezone.localtime(user.last_login):%Y-%m-%d %H:%M}" if user.last_login else "从未登录"),
        ("管理职责", user.get_duty_display() or "没有"),
    ]


def use_of(user: User) -> str:
    """Whether the account is in use."""
    if user.deleted_at:
        return f"已注销（{timezone.localtime(user.deleted_at):%Y-%m-%d}）"
    return ("在用，已申请注销" if user.deletion_asked_at else "在用") if user.is_active else "已停用"


def factor_of(user: User) -> str:
    """Whether there is a second factor, never what it is."""
    if has_second_factor(user):
        return "已设置"
    return "未设置，下次登录时必须设置" if is_required_of(user) else "未设置"


def person_context(user: User, by: Person) -> dict[str, Any]:
    """Everything of the page of one person; a lock is lifted where there is one."""
    pauses = locked_of(user)
    return {
        "person": user,
        "standing": standing(user, pauses),
        "places": user.office_memberships.standing().select_related("office"),
        "memberships": user.unit_memberships.select_related("unit").order_by("since"),
        "devices": devices_of(user, None),
        "sign_ins": SignInEvent.objects.filter(user=user).select_related("by")[:LATEST],
        "may_unlock": may_unlock(user, by) and any(pauses),
        "is_own": user.pk == by.pk,
        "crumbs": [(TITLE, reverse("keeper_list")), (str(user), "")],
    }


def unsent() -> QuerySet[Delivery]:
    """The messages that have not left although they were tried: those that are tried again before those that were given up."""
    tried = Delivery.objects.filter(sent_at=None).filter(~Q(failed_at=None) | ~Q(problem=""))
    return tried.select_related("notice__recipient").order_by("-due_at", "-pk")


def told(mails: list[Delivery]) -> list[Delivery]:
    """The mails with what they are about."""
    for mail in mails:
        vars(mail)["about"] = subject_of(mail)
    return mails
