"""Limits that only fall: sizes, what the types leave open, what a tool is told to overlook, lines too long to be read."""

import ast
import re
from pathlib import Path

import pytest

from tten.local import quality

pytestmark = pytest.mark.heavy  # reads the sources

NOUNLESS = {"find", "hold", "keep", "words_of", "place", "seat"}  # each stood for several things (docs/glossary.md)


@pytest.mark.parametrize("figure", quality.FIGURES, ids=lambda figure: figure.what)
def test_every_figure_keeps_its_limit(figure: quality.Figure) -> None:
    assert figure.stands() <= figure.limit, figure.row()


@pytest.mark.parametrize("figure", quality.FIGURES, ids=lambda figure: figure.what)
def test_a_figure_beyond_its_limit_is_seen(
    figure: quality.Figure, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each measure finds the same kind of fault in a house of one file that is nothing but faults."""
    for folder in (*quality.APPS, "templates", "tests"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(quality, "ROOT", tmp_path)
    (tmp_path / "requirements.in").write_text("".join(f"package-{number}\n" for number in range(figure.limit + 1)))
    line = "    x = 1  #" + " noqa  #" + " fmt: skip"
    bad = "\n".join(["def f(a: Any, b: Any, c: Any, d: Any, e: Any, g: Any):", *[line] * (figure.limit + 1)])
    for folder, name in (("tten", "a.py"), ("tten", "views.py"), ("tests", "b.py"), ("orders", "c.py")):
        (tmp_path / folder / name).write_text(f"{bad}\n" * (8 if figure.what.startswith("parameters") else 1))
    (tmp_path / "templates" / "a.html").write_text("\n".join(["x" * (figure.limit + 1)] * (figure.limit + 1)))
    assert figure.stands() > figure.limit


def test_a_function_says_what_it_finds_holds_or_keeps() -> None:
    found = [
        f"{path.relative_to(quality.ROOT)}:{node.name}"
        for path in quality.sources(*quality.APPS)
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name in NOUNLESS
    ]
    assert found == []


def test_the_table_of_quality_has_every_figure_with_its_limit() -> None:
    rows = re.findall(r"^\| (.+?) \| (\d+) \| (\d+) \|", quality.TARGET.read_text(), re.MULTILINE)
    assert rows == [(figure.what, str(figure.aim), str(figure.limit)) for figure in quality.FIGURES]
