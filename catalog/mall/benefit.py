"""What the voucher brings on a price; the policy version is read once for a page, however many products it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from catalog.models import Product
from policy.arithmetic import ZERO, Offer, Terms, figure, offer, percent
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
    def sentence(self) -> str:
        """How the figure comes about; the year's quota of a certain enterprise is told when it applies."""
        share = f"参考价格的 {percent(self.terms.ratio)}"
        if self.offer.refused:
            return f"{share} 低于最低补贴 {figure(self.terms.minimum or ZERO)} 元；合同总额更高时可以申请。"
        cap = f"，每家企业每年最多 {figure(self.terms.cap)} 元"
        return f"最多补贴 {figure(self.offer.amount)} 元：{share}{cap}。"


def tell_benefits(products: Iterable[Product]) -> PolicyVersion:
    """Give each marked product its `benefit`, all others None; return the version that holds now."""
    policy = PolicyVersion.objects.in_force()
    terms = policy.terms
    for product in products:
        product.benefit = Benefit(product.price, offer(product.price, terms), terms) if product.is_marked else None
    return policy
