"""What the voucher brings on a price; the policy version is read once for a page, however many products it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from catalog.models import Product
from policy.arithmetic import ZERO, Offer, Terms, offer, percent, yuan
from policy.models import PolicyVersion


@dataclass(frozen=True)
class Benefit:
    """What an enterprise with its whole quota free could get on one price, in yuan."""

    price: Decimal
    offer: Offer
    terms: Terms

    @property
    def after(self) -> Decimal | None:
        """What would remain to pay; None where nothing can be applied for."""
        return None if self.offer.refused else self.price - self.offer.amount

    @property
    def why_none(self) -> str:
        """In a few words why a marked product does not tell what would remain to pay; "" where it does."""
        return f"补贴不足 {yuan(self.terms.minimum or ZERO)}，不能单独用券" if self.offer.refused else ""

    @property
    def sentence(self) -> str:
        """How the figure comes about; the year's quota of a certain enterprise is told when it applies."""
        share = f"参考价格的 {percent(self.terms.ratio)}"
        if self.offer.refused:
            return f"{share} 低于最低补贴 {yuan(self.terms.minimum or ZERO)}；合同总额更高时可以申请。"
        cap = f"，每家企业每年最多 {yuan(self.terms.cap)}"
        return f"最多补贴 {yuan(self.offer.amount)}：{share}{cap}。"


@lru_cache(maxsize=5000)
def benefit_of(price: Decimal, terms: Terms) -> Benefit:
    """What the voucher brings on this price, yuan; many services cost the same."""
    return Benefit(price, offer(price, terms), terms)


def tell_benefits(products: Iterable[Product]) -> PolicyVersion:
    """Give each marked product its `benefit`, all others None; return the version that holds now."""
    policy = PolicyVersion.objects.remembered()
    terms = policy.terms
    for product in products:
        product.benefit = benefit_of(product.price, terms) if product.is_marked else None
    return policy
