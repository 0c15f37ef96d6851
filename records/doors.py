"""The door of every verb: one transaction, that no other stands around, tried twice where the database breaks it off."""

import copy
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import DatabaseError, models, transaction

from records.once import spend_key, spent
from records.rules import is_broken_off

P = ParamSpec("P")
R = TypeVar("R")

T = TypeVar("T")
Last = list[tuple[Callable[[Any], None], object]]  # how it is written, what

_last: ContextVar[Last | None] = ContextVar("what a door writes at last", default=None)


def door(verb: Callable[P, R]) -> Callable[P, R]:
    """Make a function a verb: all that it does is committed when it returns, or nothing is.

    A verb that another one calls is a part of it. Raises RuntimeError inside a transaction that is no verb's: what the
    caller takes for done could still be undone. Broken off by another transaction, it begins once more with what it was
    given as that was; the second time the database's error travels up, and becomes a 409 page.
    """

    @wraps(verb)
    def opened(*args: P.args, **kwargs: P.kwargs) -> R:
        if (last := _last.get()) is not None:
            with part(last):
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
def part(last: Last) -> Iterator[None]:
    """A verb within another one: what it has left to be written at last is forgotten where it is undone alone."""
    before = len(last)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del last[before:]
        raise


@contextmanager
def whole() -> Iterator[None]:
    """Several verbs as one: what each does stands or falls with the rest."""
    token = _last.set([])
    try:
        with transaction.atomic(durable=True):
            spend_key()
            transaction.on_commit(be_over)  # before whatever else follows the commit
            yield
            write_last()
        spent()
    finally:
        _last.reset(token)


def be_over() -> None:
    """It is committed: a verb that follows the commit in the same process is no part of it, and writes its own last rows."""
    _last.set(None)
    spent()


def at_last(write: Callable[[list[T]], None], rows: Iterable[T]) -> None:
    """Let the outermost verb write these when all its parts are done, with those of the others; at once outside of any."""
    last = _last.get()
    if last is None:
        write(list(rows))
    else:
        last += [(write, row) for row in rows]


def write_last() -> None:
    """Write what was left to be written at last: one call for each way of writing, with all that is written so, in its order."""
    last = _last.get() or []
    for write in dict.fromkeys(write for write, _ in last):
        write([row for way, row in last if way == write])
    last.clear()
