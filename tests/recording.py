"""A world is made once: what it left behind is written down and put back for each later test that asks for the same.

`@recorded` stands over what makes users, units, orders, cases. Its first call in a process runs as it is written and
is written down: the rows that are there afterwards and were not before, the objects that it gave or changed, the
tasks that wait for the commit. A later call is answered from that, in one statement, if the same could only happen
again: nothing but recorded calls, the same ones in the same order, has written to the database in this test; what it
is given equals what it was given then; day (or the moment, where the clock stands still), settings and code stand as
they stood. Otherwise it simply runs.
"""

import contextlib
import datetime as dt
import functools
import hashlib
import io
import pickle
import threading
import time
from dataclasses import dataclass, field
from decimal import Decimal

import time_machine
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.db.models import Model
from django.utils import timezone

from tests import database
from tests.helpers import aside
from tten.demo.drive import Cast

NOTHING = b""  # the key of a test that has written nothing yet
READS = ("SELECT", "(SELECT", "SET", "SHOW", "EXPLAIN", "DECLARE", "FETCH", "CLOSE", "RELEASE")
PLAIN = (str, int, float, bytes, bool, type(None), Decimal, dt.date, dt.datetime, dt.timedelta)
USERS = "accounts_user"
RECORDINGS = {}


class UnlikeAnythingError(Exception):
    """What a call was given cannot be compared with what an earlier one was given."""


@dataclass
class Tape:
    """What has been written in the test that runs: `key` names the recorded calls so far, None is anything else."""

    key: bytes | None = None
    inside: int = 0  # recorded calls under way; only the outermost counts
    signed_in: bool = False  # somebody's last sign-in and session differ from what was written down
    savepoints: dict = field(default_factory=dict)
    item: object = None
    may_put_back: bool | None = None

    def begin(self, item):
        """A test begins, on an untouched database."""
        self.key, self.inside, self.signed_in, self.savepoints, self.item = NOTHING, 0, False, {}, item

    def watch(self, execute, sql, params, many, context):
        """Look at a statement of the main connection before it is carried out."""
        if not self.inside:
            word, _, rest = str(sql).partition(" ")
            if word == "SAVEPOINT":
                self.savepoints[rest] = self.key
            elif word == "ROLLBACK":
                self.key = self.savepoints.get(rest.removeprefix("TO SAVEPOINT "))
            elif word not in READS:
                self.key = None
        return execute(sql, params, many, context)

    def lose(self, execute, sql, params, many, context):
        """Look at a statement of another thread's connection: whatever it is, this test is no longer alone."""
        self.key = None
        return execute(sql, params, many, context)

    def runs(self):
        """Whether a call may be written down or put back here and now."""
        if self.key is None or self.inside or threading.current_thread() is not threading.main_thread():
            return False
        patched = getattr(self.item, "funcargs", {}).get("monkeypatch")
        if moving_elsewhere() or (patched and (patched._setattr or patched._setitem)):
            return False
        if self.may_put_back is None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")
                self.may_put_back = cursor.fetchone()[0]  # only then triggers may rest
        return self.may_put_back


TAPE = Tape()


@dataclass
class Recording:
    """One recorded call."""

    sql: str
    objects: bytes
    waiting: list  # what is done after the commit
    files: dict
    rewrites_users: bool
    rows: dict | None  # all rows afterwards; None if the test had signed somebody in


def watch_connections():
    """Let the tape see what the connections of this process write."""
    connection.execute_wrappers.append(TAPE.watch)
    connection_created.connect(_seen, weak=False)


def _seen(connection, **kwargs):
    if TAPE.watch not in connection.execute_wrappers and TAPE.lose not in connection.execute_wrappers:
        connection.execute_wrappers.append(TAPE.lose)


def recorded(act):
    """Write down what the call makes, and put it back where it would make the same again."""

    @functools.wraps(act)
    def call(*args, **kwargs):
        if not TAPE.runs():
            return act(*args, **kwargs)
        try:
            key = digest(TAPE.key, act.__qualname__, args, kwargs)
        except UnlikeAnythingError:
            return act(*args, **kwargs)
        recording = RECORDINGS.get(key)
        if recording is None:
            return write_down(key, act, args, kwargs)
        if recording.rewrites_users and TAPE.signed_in:
            return act(*args, **kwargs)
        return put_back(key, recording, named(args, kwargs))

    return call


@contextlib.contextmanager
def apart():
    """What happens inside neither counts as written by others nor is recorded by itself."""
    TAPE.inside += 1
    try:
        yield
    finally:
        TAPE.inside -= 1


def sign_in_apart(force_login):
    """A sign-in touches a session and the day of the last one, which no recorded call reads."""

    @functools.wraps(force_login)
    def call(*args, **kwargs):
        TAPE.signed_in = True
        with apart():
            return force_login(*args, **kwargs)

    return call


def write_down(key, act, args, kwargs):
    """Carry the call out and keep what it has made."""
    parent, before_key = RECORDINGS.get(TAPE.key), TAPE.key
    TAPE.key = None  # if it fails
    with aside(), apart():
        before = parent.rows if parent and parent.rows and not TAPE.signed_in else database.rows()
        known, waiting = named(args, kwargs), len(connection.run_on_commit)
        states = {name: packed(vars(one), known) for name, one in known.items()}
        result = act(*args, **kwargs)
        after = database.rows()
        gone, come = database.difference(before, after)
        changed = {name: vars(one) for name, one in known.items() if packed(vars(one), known) != states[name]}
        RECORDINGS[key] = Recording(
            sql=database.putting_back(gone, come),
            objects=packed((result, changed), known),
            waiting=[task for _, task, _ in connection.run_on_commit[waiting:]],
            files=database.files_of(come),
            rewrites_users=USERS in gone,
            rows=None if TAPE.signed_in else after,
        )
        TAPE.key = key if before_key is not None else None
    return result


def put_back(key, recording, known):
    """Give what the call gave, without carrying it out."""
    with transaction.atomic():
        with apart(), connection.cursor() as cursor:
            cursor.execute(recording.sql)
        TAPE.key = key
        for task in recording.waiting:
            transaction.on_commit(task)
    for name, content in recording.files.items():
        if not default_storage.exists(name):
            default_storage.put(name, io.BytesIO(content))
    result, changed = Unpacker(io.BytesIO(recording.objects), known).load()
    for name, state in changed.items():
        vars(known[name]).clear()
        vars(known[name]).update(state)
    return result


def named(args, kwargs):
    """The objects that a call is given, and those of a cast one level deeper, by name."""
    found = {}
    for name, value in [*enumerate(args), *kwargs.items()]:
        if isinstance(value, Cast):
            found[f"{name}"] = value
            inner = {**vars(value), **vars(value).get("people", {})}
            found |= {f"{name}.{key}": one for key, one in inner.items() if isinstance(one, Model)}
            found |= {f"{name}.expert{index}": one for index, one in enumerate(inner.get("experts", ()))}
        elif isinstance(value, Model):
            found[f"{name}"] = value
    return found


class Packer(pickle.Pickler):
    """Objects that the call was given are named, not copied."""

    def __init__(self, file, known):
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.names = {id(one): name for name, one in known.items()}

    def persistent_id(self, value):
        return self.names.get(id(value))


class Unpacker(pickle.Unpickler):
    """Names become the objects that this call was given."""

    def __init__(self, file, known):
        super().__init__(file)
        self.known = known

    def persistent_load(self, name):
        return self.known[name]


def packed(value, known):
    file = io.BytesIO()
    Packer(file, known).dump(value)
    return file.getvalue()


def moving_elsewhere():
    """Whether the clock runs, but not as it does outside; one that stands still is as good as a day."""
    return time_machine.escape_hatch.is_travelling() and time.time_ns() != time.time_ns()


def digest(key, name, args, kwargs):
    """The key of the test after this call; equal keys mean equal rows."""
    changed, layer = [], settings._wrapped
    while "default_settings" in vars(layer):
        changed += [(word, repr(value)) for word, value in vars(layer).items() if word.isupper()]
        layer = layer.default_settings
    seen = {}
    moment = timezone.now() if time_machine.escape_hatch.is_travelling() else timezone.localdate()
    said = repr((name, moment, changed, told(args, seen), told(kwargs, seen)))
    if " at 0x" in said:  # an object that tells no more than its address
        raise UnlikeAnythingError(name)
    return hashlib.blake2b(key + said.encode(), digest_size=16).digest()


def told(value, seen):
    """The value in words: equal words, equal values."""
    if isinstance(value, PLAIN):
        return value
    if id(value) in seen:
        return seen[id(value)]
    seen[id(value)] = f"#{len(seen)}"
    if isinstance(value, Model):
        return told_row(value, seen)
    if isinstance(value, Cast):
        return type(value).__name__, told(vars(value), seen)
    if isinstance(value, list | tuple):
        return [told(one, seen) for one in value]
    if isinstance(value, dict):
        return [(key, told(one, seen)) for key, one in value.items()]
    raise UnlikeAnythingError(value)


def told_row(row, seen):
    state, held = row._state, vars(row)
    if state.adding or held.get("_prefetched_objects_cache"):
        raise UnlikeAnythingError(row)
    values = [held.get(column.attname, "?") for column in row._meta.concrete_fields if column.name != "last_login"]
    beside = {name: told(one, seen) for name, one in state.fields_cache.items()}
    return row._meta.label, repr(values), beside
