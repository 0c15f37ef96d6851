import pytest

from tten.watching.clocks import Compared
from tten.watching.readiness import READINESS


@pytest.fixture(autouse=True)
def _fresh():
    """What this process has seen for other tests counts no more."""
    READINESS.forget()
    Compared.at = float("-inf")
    yield
    READINESS.forget()
    Compared.at = float("-inf")
