"""What the papers must agree on (domain.md §3, §6.2): hard rules refuse, soft ones are shown to every reviewer."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from orders.workflow import State as Ordering
from policy.arithmetic import Settlement, counted, redemption, yuan
from policy.calendar import local_date
from policy.models import ContractDateRule
from records.rules import RuleBroken
from redemption.models import (
    HAS_PAPER_KEY,
    INVOICE_KEY,
    PAPER_KEY,
    RECEIPT_KEY,
    Claim,
    Contract,
    Invoice,
    Receipt,
)
from redemption.sums import Sums, sums_of
from redemption.verification import Verified, refusals_in, verified_of
from ui.keys import AsRead
from ui.names import same_name

if TYPE_CHECKING:
    import datetime as dt

TAX_ID, ACCOUNTS, VERIFIED = "tax_id", "accounts", "verified"  # what is compared beside names and sums
NOTHING: Verified = MappingProxyType({})
NOT_COMPLETED = "订单还在“服务中”，服务机构没有登记完成。"
ASK_PROVIDER = "请确认服务已经完成，并请服务机构登记。"
LOOK_AT_RESULT = "请对照服务成果证明，核对服务是否确已完成。"
Used = frozenset[tuple[str, int]]  # (invoice or receipt, primary key)
Row = Invoice | Receipt | Contract


@dataclass(frozen=True)
class Finding:
    """One thing that does not agree: its reason code, the sentence, whether it stops the claim, and what was compared."""

    code: str
    sentence: str
    stops: bool = True
    about: str = ""  # where the code has several comparisons
    row: Row | None = None  # whose paper shows it
    names: tuple[str, ...] = ()  # the figures of the row that were compared


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
    papers = papers_of(claim)
    return judge(claim, papers, used_elsewhere(claim), verified_of(claim, papers.invoices))


def judge(claim: Claim, papers: Papers, used: Used = frozenset(), verified: Verified = NOTHING) -> list[Finding]:
    """What does not agree on these papers. Asks nothing.

    used: those of them that stand in another living claim. verified: what the tax bureau's service has said of them.
    """
    found = [
        *_parties(claim, papers),
        *_tax_ids(claim, papers),
        *_dates(claim, papers),
        *_keys(papers, used),
        *(Finding("R-DUP", said, stops, VERIFIED) for said, stops in refusals_in(papers.invoices, verified)),
        *_money(claim, papers),
        *_accounts(claim, papers),
    ]
    return sorted(found, key=lambda finding: not finding.stops)


def require_agreement(claim: Claim) -> None:
    """Raise RuleBroken with the first hard rule that the papers break."""
    for finding in findings(claim):
        if finding.stops:
            raise RuleBroken(finding.code, finding.sentence)


def _parties(claim: Claim, papers: Papers) -> Iterator[Finding]:
    """Buyer, payer and party A are the unit, under a name that it had; the others the provider's legal person."""
    unit, provider = claim.unit_names, [claim.application.order.provider.legal_name]
    named: list[tuple[Row, str, str, list[str]]] = [
        *((row, "buyer", f"发票 {row.invoice_number} 的购买方", unit) for row in papers.invoices),
        *((row, "seller", f"发票 {row.invoice_number} 的销售方", provider) for row in papers.invoices),
        *((row, "payer", f"回单 {row.serial} 的付款人", unit) for row in papers.receipts),
        *((row, "payee", f"回单 {row.serial} 的收款人", provider) for row in papers.receipts),
        *((row, "party_a", f"合同 {row.number} 的甲方", unit) for row in papers.contracts),
        *((row, "party_b", f"合同 {row.number} 的乙方", provider) for row in papers.contracts),
    ]
    for row, name, what, expected in named:
        written = getattr(row, name)
        if not any(same_name(one, written) for one in expected):
            sentence = f"{what}“{written}”与本事项的“{'”或“'.join(expected)}”不一致，请核对后修改。"
            yield Finding("R-PARTY", sentence, row=row, names=(name,))


def _tax_ids(claim: Claim, papers: Papers) -> Iterator[Finding]:
    """The seller's number is the credit code of the provider's legal person."""
    code = claim.application.order.provider.legal_uscc
    for row in papers.invoices:
        if row.seller_tax_id and row.seller_tax_id != code:
            sentence = (
                f"发票 {row} 的销售方税号 {row.seller_tax_id} 与服务机构的统一社会信用代码 {code} 不一致，请核对。"
            )
            yield Finding("R-PARTY", sentence, stops=False, about=TAX_ID, row=row, names=("seller_tax_id",))


def _accounts(claim: Claim, papers: Papers) -> Iterator[Finding]:
    """Paid from the unit's own account into one of the provider's; a unit may have several, so nothing stops."""
    own = claim.account_number
    for row in papers.receipts:
        if row.payer_account and row.payer_account == row.payee_account:
            yield _account(f"回单 {row} 的付款账号与收款账号相同，请核对。", row)
        elif row.payer_account and own and row.payer_account != own:
            yield _account(
                f"回单 {row} 的付款账号（尾号 {row.payer_account[-4:]}）与本申请的收款账号（尾号 {own[-4:]}）不同，"
                "请核对付款的是否为申请单位的对公账户。",
                row,
            )
    payees = sorted({row.payee_account[-4:] for row in papers.receipts if row.payee_account})
    if len({row.payee_account for row in papers.receipts if row.payee_account}) > 1:
        yield _account(f"银行回单的收款账号不止一个（尾号 {'、'.join(payees)}），请核对是否都是服务机构的账户。")


def _account(sentence: str, row: Receipt | None = None) -> Finding:
    return Finding("R-PAID", sentence, stops=False, about=ACCOUNTS, row=row, names=("payer_account", "payee_account"))


def _dates(claim: Claim, papers: Papers) -> Iterator[Finding]:
    """Papers and completion must fit the dates of the application, of the contract and of the voucher."""
    yield from _before_the_application(claim, papers)
    yield from _before_the_contract(papers)
    yield from _outside_the_terms(claim, papers)
    use_by = claim.application.voucher.use_by
    if claim.completed_on and claim.completed_on > use_by:
        yield Finding("R-DATE", f"完成日期 {claim.completed_on} 晚于创新券使用截止日期 {use_by}。")


def _before_the_application(claim: Claim, papers: Papers) -> Iterator[Finding]:
    """事前申请: no paper is older than the application, nor is the work done before; how hard, the policy says."""
    rule = claim.application.rules.contract_date_rule
    if rule == ContractDateRule.OFF:
        return
    applied_on = local_date(claim.application.handed_in_at)
    dates: list[tuple[Row | None, str, str, dt.date | None]] = [
        *((row, "signed_on", f"合同 {row.number} 签订于", row.signed_on) for row in papers.contracts),
        *((row, "issued_on", f"发票 {row} 开具于", row.issued_on) for row in papers.invoices),
        *((row, "paid_on", f"回单 {row} 付款于", row.paid_on) for row in papers.receipts),
        (None, "", "服务完成于", claim.completed_on),
    ]
    for row, name, what, day in dates:
        if day and day < applied_on:
            sentence = f"{what} {day}，早于申请日期 {applied_on}，不符合“事前申请”。"
            yield Finding("R-DATE", sentence, stops=rule == ContractDateRule.HARD, row=row, names=(name,))


def _before_the_contract(papers: Papers) -> Iterator[Finding]:
    """Money that was paid or billed before any contract was signed is asked about."""
    first = min((contract.signed_on for contract in papers.contracts), default=None)
    days: list[tuple[Row, str, str, dt.date]] = [
        *((row, "issued_on", f"发票 {row} 开具于", row.issued_on) for row in papers.invoices),
        *((row, "paid_on", f"回单 {row} 付款于", row.paid_on) for row in papers.receipts),
    ]
    for row, name, what, day in days:
        if first and day < first:
            sentence = f"{what} {day}，早于合同签订日期 {first}，请核对。"
            yield Finding("R-DATE", sentence, stops=False, row=row, names=(name,))


def _outside_the_terms(claim: Claim, papers: Papers) -> Iterator[Finding]:
    """A contract signed after the voucher's use-by day or after its own term, and work that was done before its contract begins."""
    use_by, starts = claim.application.voucher.use_by, [row.starts_on for row in papers.contracts if row.starts_on]
    for row in papers.contracts:
        if row.signed_on > use_by:
            sentence = f"合同 {row.number} 签订于 {row.signed_on}，晚于创新券使用截止日期 {use_by}，请核对。"
            yield Finding("R-DATE", sentence, stops=False, row=row, names=("signed_on",))
        if row.ends_on and row.ends_on < row.signed_on:
            sentence = f"合同 {row.number} 的结束日期 {row.ends_on} 早于签订日期 {row.signed_on}，请核对。"
            yield Finding("R-DATE", sentence, stops=False, row=row, names=("ends_on",))
    if claim.completed_on and starts and claim.completed_on < min(starts):
        sentence = f"完成日期 {claim.completed_on} 早于合同开始日期 {min(starts)}，请核对。"
        yield Finding("R-DATE", sentence, stops=False)


def used_elsewhere(claim: Claim) -> Used:
    """The claim's invoices and receipts whose key another living claim uses, over all units and years."""
    first, *others = (rows.values_list(Value(name), "pk").order_by() for name, rows in keys_taken(claim))
    return frozenset(first.union(*others))


def keys_taken(claim: Claim) -> list[tuple[str, QuerySet[Any]]]:
    """The same as (invoice or receipt, the rows), one question for each key."""
    bills: QuerySet[Any] = claim.invoices.all()
    return [
        ("receipt", taken(claim.receipts.all(), *RECEIPT_KEY)),
        ("invoice", taken(bills, *INVOICE_KEY)),
        ("invoice", taken(bills, PAPER_KEY, where=HAS_PAPER_KEY)),
    ]


def _keys(papers: Papers, used: Used) -> Iterator[Finding]:
    """The same invoice or receipt is used once while its claim lives."""
    for row in papers.invoices:
        if ("invoice", row.pk) in used:
            sentence = f"发票 {row} 已被另一份兑现申请使用，同一张发票不能重复兑现。请删除这一行或更换发票。"
            yield Finding("R-DUP", sentence, row=row, names=("code", "invoice_number"))
    for receipt in papers.receipts:
        if ("receipt", receipt.pk) in used:
            sentence = f"银行回单 {receipt} 已被另一份兑现申请使用。请删除这一行或更换回单。"
            yield Finding("R-DUP", sentence, row=receipt, names=("payer_account", "serial"))


def taken(rows: QuerySet[Any], *key: AsRead, where: Q | None = None) -> QuerySet[Any]:
    """Those of the rows whose key reads as one in use by another living claim."""
    named = {f"key_{n}": read for n, read in enumerate(key)}
    others = rows.model.objects.filter(where or Q(), live=True).alias(**named)
    same = others.filter(**{name: OuterRef(name) for name in named}).exclude(claim=OuterRef("claim"))
    found: QuerySet[Any] = rows.filter(where or Q()).alias(**named).filter(Exists(same))
    return found


def doubts(claim: Claim, *, own: bool) -> list[str]:
    """What makes no sense at first sight; it stops nothing. own: in the words for the unit, else in those for reviewers."""
    order, application = claim.application.order, claim.application
    found = []
    if order.state == Ordering.SERVING:
        found.append(NOT_COMPLETED + (ASK_PROVIDER if own else LOOK_AT_RESULT))
    if claim.completed_on and application.planned_from and claim.completed_on < application.planned_from:
        found.append(f"完成日期 {claim.completed_on} 早于计划开始日期 {application.planned_from}，请核对。")
    return found


def _money(claim: Claim, papers: Papers) -> Iterator[Finding]:
    """Full payment where the policy asks for it; the totals agree with the contract."""
    settlement, sums = settle(claim, papers), papers.sums
    if settlement.refusal:
        yield Finding("R-PAID", settlement.refusal)
    if sums.gross != sums.contract:
        sentence = f"发票合计 {yuan(sums.gross)}与合同金额 {yuan(sums.contract)}不一致。"
        yield Finding("R-SUM", sentence, stops=False)
