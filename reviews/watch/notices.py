"""What offices, their heads, 市科技局, experts and firms are told of promised days."""

from typing import TYPE_CHECKING

from notifications.kinds import Kind
from notifications.matters import ARRIVALS, EXPERTS, OVERSIGHT, PROGRESS
from records.people import Person
from reviews.notices import applicants, expert, people_at

if TYPE_CHECKING:
    from reviews.watch.reading import Morning
    from reviews.watch.services import Week


def at_office(morning: "Morning") -> list[Person]:
    """Everybody who is at work at the office."""
    return people_at(morning.office)


def heads(morning: "Morning") -> list[Person]:
    """The 负责人 of the office."""
    places = morning.office.memberships.at_work().leading()
    return [place.user for place in places.select_related("user")]


def city(week: "Week") -> list[Person]:
    """Everybody who is at work at 市科技局."""
    return people_at(week.office)


OFFICE_DUE = Kind("office_due", at_office, matter=ARRIVALS)
OFFICE_OVERDUE = Kind("office_overdue", heads, matter=OVERSIGHT)
OFFICE_TROUBLE = Kind("office_trouble", heads, matter=OVERSIGHT)
CITY_WEEK = Kind("city_week", city, matter=OVERSIGHT)
SEAT_DUE = Kind("seat_due", expert, matter=EXPERTS)
PROMISE_PASSED = Kind("promise_passed", applicants, matter=PROGRESS)
