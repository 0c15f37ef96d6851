"""PostgreSQL and Valkey for `make run` ("run"), the tests ("test"), the pictures ("screens"), the benches ("bench"), each apart.

DATABASE_URL and REDIS_URL name real ones: where they are set, nothing is started. POOL=1 puts PgBouncer before the database
of the tests (ADR 0222).
"""

import contextlib
import os
import shutil

from tten.local import pooler, postgres, valkey
from tten.local.paths import home_of, homes_of
from tten.local.processes import locked


def start(kind: str, *, durable: bool) -> dict[str, str]:
    """Bring up what is not given, reuse what lives, and return DATABASE_URL and REDIS_URL, and what is to be set beside them.

    Raises LocalError with what to type where no server can be had.
    """
    given = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
    if given.keys() >= {"DATABASE_URL", "REDIS_URL"}:
        return given
    home = home_of(kind)
    with locked(home):
        if "DATABASE_URL" not in given:
            given["DATABASE_URL"] = postgres.start(home, durable=durable)
            if kind == "test" and os.environ.get("POOL") == "1":
                given |= pooler.before(home, given["DATABASE_URL"])
        if "REDIS_URL" not in given:
            given["REDIS_URL"] = valkey.start(home, durable=durable)
    return given


def stop(kind: str) -> None:
    """Stop the servers of this kind that we started, and only those."""
    for home in homes_of(kind):
        if home.exists():
            pooler.stop(home)
            postgres.stop(home)
            valkey.stop(home)


def stop_all() -> None:
    """Stop whatever servers a killed command has left."""
    for kind in ("run", "test", "screens", "bench"):
        stop(kind)


def forget(kind: str) -> None:
    """Stop the servers of this kind and delete all their data."""
    stop(kind)
    for home in homes_of(kind):
        shutil.rmtree(home, ignore_errors=True)
        with contextlib.suppress(OSError):  # not there, or the other kind still lives in it
            home.parent.rmdir()
