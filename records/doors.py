"""The door of every verb: one transaction, that no other stands around, tried twice where the database breaks it off."""

import copy
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, models, transaction

from records.once import spend_key, spent
from records.rules import is_broken_off

P = ParamSpec("P")
R = TypeVar("R")

_inside: ContextVar[bool] = ContextVar("inside a door", default=False)


def door(verb: Callable[P, R]) -> Callable[P, R]:
    """Make a function a verb: all that it does is committed when it returns, or nothing is.

    A verb that another one calls is a part of it. Raises RuntimeError inside a transaction that is no verb's: what the
    caller takes for done could still be undone. Broken off by another transaction, it begins once more with what it was
    given as that was; the second time the database's error travels up, and becomes a 409 page.
    """

    @wraps(verb)
    def opened(*args: P.args, **kwargs: P.kwargs) -> R:
        if _inside.get():
            with transaction.atomic():
                return verb(*args, **kwargs)
        given = [*args, *kwargs.values()]
        before = [(row, copy.copy(row)) for row in rows_among(given)]
        try:
            with whole():
                return verb(*args, **kwargs)
        except DatabaseError as error:
            if not is_broken_off(error) or any(isinstance(one, Iterator) for one in given):
                raise
        for row, as_it_was in before:
            row.__dict__ = vars(as_it_was)
        with whole():
            return verb(*args, **kwargs)

    return opened


def rows_among(given: Iterable[object]) -> Iterator[models.Model]:
    """The rows that a verb is given, by themselves or in a list: a try that is undone leaves keys on new ones."""
    for one in given:
        if isinstance(one, models.Model):
            yield one
        elif isinstance(one, list | tuple | set):
            yield from rows_among(one)


@contextmanager
def whole() -> Iterator[None]:
    """Several verbs as one: what each does stands or falls with the rest."""
    token = _inside.set(True)
    try:
        with transaction.atomic(durable=True):
            spend_key()
            transaction.on_commit(spent)  # before whatever else follows the commit, which may open doors of its own
            yield
        spent()
    finally:
        _inside.reset(token)
