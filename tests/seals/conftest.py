"""A log of the test's own: its key in a folder of its own, sealed whenever the test says."""

import pytest

from seals import signing
from seals.services import seal


@pytest.fixture
def log(db, tmp_path, settings, django_capture_on_commit_callbacks):
    """Seal what was committed, and keep the note outside the database, as a commit does."""
    settings.SEALING = settings.SEALING | {"folder": str(tmp_path / "seals"), "origin": "tten/test"}
    signing.make_key()

    def sealed(**words):
        with django_capture_on_commit_callbacks(execute=True):
            return seal(**words)

    return sealed
