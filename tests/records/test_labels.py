"""Every kind of line that the code writes into a trail has a Chinese name."""

import ast

import pytest

from records.labels import every_label
from tests.test_house import MACHINES, arrows, sources

WRITERS = {"note", "write", "write_note"}


def kinds(tree):
    """The kinds that are written out where a line is noted; a kind may also be handed on as `kind=`."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        given = [*call.args[1:2]] if name in WRITERS else []
        given += [keyword.value for keyword in call.keywords if keyword.arg == "kind" and name == "seat"]
        for value in given:
            chosen = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
            yield from (part.value for part in chosen if isinstance(part, ast.Constant) and isinstance(part.value, str))


@pytest.mark.heavy
def test_every_kind_of_line_has_a_name():
    written = {kind for path in sources() if "demo" not in path.parts for kind in kinds(ast.parse(path.read_text()))}
    taken = {arrow.name for model in MACHINES for arrow in arrows(model)}
    assert {"member_ended", "account_closed", "export"} <= written
    known = set(every_label())
    assert written | taken <= known, sorted((written | taken) - known)
