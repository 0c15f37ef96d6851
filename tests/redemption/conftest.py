"""One firm with a voucher, for the pages of redemptions."""

import pytest

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
def claim(world):
    """A complete draft: contract, invoice and receipt of 100 000 yuan each."""
    return world.make_claim()
