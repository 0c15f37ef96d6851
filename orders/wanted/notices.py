"""News of needs: the platform hears that one waits, the firm and the providers what became of it."""

from collections.abc import Iterable
from typing import Any

from accounts.models import Duty, UnitMember, User
from notifications.kinds import Kind
from notifications.matters import ARRIVALS, ORDERS
from orders.wanted.models import Wanted
from orders.wanted.workflow import State


def curators(_wanted: Wanted) -> Iterable[Any]:
    """Who keeps the catalog for the platform."""
    return User.objects.filter(duty=Duty.CATALOG, is_active=True)


def firm_side(wanted: Wanted) -> Iterable[Any]:
    """The members of the firm."""
    return User.objects.filter(unit_memberships__unit=wanted.unit_id)


def offering_side(wanted: Wanted) -> Iterable[Any]:
    """Whoever keeps the desk of a provider whose offer stands."""
    units = wanted.offers.filter(taken_back_at=None).values("provider__unit")
    return User.objects.filter(pk__in=UnitMember.objects.filter(unit__in=units).values("user"))


def passed_over(wanted: Wanted) -> Iterable[Any]:
    """The same, but for the provider that was chosen: it has the news of its order."""
    chosen = wanted.order_placed.provider.unit_id if wanted.order_placed else None
    units = wanted.offers.filter(taken_back_at=None).exclude(provider__unit=chosen).values("provider__unit")
    return User.objects.filter(pk__in=UnitMember.objects.filter(unit__in=units).values("user"))


OFFERED = Kind("wanted_offered", firm_side, matter=ORDERS)
CLOSED = Kind("wanted_closed", offering_side, matter=ORDERS)
ON_REACHING = {
    State.PENDING: (Kind("wanted_pending", curators, matter=ARRIVALS),),
    State.OPEN: (Kind("wanted_open", firm_side, matter=ORDERS),),
    State.ORDERED: (Kind("wanted_ordered", passed_over, matter=ORDERS),),
    State.REFUSED: (Kind("wanted_refused", firm_side, matter=ORDERS),),
    State.CLOSED: (CLOSED,),
    State.EXPIRED: (Kind("wanted_expired", firm_side, matter=ORDERS), CLOSED),
}
