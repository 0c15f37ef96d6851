"""What the figures of a policy version move in the mall: needs and questions."""

import datetime as dt

import pytest

from catalog.asking.services import ask_about
from policy.calendar import today
from records.rules import RuleBroken
from tests.helpers import aside
from tests.orders.wanting import shown


def asks_twice(world):
    """What the second question of a person is told while the first one waits."""
    ask_about(world.product, "试样最小可以是多大？", by=world.applicant)
    with pytest.raises(RuleBroken) as refusal, aside():
        ask_about(world.product, "多少天出报告？", by=world.applicant)
    return refusal.value.sentence


IN_THE_MALL = {
    "wanted_days": (7, lambda world: shown(world).expires_on, lambda: today() + dt.timedelta(7)),
    "inquiries_most_open": (
        1,
        asks_twice,
        lambda: "您已有 1 个问题在等待回答，请等机构回答后再提新的问题。",
    ),
}
