"""Fields and widgets are judged on one day."""

import pytest


@pytest.fixture(autouse=True)
def noon(time_machine):
    """The limits of a date box hang on the day."""
    time_machine.move_to("2026-11-24 12:00+08:00")
