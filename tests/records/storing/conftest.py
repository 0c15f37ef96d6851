"""The portal with its papers in a bucket, of the tests' own server."""

import pytest
from django.conf import settings as portal
from django.core.files.storage import storages

from records.storing.places import PaperStore
from tests.records.storing.server import SERVER


@pytest.fixture(scope="session")
def server():
    return SERVER.start()


@pytest.fixture
def place_papers(settings, server):
    """Puts the portal's papers into these places, as the setting would."""
    server.empty_bucket()

    def place(*names, **other):
        options = {"places": names, "bucket": server.options(**other)}
        settings.STORAGES = portal.STORAGES | {"default": portal.STORAGES["default"] | {"OPTIONS": options}}
        store = storages["default"]
        assert isinstance(store, PaperStore)
        return store

    return place


@pytest.fixture
def bucket(place_papers):
    return place_papers("s3")
