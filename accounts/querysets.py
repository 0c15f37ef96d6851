"""Who sees which unit."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from records.people import Person
from reviews.models import Office, Turn
from reviews.permissions import is_at

if TYPE_CHECKING:  # the models read by these rules
    from accounts.models import BoxPaper, Invitation, JoinRequest, Unit, User

CLOCK = "system"


class UserManager(DjangoUserManager["User"]):
    """Users, and the system's own one."""

    def clock(self) -> "User":
        """The user in whose name the clock takes steps; he cannot sign in."""
        return self.get_or_create(username=CLOCK, defaults={"name": "系统", "is_active": False, "password": "!"})[0]

    def held(self, user: Person) -> "User":
        """The person's row, fetched afresh and held until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=user.pk)


class UnitQuerySet(models.QuerySet["Unit"]):
    """Reading rules of units."""

    def of(self, user: Person) -> Self:
        """The units that the person belongs to."""
        return self.filter(memberships__user=user)

    def visible_to(self, user: Person) -> Self:
        """Own units, those that are or were a turn of an own office; the platform and the city see all."""
        if is_at(user, Office.Kind.PLATFORM) or is_at(user, Office.Kind.MUNICIPAL):
            return self
        own = Exists(user.unit_memberships.filter(unit=OuterRef("pk")))
        return self.filter(Q(own) | Turn.objects.reach(user, self.model))

    def to_read(self) -> Self:
        """As the review desk reads it."""
        return self.select_related("district", "licence", "certified_as__district", "certified_as__licence")

    def alive(self) -> Self:
        """Not refused for good."""
        return self.exclude(state__in=self.model.DEAD)

    def holding(self, code: str) -> Self:
        """The unit that has handed in this credit code; a draft holds none."""
        return self.alive().filter(held_uscc=code)

    def known_to(self, user: Person) -> "Unit | None":
        """The first of the person's units, which then knows his role without a further question; None if there is none."""
        unit = self.annotate(own_role=F("memberships__role")).first()
        if unit is not None:
            unit.known_roles = {user.pk: vars(unit)["own_role"]}
        return unit


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    """Reading rules of requests to join a unit."""

    def open(self) -> Self:
        """Not answered yet."""
        return self.filter(answer="")

    def visible_to(self, user: Person) -> Self:
        """The person's own, those to units that he administers, and to 科服网 all."""
        if is_at(user, Office.Kind.PLATFORM):
            return self
        runs = user.unit_memberships.filter(unit=OuterRef("unit"), role="admin")
        return self.filter(Q(user=user) | Exists(runs))

    def to_colleagues_of(self, user: Person) -> Self:
        """Others' requests to units where the person is a member and no administrator."""
        own = user.unit_memberships.filter(unit=OuterRef("unit"))
        return self.exclude(user=user).filter(Exists(own.exclude(role="admin")))

    def for_platform(self) -> Self:
        """Those which 科服网 decides: nobody of the unit has answered in time, or nobody there could."""
        return (
            self.open().annotate(is_orphan=self.orphan()).filter(Q(due_on__lt=timezone.localdate()) | Q(is_orphan=True))
        )

    def orphan(self) -> Q:
        """Condition: the unit has no administrator who could answer."""
        administered = Q(unit__memberships__role="admin", unit__memberships__user__is_active=True)
        return Q(~Exists(self.model._default_manager.filter(administered, pk=OuterRef("pk"))))


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reading rules of invitations."""

    def open(self) -> Self:
        """Neither accepted nor declined nor withdrawn, and not expired."""
        return self.filter(closed_at=None, expires_at__gt=timezone.now())

    def open_to(self, user: Person) -> Self:
        """The open ones to the number that the person has verified; none to anybody else, whatever number he typed."""
        if not user.phone or user.phone_verified_at is None:
            return self.none()
        return self.open().filter(phone=user.phone)


class BoxPaperQuerySet(models.QuerySet["BoxPaper"]):
    """Reading rules of what a unit keeps in its 材料箱: the unit's own people, and nobody else."""

    def visible_to(self, user: Person) -> Self:
        """Of the person's units, 只读 included: he reads all that they have."""
        return self.filter(Exists(user.unit_memberships.filter(unit=OuterRef("unit"))))
