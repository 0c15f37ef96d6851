"""A session that cannot be saved behind the view: an outage where the database is away, else the person still reads his answer."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, OperationalError
from django.urls import reverse

from tests.factories import World
from tten.outages import NO_DATABASE

pytestmark = pytest.mark.django_db


@pytest.fixture
def unsaved(client, monkeypatch):
    """A person whose session is written at each page, and what its saving meets."""
    client.force_login(World().applicant)
    client.raise_request_exception = False

    def meets(error):
        def save(_session, **_given):
            try:
                raise error
            except DatabaseError:
                raise UpdateError from None

        monkeypatch.setattr("accounts.middleware.keep_awake", lambda request: request.session.update({"seen": True}))
        monkeypatch.setattr(SessionStore, "save", save)
        return client.get(reverse("user_center"))

    return meets


def test_a_session_that_cannot_be_saved_behind_the_page_is_an_outage(unsaved):
    page = unsaved(OperationalError("server closed the connection unexpectedly"))
    assert (page.status_code, page["Cache-Control"]) == (503, "private, no-store")
    assert NO_DATABASE in page.content.decode()


def test_who_signs_out_elsewhere_meanwhile_still_reads_the_answer(unsaved):
    page = unsaved(DatabaseError("Forced update did not affect any rows."))
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert "用户中心" in page.content.decode()
