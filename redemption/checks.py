"""What the papers must agree on (domain.md §3, §6.2): hard rules refuse, soft ones are shown to every reviewer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from policy.arithmetic import Settlement, counted, redemption
from policy.models import ContractDateRule, PolicyVersion
from records.rules import RuleBroken
from redemption.models import Claim, Invoice, Receipt

BRACKETS = str.maketrans("（）【】　", "()[] ")


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


def settle(claim: Claim) -> Settlement:
    """The redemption arithmetic on the claim's saved rows, by its own policy version or the one in force."""
    policy = claim.policy or PolicyVersion.objects.in_force()
    sums = claim.sums
    invoices = counted(sums["net"], sums["gross"], policy.amount_base)
    approved = claim.application.approved_amount
    return redemption(sums["contract"], invoices, sums["receipts"], approved, policy.terms, billed=sums["gross"])


def findings(claim: Claim) -> list[Finding]:
    """Everything that does not agree, hard rules first."""
    found = [*_parties(claim), *_dates(claim), *_keys(claim), *_money(claim)]
    return sorted(found, key=lambda finding: not finding.stops)


def require_agreement(claim: Claim) -> None:
    """Raise RuleBroken with the first hard rule that the papers break."""
    for finding in findings(claim):
        if finding.stops:
            raise RuleBroken(finding.code, finding.sentence)


def _parties(claim: Claim) -> Iterator[Finding]:
    """Buyer, payer and party A are the unit; seller, payee and party B are the provider's legal person."""
    unit, provider = claim.unit.name, claim.application.order.provider.legal_name
    papers: list[tuple[str, str, Any]] = [
        *((f"发票 {row.invoice_number} 的购买方", unit, row.buyer) for row in claim.invoices.all()),
        *((f"发票 {row.invoice_number} 的销售方", provider, row.seller) for row in claim.invoices.all()),
        *((f"回单 {row.serial} 的付款人", unit, row.payer) for row in claim.receipts.all()),
        *((f"回单 {row.serial} 的收款人", provider, row.payee) for row in claim.receipts.all()),
        *((f"合同 {row.number} 的甲方", unit, row.party_a) for row in claim.contracts.all()),
        *((f"合同 {row.number} 的乙方", provider, row.party_b) for row in claim.contracts.all()),
    ]
    for what, expected, written in papers:
        if not same_name(expected, written):
            yield Finding("R-PARTY", f"{what}“{written}”与本事项的“{expected}”不一致，请核对后修改。")


def _dates(claim: Claim) -> Iterator[Finding]:
    """事前申请: a contract must not precede the application; papers must fit the voucher's dates."""
    application = claim.application
    policy = application.policy
    applied_on = application.submitted_at.astimezone().date()
    for contract in claim.contracts.all():
        if contract.signed_on < applied_on and policy.contract_date_rule != ContractDateRule.OFF:
            sentence = (
                f"合同 {contract.number} 签订于 {contract.signed_on}，早于申请日期 {applied_on}，不符合“事前申请”。"
            )
            yield Finding("R-DATE", sentence, stops=policy.contract_date_rule == ContractDateRule.HARD)
    if claim.completed_on and claim.completed_on > application.use_by:
        yield Finding("R-DATE", f"完成日期 {claim.completed_on} 晚于创新券使用截止日期 {application.use_by}。")


def _keys(claim: Claim) -> Iterator[Finding]:
    """The same invoice or receipt is used once over all units and years while its claim lives."""
    for row in claim.invoices.all():
        taken = Invoice.objects.filter(live=True, code=row.code, invoice_number=row.invoice_number).exclude(claim=claim)
        if taken.exists():
            yield Finding(
                "R-DUP", f"发票 {row} 已被另一份兑现申请使用，同一张发票不能重复兑现。请删除这一行或更换发票。"
            )
    for receipt in claim.receipts.all():
        same = Receipt.objects.filter(live=True, payer_account=receipt.payer_account, serial=receipt.serial)
        if same.exclude(claim=claim).exists():
            yield Finding("R-DUP", f"银行回单 {receipt.serial} 已被另一份兑现申请使用。请删除这一行或更换回单。")


def _money(claim: Claim) -> Iterator[Finding]:
    """Full payment where the policy asks for it; the totals agree with the contract."""
    settlement, sums = settle(claim), claim.sums
    if settlement.refusal:
        yield Finding("R-PAID", settlement.refusal)
    if sums["gross"] != sums["contract"]:
        sentence = f"发票合计 {sums['gross']:,.2f} 元与合同金额 {sums['contract']:,.2f} 元不一致。"
        yield Finding("R-SUM", sentence, stops=False)
