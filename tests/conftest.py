"""What every test stands on: no network but loopback, a clean cache, quick passwords, tasks run on the spot."""

import datetime as dt
import importlib
import os
import shutil
import time
from contextlib import nullcontext
from decimal import Decimal
from functools import partial

import kombu.pools
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection, transaction
from django.test import Client, TransactionTestCase

from policy.models import PolicyVersion
from policy.querysets import MEMORY
from policy.working_days import SHOWN
from records.queue import Broker
from tests import bare, cheaper, database, recording, watch
from tten.celery import app
from tten.local import system
from ui.limited import MANY

NEEDS = {  # marker → what it needs
    "browser": system.BROWSER,
    "pdf": system.PDF,
}
BESIDE = {  # likewise, of programs that no command of ours installs, since Debian starts them as services (docs/testing.md)
    "pooler": system.POOLER,
    "proxy": system.PROXY,
    "kubectl": system.KUBECTL,
}
SHIPPED = tuple(  # the versions of the policy, as a process that has been at work remembers them
    PolicyVersion(
        published=True,
        **version
        | {
            "effective_from": dt.date.fromisoformat(version["effective_from"]),
            "annual_cap": Decimal(version["annual_cap"]),
            "rest_seconds": 0,  # tests/reviews/test_rests.py lets decisions rest
        },
    )
    for version in importlib.import_module("policy.migrations.0002_shipped_versions").VERSIONS
)
UNTOUCHED = {}  # the rows that migrations ship


def pytest_configure():
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CELERY_TASK_ALWAYS_EAGER = settings.CELERY_TASK_EAGER_PROPAGATES = True
    TransactionTestCase._fixture_teardown = _restore
    Client.force_login = recording.sign_in_apart(Client.force_login)
    cheaper.begin()


def pytest_unconfigure():
    shutil.rmtree(os.environ["MEDIA_ROOT"], ignore_errors=True)


def pytest_collection_modifyitems(config, items):
    away = {marker for marker, part in BESIDE.items() if not part.is_there()}
    unrun = [item for item in items if away & {marker.name for marker in item.iter_markers()}]
    if unrun:
        config.hook.pytest_deselected(items=unrun)
        items[:] = [item for item in items if item not in unrun]
    missing = {marker: part for marker, part in NEEDS.items() if not part.is_there()}
    for item in items:
        for marker in item.iter_markers():
            if marker.name in missing:
                item.add_marker(pytest.mark.skip(reason=f"缺 / missing: {missing[marker.name].name}"))


@pytest.fixture(autouse=True)
def _clean_cache(request):
    """Limits and sessions count in the cache, the policy is remembered: no test sees another's."""
    MEMORY.forget()
    MANY.forget()
    SHOWN.forget()
    if not bare.is_bare(request.node):
        MEMORY.keep(SHIPPED)
        MEMORY.keep_days({})
        cache.clear()


@pytest.fixture(autouse=True)
def _django_db_marker(request):
    """Give the database to a test that is marked for it, as pytest-django does, but to no bare one."""
    if request.node.get_closest_marker("django_db") and not bare.is_bare(request.node):
        request.getfixturevalue("_django_db_helper")


@pytest.fixture(autouse=True)
def _no_clock(request):
    """A bare test gets its day by `time_machine`, or not at all; the database is closed to it by pytest-django."""
    light = bare.is_bare(request.node) and not bare.is_heavy(request.node)
    with bare.without_clock() if light else nullcontext():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    return (yield from bare.timed(item)) if bare.is_bare(item) and not bare.is_heavy(item) else (yield)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """A database of the worker's own, cloned from the one that is migrated once."""
    with django_db_blocker.unblock():
        database.make()
        UNTOUCHED.update(database.rows())
        recording.watch_connections()
    yield
    with django_db_blocker.unblock():
        database.drop()


def _restore(test_case):
    """What a test has committed goes, what it deleted comes back: quicker than Django's flush of every table.

    A browser's last request may still be at work when its test has ended, and hold rows that go: it is waited for.
    """
    for patience in (0.2, 1, 3, None):
        gone, come = database.difference(database.rows(), UNTOUCHED)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(database.putting_back(gone, come))
        except OperationalError:  # a deadlock with that request
            if patience is None:
                raise
            time.sleep(patience)
        else:
            return


@pytest.fixture
def django_assert_num_queries():
    """As pytest-django's, counted as tests/watch.py counts: without the look-up of the session."""
    return partial(watch.asking, exact=True)


@pytest.fixture
def django_assert_max_num_queries():
    """The same, where fewer will do."""
    return partial(watch.asking, exact=False)


@pytest.fixture
def queue():
    """Tasks go to the broker instead of being run on the spot, over connections that no earlier test has closed."""
    app.conf.task_always_eager, Broker.rests_until = False, 0.0
    forget_pools()
    yield
    app.conf.task_always_eager, Broker.rests_until = True, 0.0
    forget_pools()


def forget_pools():
    """Close every connection, and let the app make its pools anew: kombu keeps a closed pool and hands it out again."""
    kombu.pools.reset()
    app._pool = app.amqp._producer_pool = None


def pytest_runtest_setup(item):
    if item.get_closest_marker("pdf") and system.PDF.is_there():
        cheaper.print_untraced()
    recording.TAPE.begin(item)
