"""What `make run` has started is looked after."""

from functools import partial

import pytest

from tten.local import watch
from tten.local.processes import Daemon
from tten.local.say import LocalError
from tten.local.watch import begin_again, look_after


def test_the_launcher_begins_each_part_again_but_not_without_end(tmp_path, monkeypatch):
    paused, ends = [], Daemon("web", tmp_path)
    monkeypatch.setattr(watch.time, "sleep", paused.append)
    begun = []
    for _ in range(watch.MOST_BEGUN):
        begin_again(ends, lambda: ends.start(["true"]), begun)
    with pytest.raises(LocalError, match="一再退出"):
        begin_again(ends, lambda: ends.start(["true"]), begun)
    assert paused == [*range(watch.MOST_BEGUN)]


def test_a_server_that_was_killed_is_begun_before_what_stands_on_it(tmp_path, monkeypatch):
    order, parts = [], [Daemon(name, tmp_path) for name in ("postgres", "web")]

    def begin(part):
        order.append(part.name)
        part.start(["sleep", "60"])

    def stop(_seconds):
        if all(part.pid() for part in parts):
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(watch.time, "sleep", stop)
        with pytest.raises(KeyboardInterrupt):
            look_after([(part, partial(begin, part)) for part in parts])
    for part in parts:
        part.stop()
    assert order == ["postgres", "web"]
