"""The tier of tests without a database: rules, arithmetic, readers, fields, words. No clock, and 10 ms each."""

import sys
import time
from contextlib import contextmanager

import pytest
import time_machine
from django.utils import timezone

LIMIT = 0.01  # CPU seconds of one test
TRIES, UNDER_COVERAGE = 5, 4  # its tracer makes these tests two to three times as dear
SUM, SUM_SECONDS = 200_000, 0.003  # numbers, and CPU seconds to add them where nothing else runs
GIVERS = {"db", "transactional_db", "live_server"}
HEAVY = ("heavy", "pdf", "browser")


def is_bare(item):
    """Whether the test has no database: it is marked `bare`, or nothing gives it one."""
    given = item.get_closest_marker("django_db") or GIVERS.intersection(item.fixturenames)
    return item.get_closest_marker("bare") is not None or not given


def is_heavy(item):
    """Whether it may take longer; a property that is shown by a hundred examples may."""
    return any(map(item.get_closest_marker, HEAVY)) or hasattr(item.obj, "hypothesis")


@contextmanager
def without_clock():
    """Inside, who asks for the time fails, unless the test has said what time it is."""

    def now(real=timezone.now):
        if not time_machine.escape_hatch.is_travelling():
            pytest.fail("a test without a database asks what time it is: tell it with time_machine.move_to(…)")
        return real()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", now)
        yield


def slowness():
    """How much dearer a sum is now than on a machine with nothing else to do; at least 1."""
    start = time.process_time()
    sum(range(SUM))
    return max(1.0, (time.process_time() - start) / SUM_SECONDS)


def timed(item):
    """Carry the test out; where it took too long, up to five times more: a busy machine makes any one of them slow."""
    start = time.process_time()
    result = yield
    spent = time.process_time() - start
    limit = LIMIT if sys.gettrace() is None else LIMIT * UNDER_COVERAGE
    for _ in range(TRIES):
        if spent > limit:
            start = time.process_time()
            item.runtest()
            spent = min(spent, time.process_time() - start)
    if spent > limit and spent > limit * slowness():
        pytest.fail(f"{spent * 1000:.0f} ms without a database; {limit * 1000:.0f} are the limit (docs/testing.md)")
    return result
