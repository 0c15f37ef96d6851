"""The people of every role, and cases that lie on the desk."""

import pytest

from tests.factories import World, drive_application, drive_claim, drive_unit, make_unit, make_user


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def signed_in(client):
    """Sign a person in and give his browser."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def application(world):
    """One that waits for 区初审."""
    return drive_application(world.make_application(), "district", world)


@pytest.fixture
def experts_claim(world):
    """One that waits for its expert group."""
    return drive_claim(world.make_claim(), "experts", world)


@pytest.fixture
def cases(world):
    """One open case of every kind and stage, with the person who decides it."""
    pending = make_unit(make_user(), "91120222MA00000312", "蓟运样例有限公司")
    claim = drive_claim(world.make_claim(), "district", world)  # first, for the next body is the one with fewest cases
    return {
        "unit": (drive_unit(pending, "pending", world), world.platform),
        "application_district": (drive_application(world.make_application(), "district", world), world.district),
        "application_body": (drive_application(world.make_application(20_000, 10_000), "body", world), world.body),
        "claim_district": (claim, world.district),
    }
