"""The people of every role, and cases that lie on the desk."""

import pytest

from tests.factories import World, drive_application, drive_claim


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
