"""`make bench` hands on what was typed, and ends as the bench ends."""

import subprocess

import pytest

from tten.local import checks, setup


@pytest.mark.parametrize("code", [0, 1, 3])
def test_the_handle_starts_the_bench_and_ends_as_it_does(monkeypatch, code):
    started = []

    def run(command, **_options):
        started.append(command[1:])
        return subprocess.CompletedProcess(command, code)

    monkeypatch.setattr(setup, "prepare", lambda *_: None)
    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setenv("AGAINST", "76a9e59")
    monkeypatch.setenv("LIMITS", "")  # as make exports what nobody has set
    for name in ("ONLY", "BLOCKS"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit) as end:
        checks.bench("pages")
    assert end.value.code == code
    assert started == [["-m", "benchmarks", "pages", "--against", "76a9e59"]]
