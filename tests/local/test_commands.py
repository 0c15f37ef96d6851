"""What the commands decide before they start anything: which command, which tests, how the results are counted."""

import sys

import pytest

from tten.local import __main__ as launcher
from tten.local import checks, counts, fast, run, say, setup

pytestmark = pytest.mark.heavy
RESULTS = """<testsuites><testsuite>
<testcase classname="tests.journeys.test_life" name="a"/>
<testcase classname="tests.policy.test_calendar" name="b"/>
<testcase classname="tests.policy.test_calendar" name="c"><failure message="no"/></testcase>
<testcase classname="tests.browser.test_guard" name="d"><skipped message="缺 / missing: Chromium"/></testcase>
</testsuite></testsuites>"""


def test_results_are_counted_by_kind_and_what_was_left_out_is_named(tmp_path, capsys):
    (tmp_path / "rules.xml").write_text(RESULTS)
    assert counts.report(tmp_path, strict=False) == []
    told = capsys.readouterr().out
    assert "total: 2 passed, 1 failed, 1 skipped" in told
    assert "left out: 1 × 缺 / missing: Chromium" in told


def test_where_nothing_may_be_left_out_it_is_a_failure(tmp_path):
    (tmp_path / "rules.xml").write_text(RESULTS)
    assert counts.report(tmp_path, strict=True) == ["1 个测试未跑 / tests left out"]


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        (["vouchers/ledger.py"], ["tests/test_house.py", "tests/vouchers"]),
        (["templates/orders/order_list.html"], ["tests/orders", "tests/test_house.py"]),
        (["catalog/workflow.py"], ["tests/catalog", "tests/test_house.py", "tests/test_machines.py"]),
        (["tests/policy/test_models.py"], ["tests/policy/test_models.py"]),
        (["tests/reviews/desk.py", "tests/reviews/test_views.py"], ["tests/reviews"]),
        (["README.md"], ["tests/test_house.py"]),
        ([], []),
    ],
)
def test_a_change_is_tried_by_the_tests_of_its_app(monkeypatch, changed, tests):
    monkeypatch.setattr(fast, "_git", lambda *words: changed if words[0] == "diff" else [])
    assert fast.touched() == tests


def test_without_a_change_nothing_runs(capsys):
    fast.run([])
    assert "没有改动" in capsys.readouterr().out


def test_a_file_that_fails_ends_the_command_with_its_name(monkeypatch):
    monkeypatch.setattr(setup, "prepare", lambda _kind: None)
    monkeypatch.setattr(fast, "PYTHON", "/bin/false")
    with pytest.raises(say.LocalError, match="failed: tests/policy"):
        fast.run(["tests/policy"])


def test_a_refusal_ends_with_1_and_its_sentence(monkeypatch, capsys):
    def refuse():
        raise say.LocalError("不通过")

    monkeypatch.setitem(launcher.COMMANDS, "lint", refuse)
    monkeypatch.setattr(sys, "argv", ["tten.local", "lint"])
    assert launcher.main() == 1
    assert "✗ 不通过" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "answer"), [(("python", "-c", "pass"), []), (("python", "-c", "1/0"), ["python -c 1/0"])]
)
def test_a_check_that_fails_shows_what_it_said(command, answer, capsys):
    assert checks._check(command, {}) == answer
    assert ("ZeroDivisionError" in capsys.readouterr().out) == bool(answer)


def test_style_and_types_stop_at_the_end_with_every_failure(monkeypatch):
    monkeypatch.setattr(setup, "prepare", lambda _kind: None)
    monkeypatch.setattr(checks, "STYLE", (("python", "-c", "1/0"), ("python", "-c", "0/0")))
    with pytest.raises(say.LocalError, match="python -c 1/0; python -c 0/0"):
        checks.lint()


def test_more_is_added_to_a_demo_that_is_loaded_and_to_no_other(tmp_path, monkeypatch):
    sent = []
    monkeypatch.setattr(run, "home_of", lambda _kind: tmp_path)
    monkeypatch.setattr(run, "_environment", lambda *_given: {})
    monkeypatch.setattr(run, "_manage", lambda _environment, *words: sent.append(words))
    monkeypatch.setattr(run.services, "stop", lambda kind: sent.append((kind, "stopped")))
    monkeypatch.setenv("PRODUCTS", "2000")
    monkeypatch.delenv("CASES", raising=False)
    with pytest.raises(say.LocalError, match="请先运行 make run"):
        run.add()
    (tmp_path / "demo-0.loaded").touch()
    run.add()
    assert sent == [("demo", "--products", "2000", "--cases", "0"), ("run", "stopped")]
