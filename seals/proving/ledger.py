"""The ledger: the sums of accounts are those of their entries, and each case holds what its state says."""

from collections.abc import Iterator

from seals.proving.asking import broken
from vouchers.models import Application, QuotaAccount
from vouchers.workflow import State

SUMS = """(coalesce(sum(entry.reserved), 0), coalesce(sum(entry.approved), 0), coalesce(sum(entry.used), 0))"""
ACCOUNTS = f"""
SELECT account.id FROM vouchers_quotaaccount account LEFT JOIN vouchers_ledgerentry entry ON entry.account_id = account.id
 GROUP BY account.id HAVING (account.reserved, account.approved, account.used) IS DISTINCT FROM {SUMS} ORDER BY account.id
"""
HELD = """
SELECT own.id FROM vouchers_application own LEFT JOIN vouchers_ledgerentry entry ON entry.application_id = own.id
 GROUP BY own.id HAVING (own.state = ANY(%(review)s) AND coalesce(sum(entry.reserved), 0) <> own.applied_amount)
    OR (NOT own.state = ANY(%(reserved)s) AND coalesce(sum(entry.reserved), 0) <> 0 AND NOT EXISTS (
        SELECT FROM redemption_claim claim WHERE claim.application_id = own.id AND claim.state = 'appeal'))
    OR (own.state = 'approved' AND coalesce(sum(entry.approved), 0) <> own.approved_amount)
    OR (NOT own.state = ANY(%(approved)s) AND coalesce(sum(entry.approved), 0) <> 0)
    OR (own.state = ANY(%(ended)s) AND coalesce(sum(entry.used), 0) <> 0)
 ORDER BY own.id
"""
PAID = """
SELECT claim.id, claim.number FROM redemption_claim claim
  LEFT JOIN vouchers_ledgerentry entry ON entry.application_id = claim.application_id AND entry.kind IN ('use', 'review')
 WHERE claim.state = 'passed'
 GROUP BY claim.id HAVING coalesce(sum(entry.used), 0) <> claim.final_amount ORDER BY claim.id
"""
REVIEW = [State.DISTRICT, State.BODY]
RESERVED = [*REVIEW, State.DISTRICT_RETURNED, State.BODY_RETURNED, State.APPEAL]
APPROVED = [State.APPROVED, State.APPEAL]


def accounts() -> Iterator[str]:
    """Accounts whose sums are not those of their entries."""
    for (pk,) in broken(ACCOUNTS):
        yield f"年度额度 {pk}（{QuotaAccount.objects.get(pk=pk)}）：申请中、已批准、已兑现与额度流水不符。"


def applications() -> Iterator[str]:
    """Cases that hold what their state does not allow, or another amount than was decided."""
    ended = sorted(Application.DEAD)
    given = {"review": REVIEW, "reserved": RESERVED, "approved": APPROVED, "ended": ended}
    for (pk,) in broken(HELD, given):
        yield f"创新券申请 {Application.objects.get(pk=pk)}：金额与额度流水不符。"
    for _, number in broken(PAID):
        yield f"兑现申请 {number}：核定金额与额度流水不符。"
