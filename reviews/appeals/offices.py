"""Which office looks at a decision once more: one that had no part in the case, and else a person who had none."""

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Value, When

from records.rules import RuleBroken
from reviews.appeals.reading import BROUGHT
from reviews.models import APPEAL, Office, OfficeMember, Opinion, ReviewedCase, Turn
from reviews.offices import body_of, counted, district_office_of, unsigned_by
from reviews.querysets import OfficeMemberQuerySet

Kind = Office.Kind
COMPETENT = {Kind.BODY: (Kind.BODY, Kind.MUNICIPAL)}  # who has decided → who looks at it; of a district 市科技局 alone


def appeal_office_of(case: ReviewedCase) -> Office:
    """Another office of the same kind that had no part, then 市科技局, then an office with a person who had none.

    Where nobody is at work who had no part the case waits at 市科技局 until somebody is appointed.
    """
    decided = decided_turn(case)
    kinds = COMPETENT.get(Kind(decided.office.kind), (Kind.MUNICIPAL,))
    offices = Office.objects.filter(kind__in=kinds, is_active=True).annotate(
        is_free=Exists(without_part(case).filter(office=OuterRef("pk"))),
        had_part=Exists(case.turns.filter(office=OuterRef("pk"))),
        waiting=counted(Turn.objects.open()),
    )
    rank = Case(When(kind=kinds[0], then=Value(0)), default=Value(1))
    ready = offices.filter(is_free=True).order_by("had_part", rank, "waiting", "pk").first()
    office = ready or Office.objects.filter(kind=Kind.MUNICIPAL, is_active=True).order_by("pk").first()
    if office is None:
        raise RuleBroken("R-OFFICE", f"复核单位尚未设置，暂时不能申请复核，请联系技术支持 {settings.SUPPORT_PHONE}。")
    return office


def decided_turn(case: ReviewedCase) -> Turn:
    """The turn with the decision that is looked at: of the appeal that has just come, else the last one."""
    if brought := case.memory.get(BROUGHT):
        held_against: Turn = brought[0].opinion.turn
        return held_against
    last: Turn = case.turns.exclude(state=APPEAL).select_related("office").latest("pk")
    return last


def without_part(case: ReviewedCase) -> OfficeMemberQuerySet:
    """The places of people at work who have decided and signed nothing of the case and do not belong to its unit."""
    words = Opinion.objects.filter(turn__in=case.turns.all())
    places = unsigned_by(OfficeMember.objects.at_work().filter(user__is_active=True), words)
    return places.exclude(user__in=case.applicant.memberships.values("user"))


def office_of(case: ReviewedCase) -> Office:
    """The office in turn of a case that goes from its district to a body, and from either to 复核."""
    offices = {"district": district_office_of, APPEAL: appeal_office_of}
    return offices.get(str(getattr(case, "state", "")), body_of)(case)
