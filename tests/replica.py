"""A replica of the tests' own server: a copy that follows it by its log, and may be held back, stopped and started."""

import shutil
import signal
import time
from contextlib import contextmanager
from urllib.parse import parse_qs, quote, urlsplit

import psycopg2
from django.conf import settings
from django.db import connection, connections

from tests import database
from tests.environment import WORKER
from tten.local import postgres
from tten.local.paths import home_of, socket_folder
from tten.local.processes import Daemon
from tten.outside import line_beside
from ui.following import REPLICA, STANDING
from ui.reading import at

PATIENCE = 20  # seconds
OVERFLOWN = 1200  # seconds for which savepoints of others may keep it from answering
WITH_A_REPLICA = 1500  # seconds for one test that begins with such a wait


class Replica:
    """Follows the server of the tests, in a folder of its own."""

    def __init__(self, kind="replica"):
        self.kind, self.home = kind, home_of(f"{kind}{WORKER}")
        self.folder, self.daemon = socket_folder(self.home), Daemon("postgres", self.home, postgres.identity())
        self.programs = postgres._usable_binaries(self.home)

    def copy(self, address):
        """Begin as the server at this address stands, and follow it from now on."""
        shutil.rmtree(self.folder, ignore_errors=True)
        postgres.make_folder(self.folder)
        host = parse_qs(urlsplit(address).query)["host"][0]
        source = f"host={host} user={postgres.OWNER} application_name={self.kind}"
        words = ["-D", self.folder / "data", "-d", source, "-c", "fast", "-R", "--no-sync"]
        postgres._ask(self.programs / "pg_basebackup", *words)
        self.start()

    def start(self):
        """Start it, and wait until it answers.

        It does not while a transaction of more than 64 savepoints is open on its primary (PostgreSQL: “Recovery snapshot is
        not yet ready”), as another process of the tests may have one for minutes (tests/attack).
        """
        command = postgres._command(self.programs, self.folder, durable=False)
        self.daemon.bring_up(lambda: self.daemon.start(command), self.answers, patience=OVERFLOWN)

    def answers(self):
        return postgres._answers(self.programs, self.folder) or time.sleep(0.5)

    def address(self, like=""):
        """Of the same database as this process has, as the portal; or as another address has it."""
        found = urlsplit(like or database.address())
        return found._replace(query=f"host={quote(str(self.folder))}").geturl()

    def ask(self, statement, *given):
        """What whoever owns the server is answered."""
        line = psycopg2.connect(host=str(self.folder), user=postgres.OWNER, dbname=connection.settings_dict["NAME"])
        line.autocommit = True  # ALTER SYSTEM stands in no transaction
        with line.cursor() as cursor:
            cursor.execute(statement, given)
            found = cursor.fetchall() if cursor.description else []
        line.close()
        return found

    def has_all_of(self, position):
        """Whether it has received the log up to there."""
        return self.ask("SELECT pg_last_wal_receive_lsn() >= %s::pg_lsn", position) == [(True,)]

    def hold_back(self, seconds):
        """Commits are shown so long after they were made."""
        self.ask("ALTER SYSTEM SET recovery_min_apply_delay = %s", f"{seconds}s")
        self.ask("SELECT pg_reload_conf()")

    def kill(self):
        self.daemon.stop(signal.SIGKILL)

    def end(self):
        self.daemon.stop(signal.SIGINT)
        shutil.rmtree(self.home, ignore_errors=True)


@contextmanager
def as_replica(replica):
    """The portal of this process has it as its replica."""
    found = line_beside(connection.settings_dict, replica.address())[REPLICA]
    settings.DATABASES[REPLICA] = found | {"TEST": found["TEST"] | {"MIRROR": "default"}}  # nothing of it is put back
    STANDING.forget()
    try:
        yield
    finally:
        connections[REPLICA].close()
        del connections[REPLICA], settings.DATABASES[REPLICA]
        STANDING.forget()


def follow(patience=PATIENCE):
    """Look until the portal takes the replica in and it has all that is committed; whether that comes."""
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        with at(REPLICA):
            if STANDING.serves() and STANDING.catches_up():
                return True
        time.sleep(0.1)
    return False
