import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import World


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def typed():
    """Everything that 【立刻申请】 asks for."""

    def make(**changes):
        whole = {
            "requirement": "需要检测一批新材料的力学性能。",
            "budget": "20000",
            "contact": "贾经办",
            "wanted_on": f"{timezone.localdate() + dt.timedelta(30):%Y-%m-%d}",
            "phone": "13800000000",
        }
        return whole | changes

    return make
