"""What does agree, with the figures that were compared and where they come from."""

from collections.abc import Iterator
from typing import NamedTuple

from policy.arithmetic import yuan
from policy.calendar import local_date
from policy.models import ContractDateRule
from redemption.checks import ACCOUNTS, TAX_ID, Papers
from redemption.findings.looked import Evidence
from redemption.models import Claim


class Agreed(NamedTuple):
    """One comparison: the code or matter under which it fails, the sentence, the figures, and whence they come."""

    about: str
    text: str
    detail: str


def compared(claim: Claim, papers: Papers, evidence: Evidence) -> Iterator[Agreed]:
    """All that the checks have really looked at in these papers, for where it agrees."""
    yield from _parties(claim, papers, evidence)
    yield from _dates(claim, evidence)
    keys = evidence.sources(invoices=("code", "invoice_number"), receipts=("payer_account", "serial"))
    yield Agreed("R-DUP", "发票和银行回单的号码没有被其他兑现申请使用", keys)
    yield from _money(claim, papers, evidence)


def _parties(claim: Claim, papers: Papers, evidence: Evidence) -> Iterator[Agreed]:
    provider = claim.application.order.provider
    names = f"“{'”或“'.join(claim.unit_names)}”和“{provider.legal_name}”"
    sources = evidence.sources(
        invoices=("buyer", "seller"), receipts=("payer", "payee"), contracts=("party_a", "party_b")
    )
    yield Agreed("R-PARTY", "发票、银行回单和合同上的单位名称与本事项一致", f"{names}；{sources}")
    if all(row.seller_tax_id for row in papers.invoices):
        code = f"{provider.legal_uscc}；{evidence.sources(invoices=('seller_tax_id',))}"
        yield Agreed(TAX_ID, "发票的销售方税号与服务机构的统一社会信用代码一致", code)
    if claim.account_number and all(row.payer_account and row.payee_account for row in papers.receipts):
        sources = evidence.sources(receipts=("payer_account", "payee_account"))
        account = f"付款账号尾号 {claim.account_number[-4:]}；{sources}"
        yield Agreed(ACCOUNTS, "银行回单的付款账号就是本申请的收款账号，款项付到同一个帐户", account)


def _dates(claim: Claim, evidence: Evidence) -> Iterator[Agreed]:
    rules, use_by = claim.application.rules, claim.application.voucher.use_by
    if claim.completed_on:
        days = f"{claim.completed_on}，截止 {use_by}；只有填写的数据。"
        yield Agreed("R-DATE", "完成日期不晚于创新券使用截止日期", days)
    if rules.contract_date_rule != ContractDateRule.OFF:
        applied = local_date(claim.application.handed_in_at)
        sources = evidence.sources(contracts=("signed_on",), invoices=("issued_on",), receipts=("paid_on",))
        text = "合同、发票和银行回单的日期、服务完成的日期不早于申请日期"
        yield Agreed("R-DATE", text, f"申请日期 {applied}；{sources}")


def _money(claim: Claim, papers: Papers, evidence: Evidence) -> Iterator[Agreed]:
    sums = papers.sums
    if claim.application.rules.full_payment_required:
        due = f"回单合计 {yuan(sums.receipts)}，发票合计 {yuan(sums.gross)}，合同金额 {yuan(sums.contract)}"
        text = "银行回单合计不少于应付金额"
        yield Agreed("R-PAID", text, f"{due}；{evidence.sources(receipts=('amount',))}")
    told = f"{yuan(sums.gross)}；{evidence.sources(invoices=('gross',), contracts=('amount',))}"
    yield Agreed("R-SUM", "发票合计与合同金额一致", told)
