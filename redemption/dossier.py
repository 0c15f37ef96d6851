"""What a redemption shows to those who read it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from accounts.cases.insiders import insiders_of
from accounts.certification.snapshots import name_of
from records.models import Document
from redemption.checks import Papers, settle
from redemption.findings.ways import ways_to_sums
from redemption.forms import ClaimForm
from redemption.models import Claim
from redemption.rows.kinds import KINDS, RowKind
from redemption.rows.pages import Total, totals_of
from redemption.verification import Verified, verification_words
from reviews.kinds import INSIDER, Lines, Near, Party
from reviews.marks import keyed
from reviews.models import ReviewedCase
from reviews.panel import group_amount, hearing_of, is_unsealed
from ui.forms import Row, Sections, read_sections

KEY_PLACE = 1  # of code and number in the table of invoices


def most_of(claim: Claim) -> Decimal:
    """Yuan that the body may record at most: what the group names once it has spoken, before that what is asked."""
    turn = hearing_of(claim)
    return group_amount(turn) if turn is not None and is_unsealed(turn) else claim.asked_amount


def facts_of(claim: Claim, papers: Papers) -> list[Row]:
    """What decides a redemption: both parties, what was agreed, billed and paid, what is asked for, what the year still holds."""
    application, sums = claim.application, papers.sums
    base = settle(claim, papers).base if papers.has_all else None
    ways = ways_to_sums(claim, papers)
    return [
        Row("申请单位", name_of(claim)),
        Row("服务机构", application.order.provider.legal_name),
        Row("合同金额", sums.contract, "money", way=ways["contracts"]),
        Row(f"发票（{len(papers.invoices)} 张）", sums.gross, "money", way=ways["invoices"]),
        Row(f"付款（{len(papers.receipts)} 笔）", sums.receipts, "money", way=ways["receipts"]),
        Row("兑现基数", base, "money"),
        Row("批准金额", application.approved_amount, "money"),
        Row("申请兑现", claim.asked_amount, "money"),
        Row("年度额度剩余", application.account and application.account.free, "money"),
        Row("使用截止日期", application.use_by, "date"),
        Row("兑现截止日期", application.redeem_by, "date"),
    ]


def voucher_sections(claim: Claim, papers: Papers) -> Sections:
    """The voucher with its service, and the arithmetic."""
    application = claim.application
    order = application.order
    voucher = [
        Row("申请单位", name_of(claim)),
        Row("统一社会信用代码", claim.certified.uscc),
        Row("创新券编号", application.voucher_number),
        Row("项目名称", application.title),
        Row("服务机构", order.provider.legal_name),
        Row("服务产品", order.product_name),
        Row("批准金额", application.approved_amount, "money"),
        Row("预计合同金额", application.contract_amount, "money"),
        Row("使用截止日期", application.use_by, "date"),
        Row("兑现截止日期", application.redeem_by, "date"),
        Row("服务内容及与研发活动的关系", application.content, "text"),
    ]
    if not papers.has_all:
        return [("创新券", voucher)]
    settlement = settle(claim, papers)
    money = [
        Row("兑现基数", settlement.base, "money"),
        Row("申请兑现金额", claim.redeemed_amount or settlement.amount, "money"),
        Row("计算", settlement.refusal or settlement.sentence, "text"),
    ]
    return [("创新券", voucher), ("兑现金额", money)]


def answers_of(claim: Claim, *, whole: bool) -> Sections:
    """The answers of the form, the account as its last four figures unless `whole`. Papers stand in their own list."""
    sections = read_sections(ClaimForm, claim, whole=whole)
    return [(title, [row for row in rows if row.name != "result_papers"]) for title, rows in sections]


def tables_of(papers: Papers, verified: Verified | None = None) -> Lines:
    """The three row lists with their totals; `lines` and `total` are for the applicant's own page.

    verified: what was said of the invoices at 发票查验; it stands below code and number.
    """
    return [
        table_of(kind, getattr(papers, kind.related), total, (verified or {}) if kind.name == "invoice" else {})
        for kind, total in zip(KINDS.values(), totals_of(papers).values(), strict=True)
    ]


def table_of(kind: RowKind, rows: list[Any], total: Total, verified: Verified) -> dict[str, Any]:
    """One row list as a table to read."""
    head, cells = list(kind.head), [kind.cells(row) for row in rows]
    if verified:
        for row, line in zip(rows, cells, strict=True):
            line[KEY_PLACE] = (f"{line[KEY_PLACE][0]} {verification_words(row, verified[row.pk])}", "")
    for place, label, name in kind.to_read:
        head.insert(place, label)
        for row, line in zip(rows, cells, strict=True):
            line.insert(place, (getattr(row, name), ""))
    gap = [("", "")] * (len(head) - 3)
    return {
        "title": kind.title,
        "keys": keyed(kind.related, rows),
        "head": head,
        "rows": cells,
        "note": total.words if rows else "",
        "foot": [("合计", ""), *gap, (total.amount, "money"), ("", "")] if rows else [],
        "lines": [[(label, *cell) for label, cell in zip(head, row, strict=True)] for row in cells],
        "total": total.amount if rows else None,
    }


def documents_of(claim: Claim, papers: Papers) -> list[Document]:
    """Every paper that stands in the claim now, in the order in which it is read."""
    rows: list[Any] = [*papers.contracts, *papers.invoices, *papers.receipts]
    stamped = [claim.stamped_form] if claim.stamped_form else []
    return [*(row.document for row in rows), *claim.result_papers.all(), *stamped]


def kind_warnings(papers: Papers) -> list[str]:
    """Invoices of a kind that is not listed, with what the unit says of them."""
    others = [row for row in papers.invoices if row.kind_reason]
    return [f"发票 {row} 不属于列出的类型，申请单位说明：{row.kind_reason}。请照票面核对。" for row in others]


def parties_of(case: ReviewedCase) -> list[Party]:
    """Applicant and provider under all their names: the legal person behind a laboratory is the provider, too."""
    claim = cast("Claim", case)
    provider, unit = claim.application.order.provider, claim.unit
    names = dict.fromkeys([claim.unit_name, unit.name])
    return [
        *(Party("申请单位", name, unit.uscc) for name in names),
        Party("服务机构", provider.name, provider.uscc),
        Party("服务机构", provider.legal_name, provider.legal_uscc),
    ]


def insiders_in(claims: Sequence[ReviewedCase]) -> list[Near]:
    """Everybody who belongs, or belonged, to applicant or provider; asks nothing."""
    sides = dict[str, tuple[ReviewedCase, str]]()
    for claim in cast("Sequence[Claim]", claims):
        for unit, role in ((claim.application.order.provider.unit_id, "服务机构"), (claim.unit_id, "申请单位")):
            if unit is not None:
                sides[str(unit)] = claim, INSIDER.format(role)
    return [Near(rows, person, "unit", sides) for rows, person in insiders_of([int(unit) for unit in sides])]
