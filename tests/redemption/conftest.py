"""One firm with a voucher, for the pages of redemptions."""

import pytest

from redemption.models import Claim
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


@pytest.fixture
def bare(world, settings):
    """A claim without rows, whose order the provider has confirmed; its papers are read."""
    settings.READ_PAPERS = True
    claim = world.make_claim()
    for rows in (claim.invoices, claim.receipts, claim.contracts):
        rows.all().delete()
    return Claim.objects.get(pk=claim.pk)
