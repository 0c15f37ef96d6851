"""One firm, its provider and the offices, for the pages of vouchers."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import World


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def applicant(client, world):
    """A browser in which the firm's person has signed in."""
    client.force_login(world.applicant)
    return client


@pytest.fixture
def answers():
    """What a person types into the application, complete."""
    today = timezone.localdate()
    return {
        "project_name": "新型复合材料力学性能研究",
        "content": "委托检测新材料的力学性能，用于确定配方。" * 4,
        "planned_from": today.isoformat(),
        "planned_to": (today + dt.timedelta(90)).isoformat(),
        "district": "120104",
        "contract_amount": "20,000.00",
        "applied_amount": "10000",
        "declares_unrelated": "on",
        "declares_no_other_funds": "on",
        "declares_not_statutory": "on",
        "pledge": "on",
        "contact": "贾经办",
        "phone": "13800000000",
    }
