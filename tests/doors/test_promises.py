"""docs/security.md names tests that exist, for every promise of SECURITY.md and every clause that applies."""

import ast
import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.heavy  # reads the sources
ROOT = settings.BASE_DIR
PAGE = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
CLAUSES = (
    *("身份鉴别", "访问控制", "安全审计", "入侵防范", "恶意代码防范", "可信验证"),
    *("数据完整性", "数据保密性", "数据备份恢复", "剩余信息保护", "个人信息保护"),
)


def rows(heading):
    """The rows of the table below the heading: [[cell, …]]."""
    part = PAGE.read_text().partition(f"\n## {heading}")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")][2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_every_test_that_is_named_exists():
    lost = []
    for path, name in NAMED.findall(PAGE.read_text()):
        file = ROOT / path
        functions = ast.walk(ast.parse(file.read_text())) if file.exists() else ()
        there = {node.name for node in functions if isinstance(node, ast.FunctionDef)}
        lost += [f"{path}::{name}"] if not file.exists() or (name and name not in there) else []
    assert lost == []


def test_every_promise_has_its_tests():
    said = (
        (ROOT / "SECURITY.md").read_text().partition("Whatever breaks one of these promises")[2].partition("\n## ")[0]
    )
    promises = [" ".join(line.split()) for line in re.split(r"\n- ", said)[1:]]
    held = {row[0]: NAMED.findall(row[1]) for row in rows("The promises of SECURITY.md")}
    assert len(promises) > 5
    assert list(held) == promises
    assert [promise for promise, tests in held.items() if not tests] == []


def test_every_clause_is_met_by_a_test_or_by_the_operator():
    table = {row[0]: row for row in rows("等保 2.0")}
    assert tuple(table) == CLAUSES
    assert [clause for clause, row in table.items() if not (NAMED.search(row[2]) or row[2] == "by the operator")] == []
    assert [clause for clause, row in table.items() if not (row[1] and row[3])] == []
