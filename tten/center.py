"""用户中心: what needs this person now, and his cases at a glance; at most fifteen queries with the frame's own."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from accounts.members.switching import shown_unit
from accounts.models import Duty, Unit
from accounts.offices.duties.services import WHAT
from accounts.permissions import can_write_for
from accounts.workflow import State as Certification
from catalog.models import Admission
from catalog.workflow import State as Admitting
from notifications.models import Notice
from orders.models import Order
from orders.workflow import State as Ordering
from policy.calendar import today
from policy.models import PolicyVersion
from policy.reach import calendar_gap
from records.people import Person
from redemption.models import Claim
from redemption.workflow import State as Claiming
from reviews.models import Office, PanelSeat, ReviewedCase
from reviews.questions.reading import with_asked
from tten.desk import Desk
from tten.menu import DECIDING
from vouchers.ledger import quota_of as quota_account_of
from vouchers.models import Application, QuotaAccount
from vouchers.workflow import State as Applying

C = TypeVar("C", bound=ReviewedCase)
MOST = 20  # rows of what needs the person now
LATEST = 5
CERTIFICATION_ACTS = {
    Certification.UNCERTIFIED: ("认证资料还没有提交", "填写并提交"),
    Certification.RETURNED: ("认证资料被退回修改", "按意见修改"),
    Certification.EXPIRED: ("需要重新认证", "更新资料"),
    Certification.FROZEN: ("单位已被冻结，不能提交新的事项", "查看原因"),
}
CLAIM_ACTS = {
    Claiming.ACCEPTED: "导出兑现申请表，签字盖章后上传",
    Claiming.FORM_RETURNED: "申请表被退回，请重新上传",
}


@dataclass(frozen=True)
class Task:
    """One thing that waits for the person."""

    what: str
    why: str
    url: str
    label: str
    until: dt.date | None = None


def center_of(desk: Desk) -> dict[str, Any]:
    """Context of 用户中心."""
    user = desk.user
    unit = shown_unit(user)
    desks, people = desks_of(desk), people_tasks(desk)
    own: dict[str, Any] = {"tasks": people} if people else {}
    if any(kind == Office.Kind.MUNICIPAL for _, kind, _ in desk.seats):
        own["calendar_gap"] = calendar_gap()
    if unit or not desks:
        begins = not (desk.waits["invited"] or desk.waits["asked"])
        tasks = [*people, *tasks_of(user, unit, begins=begins)][:MOST]
        own |= {"tasks": tasks, "tiles": tiles_of(unit, user), **quota_of(unit)}
    latest = Notice.objects.visible_to(user)[:LATEST]
    return {"unit": unit, "desks": desks, "notices": latest, **own}


def waits_of(desk: Desk) -> dict[str, Any]:
    """What 首页 shows to who has signed in: the first things that wait for the person, and the desks that he keeps."""
    user, desks, tasks = desk.user, desks_of(desk), people_tasks(desk)
    unit = shown_unit(user)
    if unit or not desks:
        tasks += tasks_of(user, unit, begins=not (desk.waits["invited"] or desk.waits["asked"]))
    return {"waits": tasks[:LATEST], "wait_count": len(tasks), "desks": desks}


def desks_of(desk: Desk) -> list[dict[str, Any]]:
    """Tiles of the desks that an official or an expert keeps, with what waits there."""
    user = desk.user
    kinds = {kind for _, kind, _ in desk.seats}
    desks = []
    if kinds & DECIDING:
        desks.append(tile("待办", "turn_list", "inbox", desk.waiting, "等待本单位办理的事项"))
    if Office.Kind.EXPERT in kinds:
        owed = PanelSeat.objects.filter(expert=user, given_at=None, recused_at=None, turn__closed_at=None).count()
        desks.append(tile("评审任务", "seat_list", "clipboard-check", owed, "等待您填写意见的评审"))
    if Office.Kind.MUNICIPAL in kinds:
        desks.append(tile("政策", "policy_page", "journal-text", None, "现行政策与历次版本"))
    if user.duty == Duty.CATALOG:
        desks.append(
            tile("产品与机构", "curator_products", "box-seam", None, "查找、核定和办理产品、机构、实验室和类别")
        )
    if user.duty == Duty.AUDIT:
        desks.append(tile("操作留痕", "trail_list", "shield-check", None, "谁在什么时候做了什么，只读"))
    elif user.duty or user.is_superuser:
        text = WHAT.get(Duty(user.duty), "") if user.duty else "初始设置：帐号和审核单位"
        desks.append(tile("后台管理", "admin:index", "gear", None, text))
    return desks


def tile(title: str, name: str, icon: str, count: int | None, text: str) -> dict[str, Any]:
    """Inputs of components/card.html."""
    return {"title": title, "url": reverse(name), "icon": icon, "count": count, "text": text}


def people_tasks(desk: Desk) -> list[Task]:
    """Invitations to the person, and people who ask to join the unit that he administers."""
    invited, joining, membership = desk.waits["invited"], desk.waits["joining"], desk.current
    tasks = []
    if invited:
        tasks.append(Task("我的邀请", f"{invited} 份邀请等您接受或谢绝", reverse("invitation_list"), "查看邀请"))
    if joining and membership is not None:
        why = f"{joining} 人申请加入“{membership.unit.name}”，等待您答复"
        tasks.append(Task("加入申请", why, membership.unit.get_members_url(), "去办理"))
    return tasks


def tasks_of(user: Person, unit: Unit | None, *, begins: bool = True) -> list[Task]:
    """Everything that waits for the person, the nearest day first.

    begins: whether a person without a unit is sent to 安全认证; not one who is invited, or has asked to join.
    """
    if unit is not None and not can_write_for(unit, user):
        return []
    found = [
        *unit_tasks(unit, begins=begins),
        *admission_tasks(unit),
        *application_tasks(unit),
        *claim_tasks(unit),
        *order_tasks(unit),
    ]
    return sorted(found, key=lambda task: task.until or dt.date.max)[:MOST]


def unit_tasks(unit: Unit | None, *, begins: bool) -> list[Task]:
    """The certification, where it is the person's turn."""
    url = reverse("certification_edit")
    if unit is None or unit.state == Certification.REJECTED:
        return [Task("单位认证", "通过认证的单位才能申请创新券", url, "填写安全认证")] if begins else []
    if unit.is_certified and unit.is_licence_ending:
        why = "证照快到期，到期后需重新认证"
        return [Task(unit.name, why, reverse("certification_view"), "更新证照", unit.licence_until)]
    if unit.state == Certification.PENDING:
        return asked_tasks(with_asked(Unit.objects.filter(pk=unit.pk)))
    if unit.state not in CERTIFICATION_ACTS:
        return []
    why, label = CERTIFICATION_ACTS[unit.state]
    return [Task(unit.name, why, reverse("certification_view"), label)]


def admission_tasks(unit: Unit | None) -> list[Task]:
    """A returned admission, and one whose last day comes near."""
    rows = with_asked(Admission.objects.filter(unit=unit))
    cases = rows.filter(Q(state__in=[*Admission.RETURNED, Admitting.ADMITTED]) | ~Q(asked=None))
    tasks = [("入驻申请退回修改", "按意见修改", None) for case in cases if case.state in Admission.RETURNED]
    tasks += [("入驻快到期，可以申请续期", "申请续期", case.valid_until) for case in cases if case.may_renew]
    named = [Task("服务机构入驻", why, reverse("admission_home"), label, until) for why, label, until in tasks]
    return named + asked_tasks(cases)


def first_of(cases: QuerySet[C], states: Sequence[str], order: str) -> QuerySet[C, dict[str, Any]]:
    """Keys of the first cases in these states or with a question: found before orders are joined, of which every one was read."""
    found = with_asked(cases).filter(Q(state__in=states) | ~Q(asked=None))
    return found.order_by(order).values("pk")[:MOST]


def application_tasks(unit: Unit | None) -> list[Task]:
    """Returned applications, and vouchers whose last day comes near."""
    found = first_of(Application.objects.filter(unit=unit), [*Application.RETURNED, Applying.APPROVED], "-updated_at")
    cases = (
        with_asked(Application.objects.filter(pk__in=found)).select_related("order", "policy").order_by("-updated_at")
    )
    tasks = asked_tasks(cases)
    for case in cases:
        url = case.get_absolute_url()
        if case.state in Application.RETURNED:
            tasks.append(Task(case.title, f"创新券申请{case.get_state_display()}", url, "按意见修改", case.due_on))
        elif case.redeem_by and (case.redeem_by - today()).days <= case.rules.voucher_task_days:
            tasks.append(
                Task(case.title, f"创新券 {case.voucher_number} 快到兑现期限", url, "办理兑现", case.redeem_by)
            )
    return tasks


def claim_tasks(unit: Unit | None) -> list[Task]:
    """Returned claims, and those that wait for the stamped form."""
    standing = [*Claim.RETURNED, *Claim.AWAITS_FORM]
    found = first_of(Claim.objects.filter(unit=unit), standing, "due_on")
    cases = with_asked(Claim.objects.filter(pk__in=found)).select_related("application__order").order_by("due_on")
    return asked_tasks(cases) + [
        Task(
            case.title,
            CLAIM_ACTS.get(case.state, f"兑现申请{case.get_state_display()}"),
            case.get_absolute_url(),
            "上传申请表" if case.state in Claim.AWAITS_FORM else "按意见修改",
            case.due_on,
        )
        for case in cases
        if case.state in standing
    ]


def asked_tasks(cases: Iterable[Any]) -> list[Task]:
    """What the office in turn has asked or proposed; cases: as `with_asked` gives them."""
    return [
        Task(
            case.title,
            "审核单位有询问或更正建议",
            reverse("question_read", args=[case.asked]),
            "去答复",
            case.asked_by,
        )
        for case in cases
        if case.asked
    ]


def order_tasks(unit: Unit | None) -> list[Task]:
    """Orders that wait for the unit as a provider."""
    waiting = Order.objects.received_for(unit).filter(state=Ordering.PLACED).count()
    if not waiting:
        return []
    return [Task("收到的订单", f"{waiting} 个订单等待贵机构确认", reverse("provider_order_list"), "去确认")]


def tiles_of(unit: Unit | None, user: Person) -> list[dict[str, Any]]:
    """The cases of the person's unit by kind, with how many there are and how they stand."""
    return [
        counted("我买到的产品", "order_list", "cart3", Order.objects.bought_for(unit, user), Ordering),
        counted("创新券申请", "application_list", "ticket-perforated", Application.objects.filter(unit=unit), Applying),
        counted("创新券兑现", "claim_list", "cash-coin", Claim.objects.filter(unit=unit), Claiming),
    ]


def counted(title: str, name: str, icon: str, cases: Any, states: Any) -> dict[str, Any]:
    """One tile: the sum, and the states in the order of the machine."""
    counts = dict(cases.order_by().values_list("state").annotate(Count("pk")))
    words = [f"{state.label} {counts[state.value]}" for state in states if state.value in counts]
    return tile(title, name, icon, sum(counts.values()), " · ".join(words) or "还没有")


def quota_of(unit: Unit | None) -> dict[str, Any]:
    """The unit's quota of this year, in yuan; nothing for a person without a certified unit."""
    if unit is None or not unit.is_certified:
        return {}
    year = today().year
    account = quota_account_of(unit, cycle=year)
    if account is None:
        cap = PolicyVersion.objects.in_force().annual_cap
        account = QuotaAccount(
            unit=unit, cycle=year, cap=cap, reserved=Decimal(0), approved=Decimal(0), used=Decimal(0)
        )
    return {"quota": account, "year": year}
