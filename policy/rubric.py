"""评分标准: by what experts rate a case, and how much each criterion weighs; a version without one asks for no points."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.db import models

MOST_POINTS = 100  # for one criterion, and for the whole
MOST_CRITERIA = 8
LONGEST = 30  # characters of a name
LINE = re.compile(r"(\S.*?)[ \t\u3000:：]+([0-9]{1,3})")
EXAMPLE = "技术先进性 40"
HINT = f"每行一项：名称、空格、权重，例如“{EXAMPLE}”；权重合计 {MOST_POINTS}。不填为不评分"
BAD_LINE = (
    f"第 {{}} 行请写成“名称 权重”，例如“{EXAMPLE}”，名称不超过 {LONGEST} 个字，权重为 1 至 {MOST_POINTS} 的整数。"
)
TOO_MANY = f"评分标准最多 {MOST_CRITERIA} 项，请合并。"
BAD_SUM = f"权重合计应为 {MOST_POINTS}，现在是 {{}}，请调整。"
TWICE = "评分标准的名称有重复：{}，请改为不同的名称。"


@dataclass(frozen=True)
class Criterion:
    """One of them; weight: per cent of the whole."""

    name: str
    weight: int

    @property
    def label(self) -> str:
        """The name with its weight."""
        return f"{self.name}（{self.weight} %）"


def rubric_field() -> "models.TextField[str, str]":
    """Make the column for the criteria, one a line."""
    return models.TextField("专家评分标准", blank=True, validators=[check_rubric], help_text=HINT)


def criteria_in(text: str) -> list[Criterion]:
    """Read the criteria; ValidationError names the line that is none."""
    lines = [line.strip() for line in text.splitlines()]
    return [criterion_in(number, line) for number, line in enumerate(lines, start=1) if line]


def criterion_in(number: int, line: str) -> Criterion:
    """Read one line; number: for the sentence of the refusal."""
    match = LINE.fullmatch(line)
    if not match or len(match[1]) > LONGEST or not 0 < int(match[2]) <= MOST_POINTS:
        raise ValidationError(BAD_LINE.format(number), code="rubric")
    return Criterion(match[1], int(match[2]))


def check_rubric(text: str) -> None:
    """Raise ValidationError unless the lines are criteria of different names whose weights make up the whole."""
    criteria = criteria_in(text)
    if len(criteria) > MOST_CRITERIA:
        raise ValidationError(TOO_MANY, code="rubric")
    names = [criterion.name for criterion in criteria]
    if twice := [name for name in names if names.count(name) > 1]:
        raise ValidationError(TWICE.format(twice[0]), code="rubric")
    weight = sum(criterion.weight for criterion in criteria)
    if criteria and weight != MOST_POINTS:
        raise ValidationError(BAD_SUM.format(weight), code="rubric")


def weighted(criteria: Sequence[Criterion], points: Sequence[int]) -> Decimal:
    """The points of all criteria, each by its weight: 0 to 100, with two places."""
    whole = sum(criterion.weight * given for criterion, given in zip(criteria, points, strict=True))
    return (Decimal(whole) / MOST_POINTS).quantize(Decimal("0.01"), ROUND_HALF_UP)
