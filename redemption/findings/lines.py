"""All that was checked in a claim as lines for components/checks.html: what does not agree, what waits, what agrees."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from papers.comparing import Outcome
from papers.evidence import (
    SHOWN,
    Line,
    agreed,
    contradictions,
    differences,
    read_from,
    spoken,
    uncompared,
    unread,
    way,
)
from redemption.checks import VERIFIED, Finding, Papers, doubts, judge
from redemption.findings.agreed import compared
from redemption.findings.elsewhere import doubles, elsewhere, things_of
from redemption.findings.looked import NOUNS, Evidence, called, looked_at
from redemption.findings.on_paper import told_by_papers
from redemption.findings.ties import no_ties
from redemption.models import Claim
from redemption.verification import lines_of, verified_of
from reviews.kinds import Lines

TOLD = frozenset({"R-PAID", "R-SUM"})  # to the applicant by the feet of the lists and the arithmetic
RANKS = ("bad", "warn", "todo", "ok")


def desk_lines(claim: Claim, papers: Papers) -> Lines:
    """For a reviewer, who may have the invoices verified once more."""
    return everything(claim, papers, own=False)


def own_lines(claim: Claim, papers: Papers, said: Sequence[str] = ()) -> Lines:
    """For the unit before 申请: nothing of other units, and nothing that the page says elsewhere. said: its refusals."""
    doubtful: Lines = [{"tone": "warn", "text": doubt, "detail": ""} for doubt in doubts(claim, own=True)]
    lines = everything(claim, papers, own=True) if papers.has_any else []
    return [line for line in doubtful + lines if line["text"] not in said]


def everything(claim: Claim, papers: Papers, *, own: bool) -> Lines:
    """Every line, the gravest first."""
    evidence = looked_at(claim, papers)
    verified, things = verified_of(claim, papers.invoices), things_of(claim, evidence)
    used, uses = elsewhere(claim, things)
    found = judge(claim, papers, used, verified)
    known = {called(one.row) for one in found if own and one.row is not None and one.code == "R-DUP"}
    proven = {(called(one.row), *one.names) for one in found if one.row is not None}
    told: Lines = [
        *broken(found, evidence, {} if own else way_of(claim), TOLD if own else frozenset()),
        *(line | ({} if own else way_of(claim)) for line in lines_of(papers.invoices, verified)),
        *differences(evidence.all, proven),
        *contradictions(evidence.all),
        *told_by_papers(claim, evidence),
        *doubles(claim, things, uses, known, own=own),
        *unread(evidence.all),
        *uncompared((looked, NOUNS[name]) for name, looked in evidence.lists.items()),
        *(line for name, looked in evidence.lists.items() for line in agreed(looked, NOUNS[name])),
        *kept(claim, papers, evidence, found, TOLD if own else frozenset()),
        *([] if own else no_ties(claim, papers)),
    ]
    return sorted(told, key=lambda line: RANKS.index(line["tone"]))


def broken(found: Sequence[Finding], evidence: Evidence, again: Line, told: frozenset[str]) -> Iterator[Line]:
    """Rules that the rows break, some of each; again: the way to verify anew; told: codes that the page tells elsewhere."""
    for (code, about), several in groupby(found, key=lambda one: (one.code, one.about)):
        same = list(several) if about or code not in told else []
        for one in same[:SHOWN]:
            tone = "bad" if one.stops or (about == VERIFIED and again) else "warn"  # a reviewer may still let it pass
            shown = again if about == VERIFIED else proof(evidence, one)
            yield {"tone": tone, "text": one.sentence, "detail": "", **shown}
        if len(same) > SHOWN:
            tone = "bad" if same[SHOWN].stops else "warn"
            yield {"tone": tone, "text": f"还有 {len(same) - SHOWN} 处同样的问题", "detail": "请在列表里逐行核对。"}


def proof(evidence: Evidence, finding: Finding) -> Line:
    """Whence the figures of a finding come, and the place on the paper; nothing where it is of no single row."""
    if finding.row is None:
        return {}
    looked = evidence.of(finding.row)
    figure = next((one for one in looked.figures if one.name in finding.names and one.fact), None)
    if figure is None or figure.fact is None:
        return {"detail": f"{looked.source(finding.names)}。", **way(looked.paper)}
    differs = figure.outcome == Outcome.DIFFERS
    said = f"材料上是{spoken(figure.name, figure.fact.value)}，" if differs else ""
    return {"detail": f"{said}{read_from(figure.fact)}", **way(looked.paper, figure.fact)}


def kept(
    claim: Claim, papers: Papers, evidence: Evidence, found: Sequence[Finding], told: frozenset[str]
) -> Iterator[Line]:
    """Rules that the rows keep, once each list has one."""
    if papers.has_all:
        broken_rules = {one.about or one.code for one in found} | told
        yield from (one.line(evidence) for one in compared(claim, papers) if one.about not in broken_rules)


def way_of(claim: Claim) -> Line:
    """Where a reviewer has the invoices verified once more."""
    return {"url": f"{claim.get_absolute_url()}#details", "label": "发票表和重新查验"}
