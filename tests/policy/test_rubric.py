"""专家评分标准: criteria with weights, one a line; what is none is refused by its line."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from policy.models import PolicyVersion
from policy.rubric import Criterion, check_rubric, criteria_in, weighted

RUBRIC = "技术先进性 40\n\n经济合理性：35\n实施条件　25\n"


@pytest.mark.bare
def test_a_rubric_is_read_line_by_line():
    assert criteria_in(RUBRIC) == [Criterion("技术先进性", 40), Criterion("经济合理性", 35), Criterion("实施条件", 25)]
    assert criteria_in("") == []
    check_rubric(RUBRIC)
    check_rubric("")


@pytest.mark.bare
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("技术先进性", "第 1 行"),
        ("技术 50\n40", "第 2 行"),
        ("技术 0\n经济 100", "第 1 行"),
        ("技术 101", "第 1 行"),
        ("技术 ４０", "第 1 行"),
        (f"{'长' * 31} 100", "第 1 行"),
        ("技术 50\n技术 50", "重复：技术"),
        ("技术 50\n经济 40", "现在是 90"),
        ("\n".join(f"第{n}项 10" for n in range(10)), "最多 8 项"),
    ],
)
def test_what_is_no_rubric_is_refused_by_name(text, said):
    with pytest.raises(ValidationError) as refusal:
        PolicyVersion._meta.get_field("rubric").run_validators(text)
    assert said in refusal.value.messages[0]


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3))
def test_the_weighted_sum_lies_between_the_least_and_the_most(points):
    assert min(points) <= weighted(criteria_in(RUBRIC), points) <= max(points)
