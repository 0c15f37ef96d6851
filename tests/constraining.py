"""What a constraint of the database names, read from its expressions."""

from django.db.models import F, Q


def below(cls):
    """The classes that modules define below it; what Django makes while a page is drawn lives as long as it happens."""
    for sub in cls.__subclasses__():
        if not sub.__module__.startswith("django."):
            yield sub
        yield from below(sub)


def named_by(constraint):
    """The columns that a constraint names."""
    condition = constraint.condition
    found = {path.partition("__")[0] for path in references(condition)} if condition else set()
    found |= set(getattr(constraint, "fields", ()))
    return found | {one.name for part in getattr(constraint, "expressions", ()) for one in inside(part)}


def references(condition):
    for part in condition.children:
        if isinstance(part, Q):
            yield from references(part)
        elif isinstance(part, tuple):
            yield part[0]
            yield from (one.name for one in inside(part[1]))


def inside(expression):
    """The columns inside an expression."""
    if isinstance(expression, F):
        yield expression
    for part in getattr(expression, "get_source_expressions", list)():
        yield from inside(part)


def is_choice(model, constraint):
    """Whether it holds a choice, which the field itself refuses."""
    names = named_by(constraint)
    return len(names) == 1 and bool(model._meta.get_field(next(iter(names))).choices)


def is_said(constraint):
    return constraint.violation_error_message != constraint.default_violation_error_message
