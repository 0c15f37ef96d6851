"""What may be read beside: pages and exports that only show, each by name, from a replica that follows closely (ADR 0224).

A page is marked `@read_aside`; within it the questions that are named, `aside(rows)` and `line()`, go to the replica
where one is set, follows, and holds what the reader has written himself. Everything else asks the primary, always.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse

from ui.following import REPLICA, STANDING

if TYPE_CHECKING:
    from django.db.models import QuerySet

READS = {"GET", "HEAD"}
POSITION = "wal"  # in the session: where the log of the primary stood behind the person's last act
TOO_SLOW = "57014"  # of PostgreSQL: on the primary it would last as long
Rows = TypeVar("Rows", bound="QuerySet[Any]")
Request = TypeVar("Request", bound=HttpRequest)
Rest = ParamSpec("Rest")
Found = TypeVar("Found")
_where: ContextVar[str] = ContextVar("reading", default=DEFAULT_DB_ALIAS)


class Misread(RuntimeError):
    """Something that decides, guards, numbers, locks or proves was about to read the replica: a mistake of ours."""


def is_set() -> bool:
    """Whether there is a replica at all."""
    return REPLICA in settings.DATABASES


def reading() -> str:
    """The alias of the database that the page reads whose turn it is; the primary's outside of every page."""
    return _where.get()


def aside(rows: Rows) -> Rows:
    """The same rows, read where the page reads."""
    if reading() == DEFAULT_DB_ALIAS:
        return rows
    if rows.query.select_for_update:
        raise Misread("rows are held on the primary")
    return rows.using(reading())


def line() -> BaseDatabaseWrapper:
    """The line to the database that the page reads, for a statement of our own."""
    return connections[reading()]


def reading_from(request: HttpRequest) -> str:
    """Where this request may read what it only shows; the primary where it writes, or has just written."""
    if not is_set() or request.method not in READS or connection.in_atomic_block:
        return DEFAULT_DB_ALIAS
    if not isinstance(request.session, SessionBase):  # a list that is asked for an export: whoever asks has chosen
        return reading()
    with at(REPLICA):
        return REPLICA if STANDING.serves(request.session.get(POSITION, 0)) else DEFAULT_DB_ALIAS


def read_aside(
    view: Callable[Concatenate[Request, Rest], HttpResponse],
) -> Callable[Concatenate[Request, Rest], HttpResponse]:
    """Let a page that only shows be read aside; stands directly above the view."""

    @wraps(view)
    def shown(request: Request, /, *args: Rest.args, **named: Rest.kwargs) -> HttpResponse:
        act = partial(view, request, *args, **named)
        return act() if reading() == REPLICA else carried_out(act, reading_from(request))

    return shown


def work_aside(act: Callable[[], Found]) -> Found:
    """Let work that only reads be done aside, once the replica holds everything that is committed now."""
    if not is_set() or connection.in_atomic_block:
        return act()
    with at(REPLICA):
        has_all = STANDING.catches_up()
    return carried_out(act, REPLICA if has_all else DEFAULT_DB_ALIAS)


def carried_out(act: Callable[[], Found], where: str) -> Found:
    """What the act gives there; where the replica fails on the way it is left out, and the act begins anew on the primary."""
    if where == DEFAULT_DB_ALIAS:
        return act()
    try:
        with at(where):
            return act()
    except DatabaseError as error:
        if getattr(error.__cause__, "pgcode", None) == TOO_SLOW:
            raise
        STANDING.leave_out()
    return act()


@contextmanager
def at(where: str) -> Iterator[None]:
    """What is asked by name within goes there."""
    before = _where.set(where)
    try:
        yield
    finally:
        _where.reset(before)
