"""News of what the platform takes off the shelf, for the provider."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from catalog.models import DeskAct, Provider
from notifications.kinds import Kind
from notifications.matters import MADE, ORDERS

NAMED = 5  # products by name; more are counted


@dataclass(frozen=True)
class Withdrawal:
    """What was taken off the shelf of one provider, and why."""

    provider: Provider
    names: list[str]
    act: str
    reason: str

    def get_absolute_url(self) -> str:
        """Where the provider looks at its products."""
        return reverse("provider_product_list")

    @property
    def words(self) -> str:
        """The products by name, the first of them."""
        named = "、".join(f"“{name}”" for name in self.names[:NAMED])
        return f"{named}等 {len(self.names)} 个产品" if len(self.names) > NAMED else named


def provider_side(withdrawal: Withdrawal) -> Iterable[Any]:
    """Everybody who keeps the provider's desk."""
    unit = withdrawal.provider.unit
    return unit.members.all() if unit else ()


PRODUCTS_OFF = Kind("products_off", provider_side, matter=ORDERS)


def whoever_asked(act: DeskAct) -> Iterable[Any]:
    """Whoever has asked for it, and has gone on to something else meanwhile."""
    return (act.by,)


ACT_ENDED = Kind("desk_act_ended", whoever_asked, by_mail=False, matter=MADE)
