"""A person of several units acts for one of them at a time, and a form knows for which it was filled in."""

from collections.abc import Mapping

from django.db.models import Case, When

from accounts.models import Unit, User, memberships_of
from accounts.uscc import normalise
from records.doors import door
from records.people import Person
from records.rules import RuleBroken

NOBODY = "none"  # what a form carries whose person acts for no unit


def current_unit(user: Person) -> Unit | None:
    """The unit that the person acts for: the living one that he switched to, else the one that he joined first."""
    chosen = Case(When(pk=user.acting_for_id, then=0), default=1)
    return Unit.objects.of(user).alive().order_by(chosen, "memberships__since").known_to(user)


def shown_unit(user: Person) -> Unit | None:
    """The unit whose cases the person's lists show: a refused one only where he has no living one.

    From what the frame of the page asks anyway; what is done asks `current_unit`.
    """
    mine = memberships_of(user)
    living = [place for place in mine if place.unit.is_alive]
    acting = [place for place in living if place.unit_id == user.acting_for_id]
    refused = sorted(mine, key=lambda place: place.unit.updated_at, reverse=True)
    chosen = next(iter([*acting, *living, *refused]), None)
    if chosen is None:
        return None
    chosen.unit.know(user)
    return chosen.unit


def carried(unit: Unit | None) -> str:
    """What a form carries of the unit on screen: its number, or `none`."""
    return unit.number if unit is not None else NOBODY


def acting_in(data: Mapping[str, str]) -> str | None:
    """The unit that was on screen, as the form's hidden field `acting` says; None where it says nothing."""
    return data.get("acting") or None


def check_acting(unit: Unit | None, acting: str | None) -> None:
    """Raise RuleBroken where the act would land at another unit than the one on screen."""
    if acting is None or acting == carried(unit):
        return
    now = f"现在的单位是“{unit.name}”" if unit is not None else "您现在没有单位"
    raise RuleBroken(
        "R-UNIT",
        f"这个页面打开之后，您已在别处切换了单位，{now}，本次操作没有生效。请先切换回原来的单位，或核对后再提交。",
    )


@door
def switch_to(unit: Unit, *, by: Person) -> Unit:
    """Act for this unit from now on, in every window."""
    User.objects.filter(pk=by.pk).update(acting_for=unit)
    by.acting_for = unit
    return unit


def own_unit_of(user: Person, code: str) -> Unit | None:
    """The person's own living unit with this code, however it was typed; None if there is none."""
    return Unit.objects.of(user).alive().filter(uscc=normalise(code[:60])).first()
