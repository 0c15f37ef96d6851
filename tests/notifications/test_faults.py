"""Whatever dies or hangs at whatever point of a delivery: no event is lost, none arrives twice on one channel.

`python -m benchmarks.deliveries` does the same with 1,000 events at each point.
"""

import pytest

from benchmarks.brokering import ADDRESSES, away, twice
from benchmarks.delivering import HANGS, KILLS, Trial, due

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]
EVENTS = 12


@pytest.fixture
def trial(settings):
    with Trial(settings) as trial:
        yield trial


@pytest.mark.parametrize("point", HANGS)
def test_a_server_that_hangs_or_drops_the_line_loses_and_doubles_nothing(trial, point):
    assert trial.hang(point, EVENTS).verdict == due(point, EVENTS)


@pytest.mark.parametrize("point", KILLS)
def test_a_worker_that_is_killed_loses_and_doubles_nothing(trial, point):
    assert trial.kill(point, EVENTS).verdict == due(point, EVENTS)


@pytest.mark.parametrize("point", ["mail DATA", "mail words", "sms words"])
def test_a_worker_that_comes_back_late_loses_and_doubles_nothing(trial, point):
    assert trial.pause(point, EVENTS).verdict == due(point, EVENTS, paused=True)


@pytest.mark.parametrize("channel", ADDRESSES)
@pytest.mark.parametrize("act", [away, twice])
def test_a_server_that_is_gone_and_a_task_for_two_workers_lose_and_double_nothing(trial, act, channel):
    assert act(trial, channel, EVENTS).verdict == due(channel, EVENTS)
