"""What every test stands on: no network but loopback, a clean cache, quick passwords, tasks run on the spot."""

import os
import shutil

import pytest
from django.conf import settings
from django.core.cache import cache

from tten.local import system

NEEDS = {  # marker → what it needs
    "browser": system.BROWSER,
    "pdf": system.PDF,
}


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
