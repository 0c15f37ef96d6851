"""管理职责: who keeps accounts, the catalog or the audit; one person has one duty, and nobody gives himself one."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from accounts.models import Duty, User
from notifications.kinds import Kind
from notifications.matters import SECURITY
from notifications.services import notify
from records.doors import door
from records.people import Person
from records.rules import RuleBroken
from records.steps import note
from reviews.models import Office, OfficeMember
from reviews.permissions import is_municipal, leads_at

ALL = frozenset(Duty.values)
WITHOUT_AUDIT = ALL - {Duty.AUDIT}
WHAT = {  # what a duty opens; shown where duties are given
    Duty.ACCOUNTS: "用户帐号、登录记录、短信和邮件记录、单位成员",
    Duty.CATALOG: "产品、服务机构、产品分类、京津冀实验室",
    Duty.AUDIT: "操作留痕、登录记录和全部业务记录，只读",
}


@dataclass(frozen=True)
class Appointment:
    """A duty given or taken, for the notice to the person."""

    user: User
    before: str
    after: str

    def get_absolute_url(self) -> str:
        """Where the person goes on."""
        return reverse("user_center")


def appointed(appointment: Appointment) -> list[User]:
    """The person himself."""
    return [appointment.user]


DUTY_CHANGED = Kind("duty_changed", appointed, matter=SECURITY)


def duties_given_by(user: Person, leads: set[str] | None = None) -> frozenset[str]:
    """The duties that the person may give and take: 市科技局's 负责人 all, 帐号管理 and the first set-up no audit.

    leads: `leads_at(user)`, where somebody has asked already.
    """
    if not user.is_active:
        return frozenset()
    if Office.Kind.MUNICIPAL in (leads_at(user) if leads is None else leads):
        return ALL
    return WITHOUT_AUDIT if user.duty == Duty.ACCOUNTS or user.is_superuser else frozenset()


def may_set_duty(target: User, by: Person, duty: str, given: frozenset[str] | None = None) -> bool:
    """Whether the person may give the duty ("" takes it) to somebody: never to himself, never over a greater hand.

    given: `duties_given_by(by)`, where a page has asked already.
    """
    given = duties_given_by(by) if given is None else given
    touched = {target.duty, duty} - {""}
    return target.pk != by.pk and bool(given) and touched <= given


@door
def set_duty(target: User, duty: str, *, by: Person) -> User:
    """Give the person a duty, or take it with ""; he is told, his trail keeps it. Nothing changed is nothing done."""
    target = User.objects.select_for_update(of=("self",), no_key=True).get(pk=target.pk)
    if target.pk == by.pk:
        raise RuleBroken("R-SELF", "不能改变自己的管理职责，请由市科技局负责人办理。")
    if not may_set_duty(target, by, duty):
        raise RuleBroken("R-PERM", "您没有指定或免去这项职责的权限；审计职责只能由市科技局负责人指定。")
    before = target.duty
    if before == duty:
        return target
    if duty:
        check_apart(target, duty)
        if Office.Kind.MUNICIPAL not in leads_at(by) and is_municipal(target):
            raise RuleBroken("R-PERM", "市科技局人员的管理职责由市科技局负责人指定。")
    target.duty, target.is_staff = duty, bool(duty) or target.is_superuser
    target.save(update_fields=["duty", "is_staff"])
    note(target, "duty_changed", by=by, text=f"{label_of(before)} → {label_of(duty)}")
    notify(DUTY_CHANGED, Appointment(target, label_of(before), label_of(duty)))
    return target


def check_apart(target: User, duty: str) -> None:
    """Whoever audits neither administers nor decides: no superuser, no place at any office (docs/adr/0066)."""
    if not target.is_active:
        raise RuleBroken("R-DUTY", f"{target}的帐号已停用，不能指定职责。")
    if target.duty and target.duty != duty:
        raise RuleBroken("R-DUTY", f"{target}现在的职责是{target.get_duty_display()}，一人只有一项职责，请先免去。")
    if duty != Duty.AUDIT:
        return
    if target.is_superuser:
        raise RuleBroken("R-DUTY", f"{target}是系统初始化帐号，不能负责审计，请更换人选。")
    places = OfficeMember.objects.filter(user=target, ended_at=None)
    place = places.standing().select_related("office").first()
    if place is not None:
        raise RuleBroken("R-DUTY", f"{target}在{place.office}任职，不能负责审计，请更换人选，或先停用其岗位。")
    places.update(ended_at=timezone.now())  # leaves whose last day has passed


def label_of(duty: str) -> str:
    """The duty's name; 无 for none."""
    return Duty(duty).label if duty else "无"


def may_enter_administration(user: Person) -> bool:
    """Whether 后台管理 is open: to a duty, to the first set-up, and to 市科技局, whose policy is kept there."""
    return bool(user.is_active and (user.duty or user.is_superuser or is_municipal(user)))
