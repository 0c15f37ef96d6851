"""Which office takes a case, and how much lies at each."""

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from records.people import Person
from records.rules import RuleBroken
from reviews.models import APPEAL, Office, OfficeMember, Opinion, ReviewedCase, Turn
from reviews.querysets import OfficeMemberQuerySet, TurnQuerySet, apart_from

NO_HANDS = (
    "现在没有人可以办理这个环节：在岗人员都办理过本事项的其他环节，或者是申请单位的成员。"
    "事项会一直等到市科技局或科服网平台的负责人为它安排人员。"
)


def district_office_of(case: ReviewedCase) -> Office:
    """The office at work in the case's handling district; raises RuleBroken if there is none."""
    office = Office.objects.filter(district=case.district, is_active=True).first()
    if office is None:
        sentence = f"{case.district}的受理单位尚未设置，暂时不能提交，请联系技术支持 {settings.SUPPORT_PHONE}。"
        raise RuleBroken("R-OFFICE", sentence)
    return office


def platform_office() -> Office:
    """The office of 科服网 that takes certifications; one where somebody is at work before the others."""
    offices = Office.objects.filter(kind=Office.Kind.PLATFORM, is_active=True)
    office = offices.annotate(staffed=staffed()).order_by("-staffed", "pk").first()
    if office is None:
        raise RuleBroken("R-OFFICE", f"平台审核单位尚未设置，暂时不能提交，请联系技术支持 {settings.SUPPORT_PHONE}。")
    return office


def staffed() -> Exists:
    """Whether somebody who can sign in is at work at the office at hand."""
    return Exists(OfficeMember.objects.at_work().filter(office=OuterRef("pk"), user__is_active=True))


def with_counts(offices: QuerySet[Office]) -> QuerySet[Office]:
    """The offices with `people`, those whose place has not ended, and `waiting`, the open turns."""
    return offices.annotate(people=counted(OfficeMember.objects.standing()), waiting=counted(Turn.objects.open()))


def free_hands() -> OfficeMemberQuerySet:
    """Of the turn at hand: who is at work at its office, can sign in, and has decided no other stage of its case."""
    elsewhere = Opinion.objects.filter(
        apart_from(OuterRef(OuterRef("state")), "turn__"),
        reviewer=OuterRef("user"),
        turn__case_type=OuterRef(OuterRef("case_type")),
        turn__case_id=OuterRef(OuterRef("case_id")),
    )
    at_office = OfficeMember.objects.at_work().filter(office=OuterRef("office"), user__is_active=True)
    return at_office.exclude(Exists(elsewhere))


def with_colleague(turns: TurnQuerySet, user: Person) -> TurnQuerySet:
    """The turns with `has_colleague`: whether somebody else at work at its office could decide it."""
    return turns.annotate(has_colleague=Exists(free_hands().exclude(user=user)))


def stuck_turns() -> TurnQuerySet:
    """Open turns that none of the people at their offices may decide: they wait until somebody is appointed."""
    return Turn.objects.open().exclude(Exists(free_hands()))


def no_hands(turn: Turn) -> str:
    """What is to be said of an open turn that nobody at its office may decide."""
    return f"{turn.office}{NO_HANDS}"


def hands_for(turn: Turn, case: ReviewedCase) -> OfficeMemberQuerySet:
    """Those at work at the turn's office who may decide it, stand-ins included."""
    free = OfficeMember.objects.at_work().filter(office=turn.office_id, user__is_active=True)
    words = Opinion.objects.filter(turn__in=case.turns.filter(apart_from(turn.state)))
    free = unsigned_by(free, words) if turn.is_appeal else free.exclude(user__in=words.values("reviewer"))
    free = free.exclude(user__in=case.applicant.memberships.values("user"))
    return free.select_related("user").order_by("user__name_key", "pk")


def unsigned_by(places: OfficeMemberQuerySet, words: QuerySet[Opinion]) -> OfficeMemberQuerySet:
    """Those of the places whose people have neither given nor signed (复核签) one of the words."""
    signed = words.exclude(second=None)
    return places.exclude(user__in=words.values("reviewer")).exclude(user__in=signed.values("second"))


def counted(rows: OfficeMemberQuerySet | TurnQuerySet) -> Coalesce:
    """How many of the rows name the office at hand."""
    own = rows.filter(office=OuterRef("pk")).order_by().values("office")
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)


def body_of(case: ReviewedCase) -> Office:
    """The body that had the case before, else one where somebody is at work, with the fewest open cases."""
    bodies = Office.objects.filter(kind=Office.Kind.BODY, is_active=True)
    reviewed = case.turns.exclude(state=APPEAL).filter(office__in=bodies)
    earlier: Turn | None = reviewed.order_by("-pk").select_related("office").first()
    if earlier is not None:
        return earlier.office
    ranked = bodies.annotate(waiting=counted(Turn.objects.open()), staffed=staffed())
    office = ranked.order_by("-staffed", "waiting", "pk").first()
    if office is None:
        raise RuleBroken("R-OFFICE", f"专业机构尚未设置，暂时不能办理，请联系技术支持 {settings.SUPPORT_PHONE}。")
    return office
