"""News of the review itself: a case is handed over, an expert is asked, a group is complete."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from notifications.kinds import Kind
from notifications.matters import ARRIVALS, EXPERTS, MADE, OVERSIGHT, PROGRESS, SECURITY, WORK
from records.people import Person
from reviews.models import BulkDecision, Office, OfficeMember, PanelSeat, Rest, ReviewedCase, Turn, TurnClaim

if TYPE_CHECKING:
    from reviews.claims.sharing import Sharing


def applicants(case: ReviewedCase) -> QuerySet[Person]:
    """Everybody of the unit whose case it is."""
    members: QuerySet[Person] = case.applicant.members.all()
    return members


def office_in_turn(case: ReviewedCase) -> list[Person]:
    """Everybody who is at work at the office that has the case now."""
    turn = case.latest_turn
    return people_at(turn.office) if turn and turn.is_open else []


def office(turn: Turn) -> list[Person]:
    """The people who are at work at the office that has the turn."""
    return people_at(turn.office)


def unconcerned(turn: Turn) -> list[Person]:
    """The same without those who belong to the applicant's unit: who its experts are is not theirs to know."""
    places = turn.office.memberships.at_work().exclude(user__in=turn.case.applicant.members.values("pk"))
    return [place.user for place in places.select_related("user")]


def people_at(office: Office) -> list[Person]:
    """The people who are at work at the office today, stand-ins included."""
    return [membership.user for membership in office.memberships.at_work().select_related("user")]


def holder(place: OfficeMember) -> list[Person]:
    """The person whose place at an office it is."""
    return [place.user]


def claimant(claim: TurnClaim) -> list[Person]:
    """The person who has, or had, the turn."""
    return [claim.person]


def provided(sharing: "Sharing") -> list[Person]:
    """Those to whom the head has given turns."""
    return [sharing.people[key] for key in sharing.given]


def stood_in_for(place: OfficeMember) -> list[Person]:
    """The person whose work a stand-in does."""
    return [place.stands_in_for.user] if place.stands_in_for else []


def expert(seat: PanelSeat) -> list[Person]:
    """The expert himself."""
    return [seat.expert]


def who_decided(rest: Rest) -> list[Person]:
    """The reviewer whose decision it is."""
    return [rest.reviewer]


def whoever_signed(rest: Rest) -> list[Person]:
    """The reviewer whose decision it is, and who has signed it."""
    return [rest.reviewer, rest.second] if rest.second else [rest.reviewer]


def heads(rest: Rest) -> list[Person]:
    """The 负责人 of the office that decides; where it has none, those who find people for offices of its kind."""
    places = OfficeMember.objects.at_work().leading().filter(user__is_active=True).select_related("user")
    own = list(places.filter(office=rest.turn.office_id))
    keepers = (Office.Kind.MUNICIPAL, Office.Kind.PLATFORM)
    return [place.user for place in own or places.filter(office__kind__in=keepers)]


def whoever_chose(decision: BulkDecision) -> list[Person]:
    """Whoever has decided for many, and has gone on to something else meanwhile."""
    return [decision.by]


BULK_ENDED = Kind("bulk_ended", whoever_chose, by_mail=False, matter=MADE)
TRANSFERRED = Kind("turn_transferred", applicants, matter=PROGRESS)
TRANSFERRED_TO_OFFICE = Kind("turn_received", office, matter=ARRIVALS)
SEATED = Kind("seat_assigned", expert, matter=EXPERTS)
RECUSED = Kind("seat_recused", unconcerned, matter=WORK)
VACATED = Kind("seat_vacated", unconcerned, matter=WORK)
REST_VOID = Kind("rest_void", whoever_signed, matter=WORK)
SECOND_SENT_BACK = Kind("second_sent_back", who_decided, matter=WORK)
NO_SECOND = Kind("second_missing", heads, matter=OVERSIGHT)
GROUP_HEARD = Kind("group_heard", unconcerned, matter=WORK)
PLACE_GIVEN = Kind("place_given", holder, matter=SECURITY)
PLACE_CHANGED = Kind("place_changed", holder, matter=SECURITY)
PLACE_ENDED = Kind("place_ended", holder, matter=SECURITY)
STAND_IN_GIVEN = Kind("stand_in_given", holder, matter=WORK)
STAND_IN_TOLD = Kind("stand_in_told", stood_in_for, matter=WORK)
STAND_IN_ENDED = Kind("stand_in_ended", holder, matter=WORK)
STAND_IN_OVER = Kind("stand_in_over", stood_in_for, matter=WORK)
HANDED_OVER = Kind("turn_handed_over", claimant, matter=ARRIVALS)
TAKEN_OVER = Kind("turn_taken_over", claimant, matter=ARRIVALS)
SHARED_OUT = Kind("turns_shared_out", provided, matter=ARRIVALS)
