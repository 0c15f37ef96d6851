"""News of who belongs to a unit: who is told of which act."""

from django.db.models import QuerySet

from accounts.models import Invitation, JoinRequest, Unit, UnitMember, User
from notifications.kinds import Kind
from notifications.matters import PEOPLE, SECURITY
from records.people import Person
from reviews.models import Office, OfficeMember


def administrators(unit: Unit) -> QuerySet[Person]:
    """The administrators of the unit."""
    return User.objects.filter(unit_memberships__unit=unit, unit_memberships__role=UnitMember.Role.ADMIN)


def platform(_unit: Unit) -> QuerySet[Person]:
    """The people of 科服网: they review certifications, and answer where a unit has nobody who could."""
    places = OfficeMember.objects.at_work().filter(office__kind=Office.Kind.PLATFORM)
    return User.objects.filter(pk__in=places.values("user"))


def deciders(request: JoinRequest) -> QuerySet[Person]:
    """Who answers a request: the administrators of the unit; where there is none, 科服网."""
    found = administrators(request.unit).filter(is_active=True)
    return found if found.exists() else platform(request.unit)


def asker(request: JoinRequest) -> list[Person]:
    """Who asked to join."""
    return [request.user]


def heads(row: UnitMember | JoinRequest) -> QuerySet[Person]:
    """The administrators of the unit that the row is about."""
    return administrators(row.unit)


def person(member: UnitMember) -> list[Person]:
    """The member himself."""
    return [member.user]


def invited(invitation: Invitation) -> QuerySet[Person]:
    """Whoever has verified the number; nobody, if nobody has."""
    return User.objects.filter(phone=invitation.phone, phone_verified_at__isnull=False)


def inviter(invitation: Invitation) -> list[Person]:
    """Who sent the invitation."""
    return [invitation.by]


JOIN_ASKED = Kind("join_asked", deciders, matter=PEOPLE)
JOIN_ANSWERED = Kind("join_answered", asker, matter=PEOPLE)
JOIN_ADMITTED_BY_PLATFORM = Kind("join_platform", heads, matter=PEOPLE)
ROLE_CHANGED = Kind("unit_role_changed", person, matter=SECURITY)
REMOVED = Kind("unit_removed", person, matter=SECURITY)
LEFT = Kind("unit_left", heads, matter=PEOPLE)
HANDED_OVER = Kind("unit_handed_over", heads, matter=PEOPLE)
INVITED = Kind("invitation_received", invited, matter=PEOPLE)
INVITATION_ACCEPTED = Kind("invitation_accepted", inviter, matter=PEOPLE)
INVITATION_DECLINED = Kind("invitation_declined", inviter, matter=PEOPLE)
