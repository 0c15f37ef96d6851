"""What the papers must agree on (domain.md §3, §6.2): hard rules refuse, soft ones are shown to every reviewer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Value

from policy.arithmetic import Settlement, counted, redemption
from policy.calendar import local_date
from policy.models import ContractDateRule
from records.rules import RuleBroken
from redemption.models import Claim, Contract, Invoice, Receipt
from redemption.sums import Sums, sums_of

BRACKETS = str.maketrans("（）【】　", "()[] ")
Used = frozenset[tuple[str, int]]  # (invoice or receipt, primary key)


@dataclass(frozen=True)
class Finding:
    """One thing that does not agree: its reason code, the sentence, and whether it stops the claim."""

    code: str
    sentence: str
    stops: bool = True


def same_name(one: str, other: str) -> bool:
    """Full-width and half-width brackets are equal in names; spaces do not count."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    return "".join(name.translate(BRACKETS).split())


@dataclass(frozen=True)
class Papers:
    """A claim's rows, read once."""

    invoices: list[Invoice]
    receipts: list[Receipt]
    contracts: list[Contract]

    @property
    def sums(self) -> Sums:
        """What they come to."""
        return sums_of(self.contracts, self.invoices, self.receipts)

    @property
    def has_all(self) -> bool:
        """Whether each of the three lists has a row."""
        return bool(self.invoices and self.receipts and self.contracts)

    @property
    def has_any(self) -> bool:
        """Whether any of the three lists has a row."""
        return bool(self.invoices or self.receipts or self.contracts)


def papers_of(claim: Claim) -> Papers:
    """The claim's saved rows."""
    return Papers(list(claim.invoices.all()), list(claim.receipts.all()), list(claim.contracts.all()))


def settle(claim: Claim, papers: Papers | None = None) -> Settlement:
    """The redemption arithmetic on the claim's saved rows, by its own policy version or the one in force."""
    policy = claim.policy or claim.application.rules
    sums = (papers or papers_of(claim)).sums
    invoices = counted(sums.net, sums.gross, policy.amount_base)
    approved = claim.application.voucher.amount
    return redemption(sums.contract, invoices, sums.receipts, approved, policy.terms, billed=sums.gross)


def findings(claim: Claim) -> list[Finding]:
    """Everything that does not agree, hard rules first."""
    return judge(claim, papers_of(claim), used_elsewhere(claim))


def judge(claim: Claim, papers: Papers, used: Used = frozenset()) -> list[Finding]:
    """What does not agree on these papers; used: those of them that stand in another living claim. Asks nothing."""
    found = [*_parties(claim, papers), *_dates(claim, papers), *_keys(papers, used), *_money(claim, papers)]
    return sorted(found, key=lambda finding: not finding.stops)


def require_agreement(claim: Claim) -> None:
    """Raise RuleBroken with the first hard rule that the papers break."""
    for finding in findings(claim):
        if finding.stops:
            raise RuleBroken(finding.code, finding.sentence)


def _parties(claim: Claim, papers: Papers) -> Iterator[Finding]:
    """Buyer, payer and party A are the unit, under a name that it had; the others the provider's legal person."""
    unit, provider = claim.unit_names, [claim.application.order.provider.legal_name]
    names: list[tuple[str, list[str], str]] = [
        *((f"发票 {row.invoice_number} 的购买方", unit, row.buyer) for row in papers.invoices),
        *((f"发票 {row.invoice_number} 的销售方", provider, row.seller) for row in papers.invoices),
        *((f"回单 {row.serial} 的付款人", unit, row.payer) for row in papers.receipts),
        *((f"回单 {row.serial} 的收款人", provider, row.payee) for row in papers.receipts),
        *((f"合同 {row.number} 的甲方", unit, row.party_a) for row in papers.contracts),
        *((f"合同 {row.number} 的乙方", provider, row.party_b) for row in papers.contracts),
    ]
    for what, expected, written in names:
        if not any(same_name(name, written) for name in expected):
            known = "”或“".join(expected)
            yield Finding("R-PARTY", f"{what}“{written}”与本事项的“{known}”不一致，请核对后修改。")


def _dates(claim: Claim, papers: Papers) -> Iterator[Finding]:
    """事前申请: a contract must not precede the application; papers must fit the voucher's dates."""
    application = claim.application
    rule = application.rules.contract_date_rule
    applied_on = local_date(application.handed_in_at)
    for contract in papers.contracts:
        if contract.signed_on < applied_on and rule != ContractDateRule.OFF:
            sentence = (
                f"合同 {contract.number} 签订于 {contract.signed_on}，早于申请日期 {applied_on}，不符合“事前申请”。"
            )
            yield Finding("R-DATE", sentence, stops=rule == ContractDateRule.HARD)
    use_by = application.voucher.use_by
    if claim.completed_on and claim.completed_on > use_by:
        yield Finding("R-DATE", f"完成日期 {claim.completed_on} 晚于创新券使用截止日期 {use_by}。")


def used_elsewhere(claim: Claim) -> Used:
    """The claim's invoices and receipts whose key another living claim uses, over all units and years."""
    invoices = taken(claim.invoices.all(), "code", "invoice_number").values_list(Value("invoice"), "pk")
    receipts = taken(claim.receipts.all(), "payer_account", "serial").values_list(Value("receipt"), "pk")
    return frozenset(invoices.order_by().union(receipts.order_by()))


def _keys(papers: Papers, used: Used) -> Iterator[Finding]:
    """The same invoice or receipt is used once while its claim lives."""
    for row in papers.invoices:
        if ("invoice", row.pk) in used:
            yield Finding(
                "R-DUP", f"发票 {row} 已被另一份兑现申请使用，同一张发票不能重复兑现。请删除这一行或更换发票。"
            )
    for receipt in papers.receipts:
        if ("receipt", receipt.pk) in used:
            yield Finding("R-DUP", f"银行回单 {receipt} 已被另一份兑现申请使用。请删除这一行或更换回单。")


def taken(rows: QuerySet[Any], *key: str) -> QuerySet[Any]:
    """Those of the rows whose key is in use by another living claim."""
    same = {name: OuterRef(name) for name in key}
    return rows.filter(Exists(rows.model.objects.filter(live=True, **same).exclude(claim=OuterRef("claim"))))


def _money(claim: Claim, papers: Papers) -> Iterator[Finding]:
    """Full payment where the policy asks for it; the totals agree with the contract."""
    settlement, sums = settle(claim, papers), papers.sums
    if settlement.refusal:
        yield Finding("R-PAID", settlement.refusal)
    if sums.gross != sums.contract:
        sentence = f"发票合计 {sums.gross:,.2f} 元与合同金额 {sums.contract:,.2f} 元不一致。"
        yield Finding("R-SUM", sentence, stops=False)
