"""PostgreSQL's servers, each asked on a line of its own: who writes, who follows, how far, and that one is to write from now on."""

from contextlib import closing
from dataclasses import dataclass
from typing import Any

import environ
from django.db import connection
from psycopg2 import OperationalError, connect

SECONDS = 5  # for which a server is waited for
PROMOTION_SECONDS = 600  # for which it may bring itself to the end of what it has received
STANDS = """
SELECT pg_is_in_recovery(), CASE WHEN pg_is_in_recovery()
       THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) ELSE pg_current_wal_lsn() END::text,
       (SELECT system_identifier FROM pg_control_system())::text, pg_postmaster_start_time()::text
"""
KEYS = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}


class NotTaken(Exception):
    """Nothing was taken over; the sentence says why."""


@dataclass(frozen=True)
class Standing:
    """What a server says of itself."""

    follows: bool  # it is a replica
    position: str  # up to which it has the log
    system: str
    began: str  # when it was started: with `system` what tells it from every other

    @property
    def bytes(self) -> int:
        """The position as a number."""
        high, low = self.position.split("/")
        return (int(high, 16) << 32) + int(low, 16)


def given(address: str) -> dict[str, Any]:
    """What psycopg2 is told of an address as DATABASE_URL has it."""
    return told_to_libpq(environ.Env.db_url_config(address))


def told_to_libpq(line: dict[str, Any]) -> dict[str, Any]:
    """The same of a line as the settings have it; time-outs of the portal are not meant for this."""
    options = {name: value for name, value in line.get("OPTIONS", {}).items() if name != "options"}
    found = {word: line[key] for key, word in KEYS.items() if line.get(key)}
    return found | options | {"connect_timeout": SECONDS}


def asked(words: dict[str, Any], question: str, params: tuple[Any, ...] = ()) -> tuple[Any, ...]:
    """The row that a server answers; psycopg2.Error where it does not."""
    with closing(connect(**words)) as line:
        line.autocommit = True
        with line.cursor() as cursor:
            cursor.execute(question, params)
            found: tuple[Any, ...] = cursor.fetchone()
            return found


def standing(words: dict[str, Any]) -> Standing:
    """What a server says of itself."""
    return Standing(*asked(words, STANDS))


def hold_that_nobody_writes(old: dict[str, Any], new: Standing) -> None:
    """NotTaken where the old primary still answers: two servers that write are worse than none."""
    try:
        found = standing(old)
    except OperationalError:
        return
    if not found.follows and (found.system, found.began) != (new.system, new.began):
        raise NotTaken("原来的主库还在应答：先停掉它，并确认它不会自己再启动，再运行一次。什么都没有改动。")


def hold_that_it_is_ahead(new: Standing, others: list[str]) -> None:
    """NotTaken where another replica has more of the log: with ANY 1 a commit may stand on that one alone."""
    for address in others:
        other = standing(given(address))
        if other.bytes > new.bytes:
            raise NotTaken(f"另一台从库的日志更完整（{other.position}，这一台 {new.position}）：请改为接管那一台。")


def promote(words: dict[str, Any]) -> None:
    """Let it write, once it has brought itself to the end of what it has received; NotTaken where it does not."""
    (done,) = asked(words, "SELECT pg_promote(true, %s)", (PROMOTION_SECONDS,))
    if not done:
        raise NotTaken(f"从库在 {PROMOTION_SECONDS} 秒内没有变成主库：请看它的日志。")


def speak_with(address: str) -> None:
    """From now on the default line of this process is one to that server, as its owner and without time-outs."""
    connection.close()
    line = environ.Env.db_url_config(address)
    connection.settings_dict.update({name: line[name] for name in KEYS})
    connection.settings_dict["OPTIONS"] = dict(line.get("OPTIONS", {}))
