"""The arithmetic of the voucher (domain.md §3): pure functions on Decimal yuan, no clock, no database.

Every sentence stands here once; form, live hint and refusal quote it.
"""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal

from django.db.models import TextChoices

ZERO = Decimal("0.00")
FEN = Decimal("0.01")
YUAN = Decimal(1)

Limit = Literal["ratio", "cap", "quota", "minimum", "contract"]


class Rounding(TextChoices):
    """How a share of an amount becomes a payable amount."""

    FLOOR_YUAN = "floor_yuan", "舍去不足一元的部分"
    HALF_UP_YUAN = "half_up_yuan", "四舍五入到元"
    FEN = "fen", "精确到分，舍去不足一分的部分"


class AmountBase(TextChoices):
    """Which figure of an invoice counts."""

    GROSS = "gross", "价税合计"
    NET = "net", "不含税金额"


@dataclass(frozen=True)
class Terms:
    """The figures of one policy version that the arithmetic needs; amounts in yuan, ratio as a share of one."""

    ratio: Decimal = Decimal("0.50")
    cap: Decimal = Decimal("150000.00")
    minimum: Decimal | None = Decimal("1000.00")
    rounding: str = Rounding.FLOOR_YUAN
    full_payment_required: bool = True


@dataclass(frozen=True)
class Balance:
    """What one enterprise has taken out of one cycle, in yuan: the sums of its ledger."""

    reserved: Decimal = ZERO
    approved: Decimal = ZERO
    used: Decimal = ZERO

    @property
    def taken(self) -> Decimal:
        """All that is no longer free."""
        return self.reserved + self.approved + self.used


@dataclass(frozen=True)
class Offer:
    """What can be applied for on one contract, and the sentence of the limit that decided it."""

    amount: Decimal
    ceiling: Decimal
    available: Decimal
    minimum: Decimal | None
    rounding: str
    limit: Limit
    sentence: str

    @property
    def refused(self) -> bool:
        """Nothing can be applied for; the sentence says why."""
        return self.amount == ZERO

    def objection(self, applied: Decimal) -> str:
        """Say why this amount (yuan) cannot be applied for; empty where it can."""
        if self.refused:
            return f"{self.sentence}。"
        if applied != round_down(applied, self.rounding):
            unit = "分" if self.rounding == Rounding.FEN else "元"
            return f"申请补贴金额须精确到{unit}，请改为 {yuan(min(round_down(applied, self.rounding), self.amount))}。"
        if applied > self.amount:
            return f"申请补贴金额 {yuan(applied)}超过上限：{self.sentence}。"
        floor = self.minimum if self.minimum is not None else FEN
        if applied < floor:
            return f"申请补贴金额 {yuan(applied)}低于最低补贴金额 {yuan(floor)}。"
        return ""


@dataclass(frozen=True)
class Settlement:
    """What is paid back for one voucher, in yuan; refusal is empty or says why it cannot be submitted."""

    base: Decimal
    amount: Decimal
    returned: Decimal
    refusal: str
    sentence: str


def yuan(amount: Decimal) -> str:
    """Write an amount for a sentence: 15,000 元, fen only where there are any; `money` of the templates writes ¥ 15,000.00."""
    return f"{amount:,.2f}".removesuffix(".00") + " 元"


def percent(ratio: Decimal) -> str:
    """Write a share of one as «50 %»."""
    return f"{(ratio * 100).normalize():f} %"


def round_amount(amount: Decimal, rounding: str) -> Decimal:
    """Round a share as the policy says; the result has two places."""
    if rounding == Rounding.HALF_UP_YUAN:
        return amount.quantize(YUAN, ROUND_HALF_UP).quantize(FEN)
    return round_down(amount, rounding)


def round_down(amount: Decimal, rounding: str) -> Decimal:
    """Cut to the policy's unit, never up: a remainder or a bound must not grow by rounding."""
    unit = FEN if Rounding(rounding) is Rounding.FEN else YUAN
    return amount.quantize(unit, ROUND_DOWN).quantize(FEN)


def counted(net: Decimal, gross: Decimal, amount_base: str) -> Decimal:
    """Pick the figure of an invoice that the policy counts."""
    return net if AmountBase(amount_base) is AmountBase.NET else gross


def ceiling(contract: Decimal, terms: Terms) -> Decimal:
    """Give the share of a contract that may be applied for, before the year's cap."""
    return round_amount(contract * terms.ratio, terms.rounding)


def free_quota(cap: Decimal, reserved: Decimal, approved: Decimal, used: Decimal) -> Decimal:
    """Give what is left of a cycle's cap; never negative, also if a cap was lowered afterwards."""
    return max(cap - reserved - approved - used, ZERO)


def offer(contract: Decimal, terms: Terms, balance: Balance | None = None) -> Offer:
    """Tell what can be applied for on this contract (yuan), and which limit decides it."""
    balance = balance or Balance()
    share = ceiling(contract, terms)
    available = free_quota(terms.cap, balance.reserved, balance.approved, balance.used)
    best = min(share, round_down(available, terms.rounding))
    if contract <= 0:
        return Offer(ZERO, ZERO, available, terms.minimum, terms.rounding, "contract", "合同金额须大于 0")
    limit: Limit = "ratio" if best == share else ("quota" if balance.taken else "cap")
    head = _share_sentence(contract, share, available, terms, limit)
    if best < (terms.minimum or FEN):
        return Offer(ZERO, share, available, terms.minimum, terms.rounding, "minimum", _too_little(head, best, terms))
    sentence = f"{head} → 最多可申请 {yuan(best)}"
    return Offer(best, share, available, terms.minimum, terms.rounding, limit, sentence)


def share_words(amount: Decimal, share: Decimal, terms: Terms) -> str:
    """50 % = 6,172 元（舍去不足一元的部分）: how the share was rounded, where it was."""
    rounded = f"（{Rounding(terms.rounding).label}）" if share != amount * terms.ratio else ""
    return f"{percent(terms.ratio)} = {yuan(share)}{rounded}"


def _share_sentence(contract: Decimal, share: Decimal, available: Decimal, terms: Terms, limit: Limit) -> str:
    head = f"合同额 {yuan(contract)} × {share_words(contract, share, terms)}"
    if limit == "cap":
        return f"{head}；每家企业每年最多 {yuan(terms.cap)}"
    return f"{head}；本年度剩余 {yuan(available)}"


def _too_little(head: str, best: Decimal, terms: Terms) -> str:
    if best == ZERO or terms.minimum is None:
        return f"{head} → 没有可以申请的金额"
    return f"{head} → {yuan(best)}低于最低补贴金额 {yuan(terms.minimum)}，不能申请"


def redemption(
    actual: Decimal,
    invoices: Decimal,
    receipts: Decimal,
    approved: Decimal,
    terms: Terms,
    *,
    billed: Decimal | None = None,
) -> Settlement:
    """Compute what is paid back (yuan): the share of the least of contract, invoices and receipts, up to `approved`.

    billed: what the invoices oblige to pay (gross), where `invoices` is their net sum; the same otherwise.
    """
    base = min(actual, invoices, receipts)
    amount = min(ceiling(base, terms), approved)
    sentence = f"兑现基数 {yuan(base)} × {share_words(base, ceiling(base, terms), terms)}"
    sentence += f"；批准 {yuan(approved)} → 兑现 {yuan(amount)}"
    due = min(actual, invoices if billed is None else billed)
    refusal = _unpaid(due, receipts) if terms.full_payment_required else ""
    if not refusal and amount <= ZERO:
        refusal = "按合同、发票和银行回单计算的兑现金额为 0，请核对金额。"
    return Settlement(base, amount, approved - amount, refusal, sentence)


def _unpaid(due: Decimal, receipts: Decimal) -> str:
    if receipts >= due:
        return ""
    gap = yuan(due - receipts)
    return f"须全额支付后才能申请兑现：应付 {yuan(due)}，银行回单合计 {yuan(receipts)}，还差 {gap}。"
