"""What was held against a decision, as applicants and reviewers read it: the decision, the reasons and the papers, first of all."""

from collections.abc import Iterable

from records.models import Document
from reviews.models import Appeal, ReviewedCase
from ui.forms import Row, Sections

TITLE = "申请复核"
BROUGHT = "brought"  # of a case's memory: (Appeal, its papers), where it has just come


def appeals_of(case: ReviewedCase) -> list[Appeal]:
    """The latest first; a case against which nothing was ever held asks nothing."""
    if not getattr(case, "appealed_from", ""):
        return []
    if TITLE not in case.memory:
        rows = Appeal.objects.filter(opinion__turn__in=case.turns.all()).order_by("-pk")
        rows = rows.select_related("opinion__turn__office", "opinion__turn__case_type")
        case.memory[TITLE] = list(rows.prefetch_related("papers"))
    read: list[Appeal] = case.memory[TITLE]
    return read


def appeal_sections(case: ReviewedCase) -> Sections:
    """The first decision and what is held against it."""
    return [(TITLE, rows_of(appeal, appeal.papers.all())) for appeal in appeals_of(case)]


def rows_of(appeal: Appeal, papers: Iterable[Document]) -> list[Row]:
    """One of them; the office speaks, not its person."""
    opinion = appeal.opinion
    return [
        Row("原决定", f"{opinion.turn.stage}：{opinion.result}"),
        Row("作出单位", opinion.turn.office.name),
        Row("作出时间", opinion.at, "time"),
        *([Row("原因", opinion.get_reason_display())] if opinion.reason else []),
        *([Row("原核定金额", opinion.amount, "money")] if opinion.amount is not None else []),
        Row("原审核意见", opinion.text, "text"),
        Row("复核理由", appeal.text, "text"),
        Row("补充材料", "、".join(paper.name for paper in papers) or "无"),
        Row("申请时间", appeal.at, "time"),
    ]


def appeal_papers(case: ReviewedCase) -> list[Document]:
    """The papers that came with them."""
    return [paper for appeal in appeals_of(case) for paper in appeal.papers.all()]
