"""How the line to the replica is made of the settings; without one there is none."""

import pytest
from django.conf import settings

from tten.outside import line_beside

pytestmark = pytest.mark.bare
PRIMARY = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": "tten",
    "HOST": "db.example",
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {"options": "-c statement_timeout=20s", "connect_timeout": 5, "host": "/run/primary"},
}


def test_none_is_set_by_default():
    assert line_beside(PRIMARY, "") == {}
    assert list(settings.DATABASES) == ["default"]


def test_it_is_as_that_to_the_primary_but_for_its_own_address_and_nobody_waits_long_for_it():
    found = line_beside(PRIMARY, "postgres://web:word@replica.example:5433/tten?sslmode=require")["replica"]
    where = [found[name] for name in ("ENGINE", "HOST", "PORT", "USER", "NAME")]
    assert where == ["tten.replica", "replica.example", 5433, "web", "tten"]
    assert (found["CONN_MAX_AGE"], found["CONN_HEALTH_CHECKS"]) == (60, False)
    assert found["OPTIONS"] == {
        "options": "-c statement_timeout=20s",
        "connect_timeout": 2,
        "tcp_user_timeout": 5_000,
        "sslmode": "require",
    }
