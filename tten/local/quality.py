"""The figures of the house as they stand: what is measured, its aim, its limit, and how many are beyond the aim.

The standard library alone: `make quality` writes docs/quality.md, tests/test_limits.py holds every limit.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tten.local.paths import ROOT
from tten.local.say import say

APPS = (
    "tten",
    "backups",
    "seals",
    "help",
    "news",
    "accounts",
    "catalog",
    "orders",
    "vouchers",
    "redemption",
    "registers",
    "reviews",
    "notifications",
    "records",
    "policy",
    "ui",
)
TARGET = ROOT / "docs" / "quality.md"
SUPPRESSION = re.compile(r"#\s*(?:noqa\b|type:\s*ignore)")
UNFORMATTED = re.compile(r"#\s*fmt:\s*(?:skip|off)")
OF_PAPER = "pdf"  # the printed form is one sheet, its template as long as it
HEAD = """# Quality

Drawn by `make quality`. Each figure of the code's sizes, what is aimed at, what the tests allow (`tests/test_limits.py`), how it stands,
and how much of it is beyond the aim. Limits only fall.

| what | aim | limit | stands at | where | beyond the aim |
| --- | ---: | ---: | ---: | --- | ---: |
"""
FOOT = """
Two more are held where they are measured: to make a test's world costs 0.1 s of CPU at most (`tests/test_recording.py`;
aim 0.05), and the tests walk through 95 % of the portal and every branch of what moves cases and money (`make test`).

What the tests cost stands in [testing.md](testing.md), what pages ask and cost in [performance.md](performance.md).
"""


@dataclass(frozen=True)
class Sized:
    """One thing that was measured: its size, and where it stands."""

    size: int
    where: str


@dataclass(frozen=True)
class Figure:
    """A line of the table. single: each thing has the limit; otherwise all of them together."""

    what: str
    aim: int
    limit: int
    measure: Callable[[], list[Sized]]
    single: bool = True

    def stands(self) -> int:
        """The largest thing, or how many there are."""
        found = self.measure()
        return max((thing.size for thing in found), default=0) if self.single else len(found)

    def row(self) -> str:
        """The line in Markdown."""
        found = sorted(self.measure(), key=lambda thing: -thing.size)
        stands = self.stands()
        where = found[0].where if self.single and found else ""
        beyond = sum(thing.size > self.aim for thing in found) if self.single else max(0, stands - self.aim)
        share = f"{beyond} of {len(found)}" if self.single else f"{beyond}"
        return f"| {self.what} | {self.aim} | {self.limit} | {stands} | {f'`{where}`' if where else ''} | {share} |"


def quality() -> None:
    """Write docs/quality.md."""
    TARGET.write_text(HEAD + "".join(f"{figure.row()}\n" for figure in FIGURES) + FOOT)
    say(f"✓ {TARGET.relative_to(ROOT)}")


def sources(*folders: str) -> Iterator[Path]:
    """The Python files of these folders, migrations apart."""
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


def is_of_views(path: Path) -> bool:
    """Whether a module holds views: `views.py`, `panel_views.py`, or a file of a package `views`."""
    return path.name.endswith("views.py") or "views" in path.parts


def length_of(node: ast.FunctionDef) -> int:
    """Lines of the body, without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1


def is_any(annotation: ast.expr | None) -> bool:
    """Whether a parameter may be anything: Any itself, also where it may be None."""
    text = ast.unparse(annotation).strip("'\"") if annotation else ""
    return text in {"Any", "Any | None"}


def positional(node: ast.FunctionDef) -> int:
    """How many arguments may be given by their place, the object itself apart."""
    names = [argument.arg for argument in [*node.args.posonlyargs, *node.args.args]]
    return len(names) - (names[:1] in (["self"], ["cls"]))


@cache
def functions(path: Path) -> tuple[ast.FunctionDef, ...]:
    """Every function and method of a module."""
    return tuple(node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))


def _name(path: Path, *more: object) -> str:
    return ":".join(map(str, (path.relative_to(ROOT), *more)))


def _modules() -> list[Sized]:
    return [Sized(len(path.read_text().splitlines()), _name(path)) for path in sources(*APPS, "tests")]


def _functions(*folders: str) -> list[Sized]:
    paths = (path for path in sources(*folders) if not is_of_views(path))
    return [Sized(length_of(node), _name(path, node.name)) for path in paths for node in functions(path)]


def _views() -> list[Sized]:
    paths = filter(is_of_views, sources(*APPS))
    return [Sized(length_of(node), _name(path, node.name)) for path in paths for node in functions(path)]


def _positional() -> list[Sized]:
    return [Sized(positional(node), _name(path, node.name)) for path in sources(*APPS) for node in functions(path)]


def _any() -> list[Sized]:
    return [
        Sized(1, _name(path, node.name, argument.arg))
        for path in sources(*APPS)
        for node in functions(path)
        for argument in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if is_any(argument.annotation)
    ]


def _said(pattern: re.Pattern[str]) -> list[Sized]:
    return [
        Sized(1, _name(path, number))
        for path in sources(*APPS, "tests")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        for _ in pattern.findall(line)
    ]


def templates() -> list[Path]:
    """The templates of pages and mails, the printed form apart."""
    return [path for path in sorted((ROOT / "templates").rglob("*.html")) if OF_PAPER not in path.parts]


def _templates() -> list[Sized]:
    return [Sized(len(path.read_text().splitlines()), _name(path)) for path in templates()]


def _template_lines() -> list[Sized]:
    return [
        Sized(len(line), _name(path, number))
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
    ]


def _dependencies() -> list[Sized]:
    lines = (ROOT / "requirements.in").read_text().splitlines()
    return [Sized(1, line) for line in lines if line.strip() and not line.startswith(("#", "-"))]


FIGURES = (
    Figure("lines of a module", 150, 300, _modules),
    Figure("lines of a function", 10, 25, lambda: _functions(*APPS)),
    Figure("lines of a function of the tests", 10, 30, lambda: _functions("tests")),
    Figure("lines of a view", 15, 20, _views),
    Figure("lines of a template", 60, 100, _templates),
    Figure("characters in a line of a template", 120, 160, _template_lines),
    Figure("arguments by their place", 3, 5, _positional),
    Figure("parameters typed `Any`", 0, 41, _any, single=False),
    Figure("`noqa` and `type: ignore`", 10, 24, lambda: _said(SUPPRESSION), single=False),
    Figure("`fmt: skip`", 0, 24, lambda: _said(UNFORMATTED), single=False),
    Figure("direct dependencies of production", 25, 36, _dependencies, single=False),
)
