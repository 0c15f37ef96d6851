"""注销帐号: asked for, thought over for DELETION_DAYS, then the person leaves the rows that the law keeps."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountMail, BoxPaper, Invitation, JoinRequest, SignInEvent, TextMessage, Unit, User
from accounts.own_data.exports import discard
from accounts.security.sessions.services import end_sessions
from accounts.staff import is_staff
from notifications.models import MessageSettings, Notice
from records.doors import door
from records.kinds import case_kinds
from records.people import Person
from records.rules import RuleBroken
from records.services import let_go
from records.steps import note
from reviews.models import ExpertProfile, ExpertTie, ListColumns, PanelSeat, Phrase, SavedView

NAME = "已注销用户"
LOGS_KEPT = dt.timedelta(days=183)  # the login history of somebody who has left (domain.md §10: six months at least)


class Obstacle(NamedTuple):
    """Why an account cannot be deleted yet, and where to mend that."""

    sentence: str
    url: str = ""
    label: str = ""


def obstacles_of(user: User) -> list[Obstacle]:
    """What stands against deletion now, in sentences; nothing if the person may go."""
    found = []
    if is_staff(user):
        found.append(Obstacle("您是审核、评审或管理人员，请先由所在单位负责人或帐号管理员停用您的岗位，再申请注销。"))
    if PanelSeat.objects.filter(expert=user, given_at=None, recused_at=None, turn__closed_at=None).exists():
        found.append(Obstacle("您还有未提交意见的评审任务，请先提交意见或回避。", reverse("seat_list"), "去办理"))
    return found + [obstacle for unit in led_alone_by(user) if (obstacle := obstacle_of(unit))]


def led_alone_by(user: User) -> list[Unit]:
    """The living units whose only 管理员 the person is, with `people`, the number of their members."""
    led = Unit.objects.alive().filter(memberships__user=user, memberships__role="admin").values("pk")
    counted = Unit.objects.filter(pk__in=led).annotate(
        admins=Count("memberships", filter=Q(memberships__role="admin")), people=Count("memberships")
    )
    return list(counted.filter(admins=1).order_by("pk"))


def obstacle_of(unit: Unit) -> Obstacle | None:
    """Why this unit must be handed over first, or None."""
    if vars(unit)["people"] > 1:
        why = "还有其他成员"
    elif any(kind.keeps(unit) for kind in case_kinds()):
        why = "还有办理中的订单、申请、兑现，或仍是入驻的服务机构"
    else:
        return None
    words = f"您是“{unit.name}”唯一的管理员，该单位{why}，请先把管理员移交给同事。"
    return Obstacle(words, reverse("unit_hand_over", args=[unit.number]), "去移交")


@door
def ask_deletion(user: User) -> User:
    """Begin the days of reflection and sign the person out everywhere; RuleBroken while something stands against it."""
    user = User.objects.held(user)
    for obstacle in obstacles_of(user):
        raise RuleBroken("R-DELETE", obstacle.sentence)
    if user.deletion_asked_at is None:
        user.deletion_asked_at = timezone.now()
        user.save(update_fields=["deletion_asked_at"])
        note(user, "ask_deletion", by=user, text=f"申请注销帐号，{settings.DELETION_DAYS} 天后生效")
    end_sessions(user, "deletion")
    return user


@door
def withdraw_deletion(user: User) -> bool:
    """Take back what was asked for; False if nothing was."""
    if user.deletion_asked_at is None:
        return False
    user = User.objects.held(user)
    if user.deletion_asked_at is None or user.deleted_at:
        return False
    user.deletion_asked_at = None
    user.save(update_fields=["deletion_asked_at"])
    note(user, "withdraw_deletion", by=user, text="登录后撤回注销申请")
    return True


def due() -> list[int]:
    """Those whose days of reflection are over."""
    before = timezone.now() - dt.timedelta(days=settings.DELETION_DAYS)
    asked = User.objects.filter(deletion_asked_at__lt=before, deleted_at=None).order_by("pk")
    return list(asked.values_list("pk", flat=True))


@door
def delete_account(pk: int, *, by: Person) -> bool:
    """Take the person out of his account; False if he came back, is gone already, or something stands against it."""
    user = User.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if user.deleted_at or pk not in due() or obstacles_of(user):
        return False
    note(user, "delete_account", by=by, text="注销期满，帐号已匿名化")
    forget_traces(user)
    phone = user.phone
    AccountMail.objects.filter(to__in=filter(None, [user.email])).delete()
    user.name, user.username, user.phone, user.email = NAME, f"deleted-{user.pk}", None, ""
    user.phone_verified_at = user.email_verified_at = user.acting_for = None
    user.is_active, user.deleted_at = False, timezone.now()
    user.set_unusable_password()
    user.save()
    if phone:
        TextMessage.objects.filter(phone=phone).delete()
        Invitation.objects.filter(phone=phone, closed_at=None).update(closed_at=timezone.now())
        Invitation.objects.filter(phone=phone).update(phone="")
    return True


def forget_traces(user: User) -> None:
    """Delete what belongs to the person alone: ways in, places in units, messages, his lists at a desk, copies of his data."""
    for model in (Authenticator, SocialAccount, EmailAddress, SavedView, ListColumns):
        model._default_manager.filter(user=user).delete()
    Phrase.objects.filter(owner=user).delete()
    end_sessions(user, "deletion")
    units = list(user.unit_memberships.values_list("unit", flat=True))
    user.unit_memberships.all().delete()
    empty_boxes(units)
    JoinRequest.objects.filter(user=user, answer="").update(
        answer=JoinRequest.Answer.WITHDRAWN, answered_at=timezone.now()
    )
    ExpertProfile.objects.filter(user=user).delete()
    ExpertTie.objects.filter(expert=user).delete()
    Notice.objects.filter(recipient=user).delete()
    MessageSettings.objects.filter(person=user).delete()
    for export in user.data_exports.all():
        discard(export)
    for kind in case_kinds():
        kind.forget(user)


def empty_boxes(units: Collection[int]) -> None:
    """What a unit kept in its 材料箱 goes with its last member; what its cases took of it stays with them."""
    left = BoxPaper.objects.filter(unit__in=units, unit__memberships=None)
    documents = [paper.document for paper in left.select_related("document")]
    left.delete()
    for document in documents:
        let_go(document)


def forget_old_logs() -> int:
    """Delete the login history of people who have left, six months after they did; return how many lines."""
    gone = User.objects.filter(deleted_at__lt=timezone.now() - LOGS_KEPT)
    return SignInEvent.objects.filter(user__in=gone).delete()[0]
