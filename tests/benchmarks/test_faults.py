"""What is said of today's tests over an older state."""

import pytest

from benchmarks.faults import Found, come_since, note, part_of

FILE = "tests/x/test_y.py"


def test_only_what_has_come_since_counts():
    found = {FILE: Found(new={"test_a", "test_b"})}
    for name, word in (("test_a[1]", "FAILED"), ("test_a[2]", "PASSED"), ("test_b", "PASSED"), ("test_old", "FAILED")):
        note(found, f"{FILE}::{name} {word}      [ 10%]\n")
    assert str(found[FILE]) == "2 new, 1 fail there, 1 pass: test_b"
    assert not found[FILE].is_silent


def test_a_file_whose_new_tests_all_pass_finds_nothing():
    found = {FILE: Found(new={"test_a", "test_b"})}
    note(found, f"{FILE}::test_a PASSED [ 10%]\n")
    assert found[FILE].is_silent
    assert str(found[FILE]) == "2 new, 0 fail there, 1 pass, 1 not run: test_a"


def test_a_file_that_cannot_be_read_says_what_it_lacks():
    found = {FILE: Found(new={"test_a"})}
    unread = None
    for line in (
        f"____ ERROR collecting {FILE} ____\n",
        "E   ImportError: no once\n",
        "____ test_old ____\n",
        "E   assert 0\n",
    ):
        unread = note(found, line, unread)
    assert str(found[FILE]) == "1 new, cannot be read there: ImportError: no once"
    assert not found[FILE].is_silent


OLD = "VALUES = [1]\ndef test_a(): ...\ndef test_b(): assert 1"


@pytest.mark.parametrize(
    ("now", "tests"),
    [
        (OLD, set()),
        (OLD + "\ndef test_c(): ...\ndef helper(): ...", {"test_c"}),
        (OLD.replace("assert 1", "assert 2"), {"test_b"}),
        (OLD.replace("[1]", "[1, 2]"), {"test_a", "test_b"}),
    ],
)
def test_what_has_come_since_is_told_by_its_name_then_by_its_text(now, tests):
    assert come_since(OLD, now) == tests


@pytest.mark.parametrize(("part", "files"), [("1/1", ["a", "b", "c"]), ("1/2", ["a", "c"]), ("2/2", ["b"])])
def test_parts_leave_nothing_out(part, files):
    assert part_of(["a", "b", "c"], part) == files
