"""What the voucher brings on a price; the policy version is read once for a page, however many products it shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from accounts.models import Unit
from catalog.models import Product
from policy.arithmetic import FEN, ZERO, Balance, Offer, Terms, offer, percent, yuan
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


@dataclass(frozen=True)
class OwnBenefit(Benefit):
    """What a certain enterprise can still get on it this year."""

    @property
    def why_none(self) -> str:
        """That its year's quota does not reach, where it is that."""
        if self.offer.refused and self.is_short:
            return f"本年度剩余额度 {yuan(self.offer.available)}，不足以再申请"
        return super().why_none

    @property
    def is_short(self) -> bool:
        """Whether what is left of the year decides."""
        return self.offer.available < self.offer.ceiling

    @property
    def sentence(self) -> str:
        """How the figure comes about for this enterprise."""
        if not self.is_short:
            return f"{super().sentence.rstrip('。')}；您的单位本年度还可申请 {yuan(self.offer.available)}。"
        share = f"参考价格的 {percent(self.terms.ratio)} 是 {yuan(self.offer.ceiling)}"
        left = f"您的单位本年度只剩 {yuan(self.offer.available)}"
        if self.offer.refused:
            return f"{share}，{left}，低于最低补贴 {yuan(self.terms.minimum or FEN)}，今年不能再申请。"
        return f"{share}，{left}，最多补贴 {yuan(self.offer.amount)}。"


TAKEN: list[Callable[[Unit, Product], Balance]] = []


def tells_taken(function: Callable[[Unit, Product], Balance]) -> Callable[[Unit, Product], Balance]:
    """Name who knows what a unit has taken out of the year that the product counts in: an upper floor keeps the ledger."""
    TAKEN.append(function)
    return function


def own_benefit(product: Product, unit: Unit, terms: Terms) -> Benefit:
    """What the voucher brings this unit on the product; as for anybody where nobody knows its ledger."""
    balances = [taken(unit, product) for taken in TAKEN]
    return OwnBenefit(product.price, offer(product.price, terms, balances[0]), terms) if balances else product.benefit


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
