"""The CPU of a process is counted with that of its children, also of those that have ended."""

import os
import subprocess
import sys

import pytest

from benchmarks.cpu import seconds_of

pytestmark = pytest.mark.heavy
BUSY = "import time\nwhile time.process_time() < {}: pass\n"
PARENT = """import subprocess, sys
{start}
print("there", flush=True)
sys.stdin.read()
"""


def spent_by(start):
    """CPU seconds of a process that has done this and waits."""
    program = [sys.executable, "-c", PARENT.format(start=start)]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        process.stdout.readline()
        spent = seconds_of([process.pid])
        process.stdin.close()
    return spent


def test_a_child_that_has_ended_counts():
    assert spent_by(f"subprocess.run([sys.executable, '-c', {BUSY.format(1)!r}])") >= 0.98 > spent_by("")


def test_a_living_child_counts():
    child = BUSY.format(1) + "print(flush=True); input()"
    start = f"""child = subprocess.Popen([sys.executable, '-c', {child!r}], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdout.readline()"""
    assert spent_by(start) >= 1 > spent_by("")


def test_who_is_gone_has_spent_nothing():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert seconds_of([process.pid]) == 0
    assert seconds_of([os.getpid()]) > 0
