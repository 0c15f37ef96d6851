"""The venv of the two commands: it is of the Python that they were given."""

import sys

from tten.local import setup


def test_a_venv_of_our_python_stays():
    assert setup._fits(sys.executable)


def test_a_venv_of_another_python_is_made_anew(monkeypatch):
    before = setup._wanted(setup.TEST)
    monkeypatch.setattr(setup, "VERSION", (3, 99))
    assert not setup._fits(sys.executable)
    assert setup._wanted(setup.TEST) != before


def test_a_venv_that_does_not_run_is_made_anew(tmp_path):
    assert not setup._fits(str(tmp_path / "python"))
