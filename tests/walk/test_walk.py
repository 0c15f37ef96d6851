"""A random walk of eight people over the portal, with faults: `make walk STEPS=100000 SEED=7`.

Each step is an act with a seed of its own, so that a walk can be taken again and made shorter: what is left of a failing
one is the shortest sequence found. Every hundred steps all invariants are asked of the database; at the end everything
that was begun is brought to an end.
"""

import os
import random
import subprocess
import time

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase

from records import once
from tests import cheaper, watch
from tests.walk import acts
from tests.walk.ending import end_all
from tests.walk.invariants import check
from tests.walk.stage import Stage, Wrong

STEPS, SEED = int(os.environ.get("STEPS") or 2000), int(os.environ.get("SEED") or 1)
OFTEN = 100  # steps between two looks at the invariants
SHORTEN = bool(os.environ.get("SHORTEN"))  # whether a failing walk is taken again and again to make it shorter
TRIES = 24  # walks that are taken to make a failing one shorter


def sequence(steps, seed):
    """[(name of the act, its seed)] of a walk."""
    rng, names = random.Random(seed), [act.__name__ for act in acts.ACTS]
    chosen = rng.choices(names, weights=list(acts.ACTS.values()), k=steps)
    return [(name, rng.getrandbits(32)) for name in chosen]


def take(stage, steps, often=OFTEN):
    """Walk; (number of the step, what is wrong) where something is, else None."""
    try:
        for number, (name, seed) in enumerate(steps, start=1):
            stage.rng.seed(seed)
            with stage.now():
                getattr(acts, name)(stage)
                if number % often == 0 or number == len(steps):
                    check(stage)
    except Wrong as wrong:
        return number, str(wrong)
    finally:
        stage.rest()
    return None


def begun_anew():
    """Another world, in the place of the one that a walk has changed."""
    TransactionTestCase._fixture_teardown(None)  # as tests/conftest.py puts the rows back
    cache.clear()
    return Stage()


def shortest(steps):
    """Leave out halves, quarters, eighths … of a failing walk as long as it fails without them."""
    size, tries = max(1, len(steps) // 2), TRIES
    while tries and size:
        for start in range(0, len(steps), size):
            shorter, tries = steps[:start] + steps[start + size :], tries - 1
            found = take(begun_anew(), shorter, often=10) if shorter else None
            if found:
                steps = shorter[: found[0]]
                break
            if not tries:
                break
        else:
            size //= 2
    return steps


@pytest.mark.django_db(transaction=True)
def test_a_random_walk_breaks_nothing(capsys, monkeypatch):
    monkeypatch.setattr(watch, "held", {})  # a request into a fault asks more
    monkeypatch.setattr(once, "WAIT", 0)  # for an answer that a fault has kept from coming
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout
    stage, steps = Stage(), sequence(STEPS, SEED)
    with cheaper.for_thousands_of_requests():
        begun = time.process_time()
        found = cheaper.untraced(take)(stage, steps)
        each = (time.process_time() - begun) / STEPS
        with capsys.disabled():
            print(
                f"\nwalk: {STEPS} steps, seed {SEED}, commit {commit.strip()}, {each:.3f} s of CPU a step; {stage.told()}"
            )
        if found:
            steps = shortest(steps[: found[0]]) if SHORTEN else steps[max(0, found[0] - 5) : found[0]]
            pytest.fail(f"步骤 {found[0]}：{found[1]}；{steps}")
        cheaper.untraced(finish)(stage)


def finish(stage):
    """Everything that was begun can still end, and then all rules hold, each hash counted anew."""
    try:
        end_all(stage)
        with stage.now():
            check(stage, whole=True)
    finally:
        stage.rest()
