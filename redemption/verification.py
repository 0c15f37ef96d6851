"""发票查验: what the tax bureau's service says of a claim's invoices (domain.md §6.3, docs/adr/0123)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from redemption.models import Claim, Invoice, InvoiceKind
from registers.kinds import Register, Status, Trouble, is_connected
from registers.standing import Standing, standings_of
from ui.templatetags.ui import when

MEMORY = "verified"  # of a claim: what was read of its invoices once
WORD = "税务查验："
USELESS = frozenset({Status.VOIDED, Status.RED})
DOUBTFUL = {
    Status.DIFFERS: "请对照票面核对金额、开票日期和销售方税号",
    Status.UNKNOWN: "请核对代码和号码；刚开具的发票可以过一天再查",
}
Verified = Mapping[int, Standing]  # key of an invoice → how it stands


def is_verifiable(row: Invoice) -> bool:
    """Whether the service knows invoices of this kind."""
    return row.kind != InvoiceKind.OTHER


def terms_of(row: Invoice) -> dict[str, str]:
    """What has to agree beside code and number; an answer counts for these alone."""
    return {
        "issued_on": f"{row.issued_on}",
        "net": f"{row.net:.2f}",
        "gross": f"{row.gross:.2f}",
        "seller_tax_id": row.seller_tax_id,
    }


def asked_of(rows: Sequence[Invoice]) -> dict[str, dict[str, str]]:
    """Subject → terms of each invoice that can be asked about."""
    return {str(row): terms_of(row) for row in rows if is_verifiable(row)}


def verified_of(claim: Claim, rows: Sequence[Invoice]) -> Verified:
    """How each invoice stands as it is typed now, in one query; read once. Empty where nothing is connected."""
    if not is_connected(Register.INVOICE) or not rows:
        return {}
    if MEMORY not in claim.memory:
        found = standings_of([Register.INVOICE], [str(row) for row in rows])
        claim.memory[MEMORY] = {row.pk: of_now(row, found[Register.INVOICE.value, str(row)]) for row in rows}
    known: Verified = claim.memory[MEMORY]
    return known


def of_now(row: Invoice, standing: Standing) -> Standing:
    """The standing, without an answer to what stood in the row before."""
    is_old = standing.reply is not None and standing.reply.terms != terms_of(row)
    return replace(standing, reply=None) if is_old else standing


def verification_words(row: Invoice, standing: Standing) -> str:
    """What the table says of one invoice: the result with its time, and what waits."""
    if not is_verifiable(row):
        return f"{WORD}不适用"
    said = [f"{Status(standing.reply.status).label}（{when(standing.reply.at)}）"] if standing.reply else []
    if standing.question is not None:
        why = Trouble(standing.question.trouble).label if standing.question.trouble else "正在查询"
        said.append(f"待查验，{why}")
    return f"{WORD}{'；'.join(said) or '尚未查验'}"


def refusals_in(rows: Sequence[Invoice], verified: Verified) -> Iterator[tuple[str, bool]]:
    """(sentence, whether it stops the claim) of each invoice that the service does not confirm."""
    for row in rows:
        reply = verified[row.pk].reply if row.pk in verified else None
        status = Status(reply.status) if reply else None
        if status in USELESS:
            yield f"发票 {row} 经税务查验{status.label}，不能用于兑现，请更换发票或者删除这一行。", True
        elif status in DOUBTFUL:
            yield f"发票 {row} 的税务查验结果是“{status.label}”：{DOUBTFUL[status]}。", False


def lines_of(rows: Sequence[Invoice], verified: Verified) -> list[dict[str, Any]]:
    """What waits, and what was confirmed, for components/checks.html; the rest are findings."""
    standings = [verified[row.pk] for row in rows if row.pk in verified and is_verifiable(row)]
    waiting = [standing for standing in standings if standing.question is not None]
    if waiting:
        return [{"tone": "todo", "text": f"{len(waiting)} 张发票待查验", "detail": waiting[0].waits}]
    if standings and all(one.reply is not None and one.reply.status == Status.MATCHES for one in standings):
        last = max(one.reply.at for one in standings if one.reply is not None)
        return [{"tone": "ok", "text": "发票经税务查验全部一致", "detail": f"{when(last)} 核验"}]
    return []
