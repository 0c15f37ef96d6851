"""Who is at an office: places given, changed, ended, brought back; each act stands in the office's trail."""

from django.utils import timezone

from notifications.services import notify
from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.rules import RuleBroken
from records.steps import note
from reviews.lists.keeping import lay_heard
from reviews.models import Leaving, Office, OfficeMember, PanelSeat, TurnClaim
from reviews.notices import PLACE_CHANGED, PLACE_ENDED, PLACE_GIVEN, STAND_IN_ENDED, STAND_IN_OVER, VACATED
from reviews.permissions import may_change_place, may_invite_to_office

Kind, Role = Office.Kind, OfficeMember.Role
VACATED_SEATS = "；空出评审席位："  # in the trail of an office, before the numbers of the cases
PLAIN = "您没有管理这个单位人员的权限，请联系市科技局或科服网平台的负责人。"
OWN = "不能改变自己的岗位，请由其他负责人办理。"
LAST = "这是市科技局唯一在岗的负责人，停用或改任之前，请先指定另一位负责人。"


def lock_office(office: Office) -> Office:
    """Hold the office's row, and at 市科技局 those of all its offices, so that two people end no two last leads."""
    rows = Office.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    if office.kind == Kind.MUNICIPAL:
        return next(row for row in rows.filter(kind=Kind.MUNICIPAL) if row.pk == office.pk)
    return rows.get(pk=office.pk)


def lock_place(place: OfficeMember, by: Person) -> OfficeMember:
    """Hold the place and its office for somebody who may change it; raises RuleBroken."""
    lock_office(place.office)
    place = hold_row(OfficeMember.objects.select_related("office", "user", "stands_in_for__user"), place.pk)
    if place.user_id == by.pk:
        raise RuleBroken("R-SELF", OWN)
    if not may_change_place(place, by):
        raise RuleBroken("R-PERM", PLAIN)
    return place


def lock_standing(place: OfficeMember, by: Person) -> OfficeMember:
    """The same for a place that is not over."""
    place = lock_place(place, by)
    if place.is_over:
        raise RuleBroken("R-PLACE", f"{place.user}在这里的岗位已经结束，不能再改变。请重新打开单位的页面查看最新情况。")
    return place


@door
def add_place(office: Office, user: Person, role: str, *, by: Person, is_financial: bool = False) -> OfficeMember:
    """Give the person a place and tell him; by: whoever gives it. A stand-in's place there makes way for it."""
    office = lock_office(office)
    if user.pk == by.pk:
        raise RuleBroken("R-SELF", OWN)
    if not may_invite_to_office(office, by, role):
        raise RuleBroken("R-PERM", PLAIN)
    return give_place(office, user, role, by=by, is_financial=is_financial, kind="member_added")


def give_place(
    office: Office, user: Person, role: str, *, by: Person, is_financial: bool, kind: str, actor: Person | None = None
) -> OfficeMember:
    """Make the place, write it down, tell the person; the office is locked and the question who may is answered.

    by: who gives the place. actor: whom the trail names, where that is somebody else: the person who accepts.
    """
    check_person(user)
    there = OfficeMember.objects.filter(office=office, user=user, ended_at=None)
    if there.own().exists():
        raise RuleBroken("R-PLACE", f"{user}已经在{office}，不用再次加入；需要改变角色的，请在人员列表中修改。")
    there.update(ended_at=timezone.now())
    place = OfficeMember.objects.create(
        office=office, user=user, role=role, added_by=by, is_financial=is_financial and office.kind == Kind.EXPERT
    )
    note(office, kind, by=actor or by, text=place_words(place))
    notify(PLACE_GIVEN, place)
    return place


def check_person(user: Person) -> None:
    """Only an account in use; whoever audits is at no office (docs/adr/0066)."""
    if not user.is_active:
        raise RuleBroken("R-PLACE", f"{user}的帐号已停用，不能安排到审核单位。")
    if getattr(user, "duty", "") == "audit":
        raise RuleBroken("R-DUTY", f"{user}负责审计，不能同时在审核单位任职，请更换人选，或先免去审计职责。")


def place_words(place: OfficeMember) -> str:
    """The person and his role, for the trail."""
    return f"{place.user}，{place.get_role_display()}" + ("，财务专家" if place.is_financial else "")


@door
def change_role(place: OfficeMember, role: str, *, by: Person, is_financial: bool = False) -> OfficeMember:
    """Give the person another role at his office, or make him a 财务专家; he is told. Nothing changed is nothing done."""
    place = lock_standing(place, by)
    if place.is_stand_in:
        raise RuleBroken("R-PLACE", "代理人只代办审核，不能改变角色。")
    if not may_invite_to_office(place.office, by, role):
        raise RuleBroken("R-PERM", PLAIN)
    is_financial = is_financial and place.office.kind == Kind.EXPERT
    if (place.role, place.is_financial) == (role, is_financial):
        return place
    if place.role == Role.LEAD and role != Role.LEAD:
        check_another_lead(place)
    before = place_words(place)
    place.role, place.is_financial = role, is_financial
    place.save(update_fields=["role", "is_financial"])
    note(place.office, "member_role", by=by, text=f"{before} → {place_words(place)}")
    notify(PLACE_CHANGED, place)
    return place


def check_another_lead(place: OfficeMember) -> None:
    """市科技局 always keeps a 负责人 who can sign in."""
    if place.office.kind != Kind.MUNICIPAL or place.role != Role.LEAD or not place.is_at_work:
        return
    others = OfficeMember.objects.at_work().leading().filter(office__kind=Kind.MUNICIPAL, user__is_active=True)
    if not others.exclude(pk=place.pk).exists():
        raise RuleBroken("R-LEAD", LAST)


@door
def end_place(place: OfficeMember, *, by: Person) -> OfficeMember:
    """End a place for good: its stand-ins end, an expert's open seats fall vacant and the bodies are told."""
    place = lock_standing(place, by)
    check_another_lead(place)
    vacated = [] if place.is_stand_in else vacate(open_seats(place))
    end(place)
    for stand_in in dependants(place):
        end(stand_in)
    words = place_words(place) + (f"{VACATED_SEATS}{'、'.join(vacated)}" if vacated else "")
    note(place.office, "stand_in_ended" if place.is_stand_in else "member_ended", by=by, text=words)
    notify(STAND_IN_ENDED if place.is_stand_in else PLACE_ENDED, place)
    if place.is_stand_in:
        notify(STAND_IN_OVER, place)
    return place


def end(place: OfficeMember) -> None:
    """The place counts no more from now on, and what its person had claimed is free; its row stays, since cases were decided from it."""
    place.ended_at = timezone.now()
    place.save(update_fields=["ended_at"])
    TurnClaim.objects.filter(turn__office=place.office_id, person=place.user_id).delete()


def dependants(place: OfficeMember) -> list[OfficeMember]:
    """What ends with a place: those who stand in for it, and where its person stands in without a place of the kind."""
    rows = OfficeMember.objects.filter(ended_at=None).exclude(stands_in_for=None)
    ended = list(rows.filter(stands_in_for=place))
    kind = place.office.kind
    if not place.is_stand_in and not OfficeMember.objects.at_work().own().filter(user=place.user, office__kind=kind):
        ended += rows.filter(user=place.user, office__kind=kind)
    return ended


def open_seats(place: OfficeMember) -> list[PanelSeat]:
    """The seats that fall vacant with a place: none unless it is the person's only one as an expert."""
    if place.office.kind != Kind.EXPERT:
        return []
    elsewhere = OfficeMember.objects.at_work().filter(user=place.user, office__kind=Kind.EXPERT).exclude(pk=place.pk)
    return [] if elsewhere.exists() else seats_of(place.user)


def seats_of(expert: Person) -> list[PanelSeat]:
    """The seats on which an expert still owes a word."""
    seats = PanelSeat.objects.filter(expert=expert).waiting().select_related("turn__office", "expert")
    return list(seats.order_by("turn_id", "pk"))


def vacate(seats: list[PanelSeat]) -> list[str]:
    """Leave the seats to be filled by the bodies, and tell them; return the numbers of the cases."""
    numbers = []
    for seat_ in seats:
        held = PanelSeat.objects.select_for_update(of=("self",), no_key=True).filter(pk=seat_.pk).waiting().first()
        if held is None:  # he has spoken or stepped aside meanwhile
            continue
        held.recused_at, held.leaving = timezone.now(), Leaving.LEFT
        held.save(update_fields=["recused_at", "leaving"])
        lay_heard(held.turn)
        numbers.append(seat_.turn.number)
        notify(VACATED, seat_.turn, expert=str(seat_.expert))
    return numbers


@door
def bring_back(place: OfficeMember, *, by: Person) -> OfficeMember:
    """Give the person of an ended place a new one with the same role; the old row stays as it was."""
    place = lock_place(place, by)
    if not place.is_over or place.is_stand_in:
        raise RuleBroken("R-PLACE", "只有已停用的人员可以恢复；代理结束后需要的，请重新安排代理。")
    if not place.office.is_active:
        raise RuleBroken("R-OFFICE", f"{place.office}已停用，不能恢复人员。")
    office, user, role = place.office, place.user, place.role
    return give_place(office, user, role, by=by, is_financial=place.is_financial, kind="member_returned")
