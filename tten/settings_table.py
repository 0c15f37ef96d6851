"""docs/settings.md, drawn from SOURCES: name, kind, default and comment of whatever comes from the environment."""

import ast
from pathlib import Path

SOURCES = tuple(Path(__file__).parent / name for name in ("settings.py", "outside.py", "watching/conf.py"))
HEAD = """# Settings

Drawn from `tten/settings.py`, `tten/outside.py` and `tten/watching/conf.py` by `make settings`; do not edit. All come from the environment.
Policy (ratio, caps, deadlines) is not among them: it is dated rows (`policy.PolicyVersion`).

| name | kind | default | what for |
| --- | --- | --- | --- |
"""
REQUIRED = "required"


def drawing() -> str:
    """Return the whole page."""
    return HEAD + "".join(_rows(path.read_text()) for path in SOURCES)


def _rows(source: str) -> str:
    return "".join(_row(*call, source.splitlines()) for call in _readings(ast.parse(source)))


def _readings(tree: ast.AST) -> list[tuple[str, ast.Call]]:
    """Find the calls of `env.<kind>(…)` in their order, each with its kind."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="env"), attr=kind)):
                found.append((kind, node))
    return sorted(found, key=lambda reading: reading[1].lineno)


def _row(kind: str, call: ast.Call, lines: list[str]) -> str:
    name = ast.literal_eval(call.args[0])
    comment = lines[(call.end_lineno or call.lineno) - 1].partition("  # ")[2]
    return f"| `{name}` | {kind} | {_default(call)} | {comment} |\n"


def _default(call: ast.Call) -> str:
    default = next((word.value for word in call.keywords if word.arg == "default"), None)
    return REQUIRED if default is None or "NOTSET" in ast.unparse(default) else f"`{ast.unparse(default)}`"
