"""Draw every machine from its code: docs/states.md is this text, and a test holds the two together."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django_fsm import GET_STATE

from records.kinds import case_kinds

HEAD = """# The machines

Drawn from the code by `manage.py states`; do not edit. One table row is one arrow of `<app>/workflow.py`.
"""


def drawing() -> str:
    """All machines as Markdown with Mermaid diagrams, from the lowest floor up."""
    parts = [HEAD]
    for kind in reversed(case_kinds()):
        parts += list(machine(kind.model))
    return "\n".join(parts) + "\n"


def machine(model: type[models.Model]) -> Iterator[str]:
    """One machine: its diagram, its arrows, whose turn each state is."""
    field: Any = model._meta.get_field("state")
    labels = dict(field.choices)
    rows = sorted(set(arrows(model)), key=lambda row: (list(labels).index(row[0]), row[1:]))
    yield f"\n## {model._meta.verbose_name}\n\n```mermaid\nstateDiagram-v2"
    yield from (f'    state "{label}" as {value}' for value, label in labels.items())
    yield f"    [*] --> {field.default}"
    yield from (f"    {source} --> {target}: {step}" for source, step, target, _ in rows)
    yield "```\n\n| from | step | to | who |\n| --- | --- | --- | --- |"
    yield from (f"| {labels[source]} | `{step}` | {labels[target]} | `{who}` |" for source, step, target, who in rows)
    turns = getattr(model, "TURN", {})
    if turns:
        yield "\nWhose turn: " + " · ".join(f"{labels[state]} → {kind.label}" for state, kind in turns.items())


def arrows(model: type[models.Model]) -> Iterator[tuple[str, str, str, str]]:
    """Every (source, step, target, permission)."""
    field: Any = model._meta.get_field("state")
    for arrow in field.get_all_transitions(model):
        targets = arrow.target.allowed_states if isinstance(arrow.target, GET_STATE) else [arrow.target]
        for target in targets:
            yield str(arrow.source), arrow.name, str(target), arrow.permission.__name__
