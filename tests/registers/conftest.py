"""A portal that is connected to the register of the tests, whose patience is short."""

import pytest

from registers.asking import Rest
from tests.factories import World
from tests.registers.stub import KEY, Stub, reach

NAMES = ("enterprise", "credit", "invoice")


@pytest.fixture(autouse=True)
def _rested():
    """No register rests because of an earlier test."""
    Rest.until.clear()
    yield
    Rest.until.clear()


@pytest.fixture
def stub(settings):
    settings.ASKING = settings.ASKING | {"seconds": 1.0}
    with Stub() as server:
        for name in NAMES:
            reach(settings, name, backend="registers.http.ask", address=server.url, key=KEY)
        yield server


@pytest.fixture
def world():
    return World()
