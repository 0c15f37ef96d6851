"""The tracer rests only inside, comes back also after an error, and clients share middleware only under equal settings."""

import sys

import pytest
from django.test import Client, override_settings
from django.test.client import ClientHandler

from tests.cheaper import untraced


def inner(*, fails=False):
    if fails:
        raise LookupError
    return sys.gettrace()


@pytest.fixture
def tracer():
    """One of our own, for as long as the test runs; coverage's comes back."""
    before, names = sys.gettrace(), []

    def own(frame, event, _more):
        names.append(frame.f_code.co_name)
        return own

    own.names = names
    sys.settrace(own)
    yield own
    sys.settrace(before)


def test_the_tracer_rests_inside_and_comes_back(tracer):
    inside, after = untraced(inner)(), sys.gettrace()
    inner()
    sys.settrace(None)
    assert (inside, after) == (None, tracer)
    assert tracer.names.count("inner") > 0
    assert "gettrace" not in tracer.names


def test_it_comes_back_after_an_error(tracer):
    with pytest.raises(LookupError):
        untraced(inner)(fails=True)
    after = sys.gettrace()
    sys.settrace(None)
    assert after is tracer


def chain_of(client):
    client.handler.load_middleware()
    return client.handler._middleware_chain


@pytest.mark.heavy
def test_clients_share_a_chain_under_equal_settings():
    assert chain_of(Client()) is chain_of(Client())
    assert isinstance(Client().handler, ClientHandler)


@pytest.mark.heavy  # loads every middleware anew
def test_a_client_under_other_settings_has_its_own():
    with override_settings(HTTPS=True):
        other = chain_of(Client())
    assert other is not chain_of(Client())
