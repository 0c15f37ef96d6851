"""What the pages of a redemption show beside its fields."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse

from accounts.permissions import can_write_for
from policy.arithmetic import figure
from records.steps import arrow_of, may_take
from redemption.checks import Papers, findings, papers_of, settle
from redemption.form.pdf import pdf_ready
from redemption.models import Claim
from redemption.rows import KINDS, RowForm, RowKind
from reviews.case_pages import Ending, ending_acts, endings_of
from vouchers.models import Application
from vouchers.pages import CENTER

HERE = ("创新券兑现", "claim_list")
ENDINGS = {
    "withdraw": Ending(
        "撤回兑现申请", "撤回后这份兑现申请结束，发票和回单可以再用；在兑现截止日期前可以重新申请。确定要撤回吗？", "确认撤回",
        "兑现申请已撤回。在兑现截止日期前可以重新申请。",
    ),
}  # fmt: skip


@dataclass
class Line:
    """One row of a list: as text, or open with its form."""

    kind: RowKind
    row: Any = None
    form: RowForm | None = None

    @property
    def cells(self) -> list[tuple[str, Any, str]]:
        """(label, value, kind) of what the table shows of the row."""
        return [(label, *cell) for label, cell in zip(self.kind.head, self.kind.cells(self.row), strict=True)]

    @property
    def anchor(self) -> str:
        """The id of the row on the page."""
        return f"row-{self.kind.name}-{self.form.place if self.form else self.row.pk}"


@dataclass
class Total:
    """The total of one list, and how it compares with the contract in words."""

    name: str
    amount: Decimal
    words: str
    agrees: bool


@dataclass
class RowList:
    """One list with its rows and its total."""

    kind: RowKind
    lines: list[Line]
    total: Total
    marked: bool = field(default=False)


def crumbs(claim: Claim | None = None, here: str = "") -> list[tuple[str, str]]:
    """(label, url) from 用户中心 to this page."""
    trail = [(label, reverse(name)) for label, name in (CENTER, HERE)]
    if claim is not None:
        trail.append((claim.number, claim.get_absolute_url()))
    return [*trail, (here, "")] if here else trail


def waiting_of(unit: Any, user: Any) -> Any:
    """The unit's vouchers that can be redeemed; none to a person who only reads."""
    may = unit is not None and can_write_for(unit, user)
    return Claim.objects.vouchers_waiting(unit) if may else Application.objects.none()


def totals_of(papers: Papers) -> dict[str, Total]:
    """The totals of the three lists by the kind's name."""
    sums = papers.sums
    counts: dict[str, list[Any]] = {
        "invoice": papers.invoices, "receipt": papers.receipts, "contract": papers.contracts,
    }  # fmt: skip
    return {
        name: Total(name, sums[kind.sum_name], *compare(name, sums[kind.sum_name], sums["contract"], len(counts[name])))
        for name, kind in KINDS.items()
    }


def compare(name: str, amount: Decimal, contract: Decimal, count: int) -> tuple[str, bool]:
    """(words, whether it agrees): one total beside the contract's."""
    if not count:
        return "还没有内容，请点“添加”", False
    if name == "contract":
        return f"共 {count} 份合同", True
    if not contract:
        return "还没有填写合同，暂时不能比较", False
    if amount == contract:
        return "与合同金额一致", True
    return f"比合同金额{'少' if amount < contract else '多'} {figure(abs(amount - contract))} 元", False


def lists_of(claim: Claim, papers: Papers, opened: list[Line], marks: list[str]) -> list[RowList]:
    """The three lists, with the opened rows in the place of their text and blank ones at the end."""
    totals, lists = totals_of(papers), []
    for kind in KINDS.values():
        own = {line.row.pk: line for line in opened if line.kind is kind and line.row is not None}
        lines = [own.get(row.pk) or Line(kind, row) for row in kind.rows(claim).all()]
        lines += [line for line in opened if line.kind is kind and line.row is None]
        lists.append(RowList(kind, lines, totals[kind.name], marked=kind.title in marks))
    return lists


def money_context(claim: Claim) -> dict[str, Any]:
    """The arithmetic and what does not agree, as the saved rows stand now."""
    papers = papers_of(claim)
    return {
        "claim": claim, "papers": papers, "totals": list(totals_of(papers).values()), "sums": papers.sums,
        "settlement": settle(claim, papers) if has_all(papers) else None,
        "checks": checks_of(claim) if has_any(papers) else [],
    }  # fmt: skip


def has_all(papers: Papers) -> bool:
    """Whether each of the three lists has a row."""
    return bool(papers.invoices and papers.receipts and papers.contracts)


def has_any(papers: Papers) -> bool:
    """Whether any of the three lists has a row."""
    return bool(papers.invoices or papers.receipts or papers.contracts)


def checks_of(claim: Claim) -> list[dict[str, str]]:
    """What does not agree, for components/checks.html; money only once all three lists have rows."""
    whole = has_all(papers_of(claim))
    found = [finding for finding in findings(claim) if whole or finding.code not in {"R-PAID", "R-SUM"}]
    return [{"tone": "bad" if finding.stops else "warn", "text": finding.sentence, "detail": ""} for finding in found]


def refusals_of(claim: Claim) -> list[str]:
    """Why the claim cannot be handed in now: the sentence of each condition and of each hard rule of the papers."""
    arrow = arrow_of(claim, "submit")
    conditions: Any = arrow.conditions if arrow else ()
    found = [condition.broken[1] for condition in conditions if not condition(claim)]
    stops = [finding.sentence for finding in findings(claim) if finding.stops] if has_all(papers_of(claim)) else []
    return found + stops


def actions_of(claim: Claim, user: Any) -> list[dict[str, Any]]:
    """What the person can do with the claim now."""
    acts: list[dict[str, Any]] = []
    if can_write_for(claim, user) and claim.state in Claim.EDITABLE:
        label = "修改后重新申请" if claim.submitted_at else "继续填写"
        acts.append({"label": label, "url": reverse("claim_edit", args=[claim.number]), "primary": True})
    return acts + ending_acts(endings_of(claim, user, ENDINGS, "claim_end"))


def form_context(claim: Claim, user: Any) -> dict[str, Any]:
    """The 兑现申请表 on the page: whether it stands, can be printed, and can be handed in by this person."""
    if not claim.form_number:
        return {}
    return {
        "pdf_refusal": pdf_ready(), "may_upload": may_take(claim, "upload_form", user),
        "short_hash": claim.form_hash[:12].upper(),
    }  # fmt: skip
