"""What a bench makes of its figures: medians, limits, the table between its markers, the exit code."""

import pytest

from benchmarks.frame import (
    MET,
    MISSED,
    NOTHING_PROVED,
    Limits,
    Run,
    Spread,
    comparison,
    new_limits,
    put_between,
    read_limits,
    result_of,
    table,
    verdict,
    write_limits,
)

LINE = {"name": "GET order_list", "role": "handler"}
STEADY = [2.0, 2.1, 1.9, 2.0, 2.2]  # ms of the floor, block by block
SPENT = [40.0, 44.1, 36.1, 42.0, 44.0]  # ms of the line: × 20, 21, 19, 21, 20
ROOMY = {"GET order_list": Limits(23.0, 10, 34.5)}


def run_of(floors=STEADY, spent=SPENT, queries=9, size=30 * 1024):
    return Run(Spread.of(floors), (result_of(LINE, zip(spent, floors, strict=True), queries, size),))


def test_a_figure_is_the_median_of_its_blocks_with_the_lowest_and_the_highest():
    times = run_of().results[0].times
    assert [round(value, 6) for value in (times.median, times.low, times.high)] == [20.0, 19.0, 21.0]
    assert Spread.of([4.0, 1.0, 2.0]).width == 1.5


def test_each_block_is_held_against_its_own_floor():
    twice_as_slow = run_of([2.0, 2.0, 4.0, 4.0, 4.0], [20.0, 20.0, 40.0, 40.0, 40.0])
    assert twice_as_slow.results[0].times == Spread(10.0, 10.0, 10.0)


def test_a_run_within_its_limits_ends_with_0():
    assert verdict(run_of(), ROOMY) == (MET, [])
    assert MET == 0


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (Limits(19.9, 10, 34.5), "GET order_list: times 20 > 19.9"),
        (Limits(23.0, 8, 34.5), "GET order_list: queries 9 > 8"),
        (Limits(23.0, 10, 29.9), "GET order_list: kilobytes 30 > 29.9"),
    ],
)
def test_a_limit_that_is_not_met_ends_the_run_with_1_and_is_named(limits, why):
    assert verdict(run_of(), {"GET order_list": limits}) == (MISSED, [why])
    assert MISSED == 1


def test_a_line_without_a_limit_and_a_limit_without_its_line_are_not_met():
    gone = ROOMY | {"GET claim_list": Limits(1.0, 1, 1.0)}
    assert verdict(run_of(), {}) == (MISSED, ["GET order_list: no limit"])
    assert verdict(run_of(), gone) == (MISSED, ["GET claim_list: not measured"])


def test_a_floor_that_varies_by_more_than_a_quarter_proves_nothing_whatever_the_lines_say():
    shaky = [2.0, 2.0, 2.0, 2.0, 2.6]
    code, why = verdict(run_of(shaky, SPENT), {"GET order_list": Limits(1.0, 1, 1.0)})
    assert code == NOTHING_PROVED
    assert NOTHING_PROVED not in {MET, MISSED}
    assert why == ["this run proves nothing: its floor varied by 30% (2.00 to 2.60 ms), more than 25%"]
    assert verdict(run_of([2.0, 2.0, 2.0, 2.0, 2.5], SPENT), ROOMY)[0] != NOTHING_PROVED


def test_a_limit_at_its_landing_is_what_was_measured_and_15_percent():
    assert run_of().results[0].limits == Limits(23.0, 10, 34.5)


def test_limits_are_written_anew_or_only_lowered():
    old = {"GET order_list": Limits(22.0, 12, 40.0), "gone": Limits(1.0, 1, 1.0)}
    assert new_limits(run_of(), old, lower=False) == ROOMY
    assert new_limits(run_of(), old, lower=True) == {"GET order_list": Limits(22.0, 10, 34.5)}


def test_limits_are_read_as_they_were_written(tmp_path):
    file = tmp_path / "pages.json"
    assert read_limits(file) == {}
    write_limits(file, ROOMY)
    assert read_limits(file) == ROOMY


def test_the_table_shows_each_figure_beside_its_limit():
    *_, row = table(run_of(), ROOMY).splitlines()
    assert row == "| `GET order_list` | `handler` | 20.0 | 19.0–21.0 | 23.0 | 9 | 10 | 30.0 | 34.5 |"
    *_, row = table(run_of(), {}).splitlines()
    assert row == "| `GET order_list` | `handler` | 20.0 | 19.0–21.0 | – | 9 | – | 30.0 | – |"


def test_the_table_takes_the_place_between_its_markers_and_no_other():
    page = "a\n<!-- bench pages -->\nold\n<!-- /bench pages -->\nb\n<!-- bench mall -->\n<!-- /bench mall -->\n"
    after = put_between(page, "bench pages", r"new \1")
    assert after == page.replace("old", r"new \1")
    assert put_between(after, "bench pages", "old") == page
    with pytest.raises(ValueError, match="no place for bench nothing"):
        put_between(page, "bench nothing", "new")


def test_another_commit_stands_beside_each_line_that_it_has():
    half = run_of(STEADY, [value / 2 for value in SPENT], queries=5)
    *_, row = comparison(half, run_of(), "76a9e59").splitlines()
    assert row == "| `GET order_list` | 20.0 | 10.0 | 0.50 | 9 | 5 | 30.0 | 30.0 |"
    *_, row = comparison(half, Run(Spread.of(STEADY), ()), "76a9e59").splitlines()
    assert row == "| `GET order_list` | – | 10.0 |  | – | 5 | – | 30.0 |"
