"""What every test stands on: no network but loopback, a clean cache, quick passwords, tasks run on the spot."""

import os
import shutil

import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.cache import cache
from django.db import connection
from pytest_django.plugin import blocking_manager_key

from tten.local import system

NEEDS = {  # marker → what it needs
    "browser": system.BROWSER,
    "pdf": system.PDF,
}
SHIPPED = pytest.StashKey()
OWN_APPS = ("policy", "reviews")  # those whose migrations ship rows


def pytest_configure():
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CELERY_TASK_ALWAYS_EAGER = settings.CELERY_TASK_EAGER_PROPAGATES = True


def pytest_unconfigure():
    shutil.rmtree(os.environ["MEDIA_ROOT"], ignore_errors=True)


def pytest_collection_modifyitems(items):
    missing = {marker: part for marker, part in NEEDS.items() if not part.is_there()}
    for item in items:
        for marker in item.iter_markers():
            if marker.name in missing:
                item.add_marker(pytest.mark.skip(reason=f"缺 / missing: {missing[marker.name].name}"))


@pytest.fixture(autouse=True)
def _clean_cache():
    """Limits and sessions count in the cache: no test sees another's."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, pytestconfig):
    """Keep the rows that the migrations ship."""
    with django_db_blocker.unblock():
        models = [model for app in OWN_APPS for model in apps.get_app_config(app).get_models()]
        rows = [row for model in models for row in model._default_manager.order_by("pk")]
        pytestconfig.stash[SHIPPED] = serializers.serialize("json", rows)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test that commits is followed by a flush: bring back the rows that the migrations ship."""
    result = yield
    marker = item.get_closest_marker("django_db")
    if nextitem is not None and marker and marker.kwargs.get("transaction"):
        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(item.config.stash[SHIPPED])
            connection.close()
    return result
