"""What the voucher brings on a price; the policy version is read once for a page, however many products it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from catalog.models import Product
from policy.arithmetic import Offer, offer
from policy.models import PolicyVersion


@dataclass(frozen=True)
class Benefit:
    """What an enterprise with its whole quota free could get on one price, in yuan."""

    price: Decimal
    offer: Offer

    @property
    def after(self) -> Decimal | None:
        """What would remain to pay; None where nothing can be applied for."""
        return None if self.offer.refused else self.price - self.offer.amount


def tell_benefits(products: Iterable[Product]) -> PolicyVersion:
    """Give each marked product its `benefit`, all others None; return the version that holds now."""
    policy = PolicyVersion.objects.in_force()
    for product in products:
        product.benefit = Benefit(product.price, offer(product.price, policy.terms)) if product.is_marked else None  # type: ignore[attr-defined]
    return policy
