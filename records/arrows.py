"""One arrow of a machine: from where to where, who may take it, and when."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django_fsm import GET_STATE, transition

Permission = Callable[[Any, Any], bool]  # asked of the machine's own model and of a person
Condition = Callable[[Any], bool]  # of the model alone; its sentence is said by records.rules
Verb = TypeVar("Verb", bound=Callable[..., None])


def arrow(
    *,
    source: str | Sequence[str],
    target: str | GET_STATE,
    permission: Permission,
    conditions: Sequence[Condition] = (),
) -> Callable[[Verb], Verb]:
    """Let the verb move a case; one @arrow is one arrow of the drawing."""
    return transition("state", source, target, conditions=list(conditions), permission=permission)
