"""Signs that applicant and provider belong together (domain.md §3): for reviewers alone, and nobody is stopped."""

from papers.evidence import Line
from redemption.checks import Papers
from redemption.models import Claim
from vouchers.checks import tie_warnings

MEMORY = "ties"  # of a claim: what was found once
COMPARED = "比对了双方的法定代表人、联系电话、地址、成员的邮箱域名，以及银行回单的收款账号。"


def ties_of(claim: Claim, papers: Papers) -> list[str]:
    """A sentence for each sign; asked once for a claim."""
    if MEMORY not in claim.memory:
        found = tie_warnings(claim, claim.application.order.provider)
        claim.memory[MEMORY] = [*found, *account_warnings(claim, papers)]
    known: list[str] = claim.memory[MEMORY]
    return known


def account_warnings(claim: Claim, papers: Papers) -> list[str]:
    """The money must not come back to the one who paid it."""
    accounts = {receipt.payee_account for receipt in papers.receipts}
    if claim.account_number and claim.account_number in accounts:
        return ["申请单位的收款账号与银行回单的收款账号相同，请核对资金是否回流。"]
    return []


def no_ties(claim: Claim, papers: Papers) -> list[Line]:
    """That none was found, with what was compared; the signs themselves stand above the case."""
    if ties_of(claim, papers):
        return []
    return [{"tone": "ok", "text": "没有发现申请单位与服务机构有关联的迹象", "detail": COMPARED}]
