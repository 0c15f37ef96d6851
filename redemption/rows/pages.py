"""The three row lists on a page: their totals, what the money comes to, and the page where a claim is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings

from accounts.cases.pages import crumbs
from accounts.models import BoxPaper
from policy.arithmetic import yuan
from redemption.checks import Papers, doubts, findings, papers_of, settle
from redemption.forms import ClaimForm
from redemption.models import Claim
from redemption.pages import LISTED
from redemption.rows.dropping import Bar, Waiting
from redemption.rows.kinds import KINDS, Line, RowKind
from redemption.rows.taking import DropForm, FromBoxForm
from reviews.case_pages import last_return
from reviews.marks import Asked
from reviews.progress import open_corrections
from ui.asked import CORRECT_THIS, words_shown
from ui.forms import missing_of
from ui.known import Known

NO_ROW = "还没有内容，请点“添加”"
LEAST_ROOM = 5  # rows of a list beside papers that wait
EDIT_PAGE = "redemption/claim_edit.html"


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
    at: int | None = None  # the place of the row that is open or was just kept
    to_correct: bool = field(default=False)
    waiting: list[Waiting] = field(default_factory=list)  # papers that are no rows yet
    in_box: Sequence[BoxPaper] = ()  # of the unit's box, what may become a row of it
    room: int = 0  # rows that stand on the page at a time; fewer while papers wait: the page stays small

    @property
    def drop(self) -> DropForm:
        """Where files are dropped on it."""
        return DropForm(auto_id=f"drop-{self.kind.name}-%s")

    @property
    def box(self) -> FromBoxForm | None:
        """Where a paper is chosen out of the box; None where it holds none."""
        return FromBoxForm(self.in_box) if self.in_box else None


@dataclass(frozen=True)
class Shown:
    """What stands in the lists beside saved rows: papers that wait, and rows that are open."""

    waiting: list[Waiting]
    opened: Sequence[Line] = ()
    kept: str = ""  # the row that was just saved, as invoice-12


def totals_of(papers: Papers) -> dict[str, Total]:
    """The totals of the three lists by the kind's name."""
    sums = papers.sums
    counts: dict[str, list[Any]] = {
        "invoice": papers.invoices,
        "receipt": papers.receipts,
        "contract": papers.contracts,
    }
    amounts = {name: getattr(sums, kind.sum_name) for name, kind in KINDS.items()}
    return {
        name: Total(name, amount, *compare(name, amount, sums.contract, len(counts[name])))
        for name, amount in amounts.items()
    }


def compare(name: str, amount: Decimal, contract: Decimal, count: int) -> tuple[str, bool]:
    """(words, whether it agrees): one total beside the contract's."""
    if not count:
        return NO_ROW, False
    if name == "contract":
        return f"共 {count} 份合同", True
    if not contract:
        return "还没有填写合同，暂时不能比较", False
    if amount == contract:
        return "与合同金额一致", True
    return f"比合同金额{'少' if amount < contract else '多'} {yuan(abs(amount - contract))}", False


def lists_of(
    claim: Claim, papers: Papers, shown: Shown, corrections: Asked, in_box: Sequence[BoxPaper]
) -> list[RowList]:
    """The three lists, with the opened rows in the place of their text and blank ones at the end, then the papers that wait."""
    boxed = [paper for paper in in_box if paper.kind == BoxPaper.Kind.CONTRACT]
    totals, lists = totals_of(papers), []
    room = max(settings.ROWS_SHOWN - len(shown.waiting), min(settings.ROWS_SHOWN, LEAST_ROOM))
    for kind in KINDS.values():
        own = {line.row.pk: line for line in shown.opened if line.kind is kind and line.row is not None}
        lines = [own.get(row.pk) or Line(kind, row) for row in kind.rows(claim).all()]
        lines += [line for line in shown.opened if line.kind is kind and line.row is None]
        mark_rows(lines, corrections)
        at = place_of(lines, shown.kept)
        waiting = [one for one in shown.waiting if one.kind is kind]
        lists.append(
            RowList(
                kind,
                lines,
                totals[kind.name],
                at,
                kind.related in corrections,
                waiting,
                boxed if kind.name == "contract" else (),
                room,
            )
        )
    return lists


def place_of(lines: list[Line], kept: str) -> int | None:
    """Where the row stands that is to be seen: an open one, one that was just kept, or the first that is marked."""
    seen = [
        *(at for at, line in enumerate(lines) if line.form),
        *(at for at, line in enumerate(lines) if line.is_called(kept)),
        *(at for at, line in enumerate(lines) if line.asked),
    ]
    return next(iter(seen), None)


def mark_rows(lines: Iterable[Line], corrections: Asked) -> None:
    """Tell each row that the return has marked what was said; its own words where there are none."""
    for line in lines:
        if line.row is not None and f"{line.kind.related}:{line.row.pk}" in corrections:
            line.asked = words_shown(corrections) or CORRECT_THIS


def money_context(claim: Claim) -> dict[str, Any]:
    """The arithmetic and what does not agree, as the saved rows stand now."""
    papers = papers_of(claim)
    return {
        "claim": claim,
        "papers": papers,
        "totals": list(totals_of(papers).values()),
        "sums": papers.sums,
        "settlement": settle(claim, papers) if papers.has_all else None,
        "checks": checks_of(claim) if papers.has_any else [],
        "known_accounts": known_accounts(papers),
    }


def known_accounts(papers: Papers) -> list[Known]:
    """The accounts from which the receipts say that was paid: the money may go back there."""
    accounts = dict.fromkeys(receipt.payer_account for receipt in papers.receipts if receipt.payer_account)
    return [Known(account, account, "银行回单的付款账号") for account in accounts]


def checks_of(claim: Claim) -> list[dict[str, str]]:
    """What does not agree, for components/checks.html, but for the sums: the feet of the lists and the arithmetic tell them."""
    found = [finding for finding in findings(claim) if finding.about or finding.code not in {"R-PAID", "R-SUM"}]
    told = [(finding.stops, finding.sentence) for finding in found] + [
        (False, doubt) for doubt in doubts(claim, own=True)
    ]
    return [{"tone": "bad" if stops else "warn", "text": sentence, "detail": ""} for stops, sentence in told]


def edit_context(claim: Claim, shown: Shown, form: ClaimForm | None = None) -> dict[str, Any]:
    """The whole page where a claim is written: lists, form, what is missing and, after a return, the reviewer's words."""
    corrections = open_corrections(claim)
    form = form or ClaimForm(instance=claim, corrections=corrections)
    money = money_context(claim)
    return money | {
        "lists": lists_of(claim, money["papers"], shown, corrections, form.in_box),
        "bar": Bar.of(shown.waiting),
        "most_dropped": settings.DROPPED_AT_ONCE,
        "form": form,
        "missing": missing_rows(claim) + missing_of(form),
        "lacking": [(f"{words}：{NO_ROW}", place) for words, place in missing_rows(claim)] if form.final else [],
        "returned": last_return(claim),
        "corrections": corrections,
        "saved": claim.updated_at if claim.version and form.overtaken is None else None,
        "changed": form.is_bound,
        "seen": form.seen(claim.version),
        "crumbs": crumbs(LISTED, claim, "修改" if claim.submitted_at else "填写"),
    }


def missing_rows(claim: Claim) -> list[tuple[str, str]]:
    """[(words, #anchor)] of the lists that have no row yet."""
    return [(kind.title, f"#rows-{kind.name}") for kind in KINDS.values() if not kind.rows(claim).all()]
