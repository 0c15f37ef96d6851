"""What the work at hand is about: request, person, office, case. Log lines carry it; each request and each task begins anew."""

from contextvars import ContextVar

_about: ContextVar[dict[str, str] | None] = ContextVar("about", default=None)


def begin(**facts: str) -> None:
    """Forget what was before, and know these facts."""
    _about.set(dict(facts))


def tell(**facts: str) -> None:
    """Know these facts, too; an empty one says nothing."""
    _about.set(told() | {name: fact for name, fact in facts.items() if fact})


def told() -> dict[str, str]:
    """What is known."""
    return _about.get() or {}
