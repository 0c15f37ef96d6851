"""代理人: during a leave somebody of a like office does the work; it begins and ends by itself."""

import datetime as dt

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from notifications.services import notify
from policy.models import PolicyVersion
from records.doors import door
from records.models import Event
from records.people import Person
from records.rules import RuleBroken
from records.steps import note, write
from reviews.models import Office, OfficeMember, ReviewedCase, Turn
from reviews.notices import STAND_IN_GIVEN, STAND_IN_TOLD
from reviews.places import check_person, lock_standing
from reviews.querysets import OfficeMemberQuerySet, places_of

PERSONAL = "专家的评审席位属于本人，不能代理；专家不能评审的，由专业机构补选。"


def candidates_for(place: OfficeMember) -> OfficeMemberQuerySet:
    """Whom one may ask: people at work at another office of the same kind who have no place at this one."""
    here = OfficeMember.objects.standing().filter(office=place.office).values("user")
    like = OfficeMember.objects.at_work().own().filter(office__kind=place.office.kind, user__is_active=True)
    people = like.exclude(office=place.office).exclude(user__in=here)
    return people.select_related("user", "office").order_by("office__name", "user__name_key", "pk")


@door
def add_stand_in(
    place: OfficeMember, user: Person, starts_on: dt.date, ends_on: dt.date, *, by: Person
) -> OfficeMember:
    """Let the person do the work of the place from the first to the last day; he and the one on leave are told."""
    place = lock_standing(place, by)
    if place.office.kind == Office.Kind.EXPERT:
        raise RuleBroken("R-SEAT", PERSONAL)
    if place.is_stand_in:
        raise RuleBroken("R-PLACE", "代理人不能再请人代理，请为本岗人员重新安排。")
    check_days(place, starts_on, ends_on)
    check_stand_in(place, user, by)
    stand_in = OfficeMember.objects.create(
        office=place.office, user=user, stands_in_for=place, starts_on=starts_on, ends_on=ends_on, added_by=by
    )
    note(place.office, "stand_in_added", by=by, text=f"{user}代{place.user}，{days_of(stand_in)}")
    notify(STAND_IN_GIVEN, stand_in)
    notify(STAND_IN_TOLD, stand_in)
    return stand_in


def days_of(stand_in: OfficeMember) -> str:
    """From the first to the last day, in words."""
    return f"{stand_in.starts_on:%Y-%m-%d} 至 {stand_in.ends_on:%Y-%m-%d}"


def check_days(place: OfficeMember, starts_on: dt.date, ends_on: dt.date) -> None:
    """From today on, in order, not too long, and one stand-in at a time."""
    if starts_on < timezone.localdate():
        raise RuleBroken("R-DATE", "代理的开始日期不能早于今天，请改选。")
    if ends_on < starts_on:
        raise RuleBroken("R-DATE", "代理的结束日期不能早于开始日期，请改选。")
    most = PolicyVersion.objects.remembered().stand_in_days
    if (ends_on - starts_on).days >= most:
        raise RuleBroken("R-DATE", f"一次代理最长 {most} 天，请缩短；到期后可以再次安排。")
    others = OfficeMember.objects.standing().filter(stands_in_for=place, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if other := others.select_related("user").first():
        raise RuleBroken(
            "R-PLACE", f"{other.user}在 {days_of(other)} 代理{place.user}，日期有重叠，请改选日期或先结束那次代理。"
        )


def check_stand_in(place: OfficeMember, user: Person, by: Person) -> None:
    """Nobody appoints himself; the person works at a like office and has no place at this one."""
    if user.pk == by.pk:
        raise RuleBroken("R-SELF", "不能安排自己代理，请由其他负责人办理。")
    check_person(user)
    if not candidates_for(place).filter(user=user).exists():
        raise RuleBroken("R-PLACE", f"{user}不能代理：代理人应是其他同类单位在岗的人员，并且不在本单位。")
    over = OfficeMember.objects.filter(office=place.office, user=user, ended_at=None)
    over.update(ended_at=timezone.now())  # a former leave, whose last day has passed


def principal_for(user: Person) -> Subquery:
    """For whom the person does a turn's work today: a name; null where he has a place of his own at its office."""
    places = places_of(user).filter(office=OuterRef("office")).order_by(F("stands_in_for").asc(nulls_first=True))
    name = Coalesce(NullIf("stands_in_for__user__name", Value("")), "stands_in_for__user__username")
    return Subquery(places.values(principal=name)[:1])


def principal_of(turn: Turn) -> str:
    """For whom the person stands in who holds the turn; "" for nobody. turn: as `reviews.services.hold_turn` gives it."""
    return getattr(turn, "principal", None) or ""


def signature(turn: Turn) -> str:
    """The office as the trail of a case names it: a stand-in's word says that it is one, and nobody's name."""
    return f"{turn.office.name}（代理）" if principal_of(turn) else turn.office.name


def note_stand_in(case: ReviewedCase, turn: Turn, *, by: Person, after: Event) -> Event:
    """Write into the trail of a locked case for whom a stand-in spoke; applicants read its moves alone.

    after: the last line of the trail; returns what is the last one then.
    """
    if principal := principal_of(turn):
        text, office = f"代 {principal} 办理{turn.stage}", signature(turn)
        return write(case, "stood_in", by=by, text=text, office=office, after=after)
    return after
