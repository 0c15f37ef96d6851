"""Points of experts by the rubric of the policy under which a case runs (docs/adr/0170)."""

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from policy.rubric import MOST_POINTS, Criterion, criteria_in, weighted
from records.rules import RuleBroken
from reviews.models import PanelSeat, ReviewedCase, Turn

NEEDS_POINTS = "R-WORDS", f"请按评分标准逐项打分，每项填写 0 至 {MOST_POINTS} 的整数。"


def criteria_of(case: ReviewedCase) -> list[Criterion]:
    """By what the case is rated; empty where its policy sets nothing."""
    return criteria_in(case.rules.rubric)


def rate(seat: PanelSeat, case: ReviewedCase, points: Sequence[int]) -> None:
    """Write the points and what they come to into a seat that is held; RuleBroken where one is missing or out of range."""
    criteria = criteria_of(case)
    if not criteria:
        return
    if len(points) != len(criteria) or not all(0 <= given <= MOST_POINTS for given in points):
        raise RuleBroken(*NEEDS_POINTS)
    seat.points = [[criterion.label, given] for criterion, given in zip(criteria, points, strict=True)]
    seat.score = weighted(criteria, points)


def group_score(turn: Turn) -> Decimal | None:
    """What the group as a whole gives: the median of those who have spoken, as its amount is; None where nothing was rated."""
    scores = [seat.score for seat in turn.seats.all() if seat.recused_at is None and seat.score is not None]
    return median(scores).quantize(Decimal("0.01")) if scores else None


def score_words(score: Decimal | None) -> str:
    """What the group gives, as body and firm read it; "" where nothing was rated."""
    return "" if score is None else f"专家组评分（中位数）：{score:.2f} 分。"
