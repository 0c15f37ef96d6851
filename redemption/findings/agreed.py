"""What does agree, with the figures that were compared and where they come from."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from papers.evidence import Line
from policy.arithmetic import yuan
from policy.calendar import local_date
from policy.models import ContractDateRule
from redemption.checks import ACCOUNTS, TAX_ID, Papers
from redemption.findings.looked import Evidence
from redemption.models import Claim

DAYS = {"contracts": ("signed_on",), "invoices": ("issued_on",), "receipts": ("paid_on",)}
DOUBTED = "（按填写的数据；材料上有不一致的内容）"


class Agreed(NamedTuple):
    """One comparison: the code or matter under which it fails, the sentence, the figures, and list → what was compared."""

    about: str
    text: str
    figures: str
    names: Mapping[str, tuple[str, ...]]

    def line(self, evidence: Evidence) -> Line:
        """As a line: green where no paper says otherwise."""
        detail = "；".join(filter(None, (self.figures, evidence.sources(self.names))))
        read = {"read": evidence.is_read(self.names)} if self.names else {}
        if evidence.differs(self.names):
            return {"tone": "todo", "text": self.text + DOUBTED, "detail": detail}
        return {"tone": "ok", "text": self.text, "detail": detail, **read}


def compared(claim: Claim, papers: Papers) -> Iterator[Agreed]:
    """All that the checks have really looked at in these papers, for where it agrees."""
    yield from _parties(claim, papers)
    yield from _dates(claim)
    keys = {"invoices": ("code", "invoice_number"), "receipts": ("payer_account", "serial")}
    yield Agreed("R-DUP", "发票和银行回单的号码没有被其他兑现申请使用", "", keys)
    yield from _money(claim, papers)


def _parties(claim: Claim, papers: Papers) -> Iterator[Agreed]:
    provider = claim.application.order.provider
    told = f"“{'”或“'.join(claim.unit_names)}”和“{provider.legal_name}”"
    sides = {"invoices": ("buyer", "seller"), "receipts": ("payer", "payee"), "contracts": ("party_a", "party_b")}
    yield Agreed("R-PARTY", "发票、银行回单和合同上的单位名称与本事项一致", told, sides)
    if all(row.seller_tax_id for row in papers.invoices):
        text = "发票的销售方税号与服务机构的统一社会信用代码一致"
        yield Agreed(TAX_ID, text, provider.legal_uscc, {"invoices": ("seller_tax_id",)})
    if claim.account_number and all(row.payer_account and row.payee_account for row in papers.receipts):
        text = "银行回单的付款账号就是本申请的收款账号，款项付到同一个账户"
        accounts = {"receipts": ("payer_account", "payee_account")}
        yield Agreed(ACCOUNTS, text, f"付款账号尾号 {claim.account_number[-4:]}", accounts)


def _dates(claim: Claim) -> Iterator[Agreed]:
    rules, use_by = claim.application.rules, claim.application.voucher.use_by
    if claim.completed_on:
        yield Agreed("R-DATE", "完成日期不晚于创新券使用截止日期", f"{claim.completed_on}，截止 {use_by}", {})
    yield Agreed("R-DATE", "发票和银行回单的日期不早于合同签订日期", "", DAYS)
    if rules.contract_date_rule != ContractDateRule.OFF:
        text = "合同、发票和银行回单的日期、服务完成的日期不早于申请日期"
        yield Agreed("R-DATE", text, f"申请日期 {local_date(claim.application.handed_in_at)}", DAYS)


def _money(claim: Claim, papers: Papers) -> Iterator[Agreed]:
    sums = papers.sums
    if claim.application.rules.full_payment_required:
        due = f"回单合计 {yuan(sums.receipts)}，发票合计 {yuan(sums.gross)}，合同金额 {yuan(sums.contract)}"
        yield Agreed("R-PAID", "银行回单合计不少于应付金额", due, {"receipts": ("amount",)})
    amounts = {"invoices": ("gross",), "contracts": ("amount",)}
    yield Agreed("R-SUM", "发票合计与合同金额一致", yuan(sums.gross), amounts)
