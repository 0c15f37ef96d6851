"""Two releases of the portal on one database: the tree of the one before, and this one, each with web servers and workers."""

import contextlib
import json
import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import portal
from benchmarks.client import Client, Person
from benchmarks.copies import copy_of, within
from benchmarks.forms import form_of
from tests.recipes.test_recipes import git
from tten.local import postgres, run
from tten.local.paths import ROOT
from tten.local.processes import Daemon, tail, wait_until
from tten.local.valkey import free_port

BEFORE = "a558c0e3"  # the release that is in use: `make upgrade FROM=REV` names another one
KIND = "bench"
PATIENCE = 90  # seconds for a server or a worker on a machine that has other work
REST = 2  # seconds that a decision rests in these tests
SET_UP = f"""
from django.db import connection, transaction
from policy.models import PolicyVersion
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("SET LOCAL session_replication_role = replica")
    PolicyVersion._base_manager.update(rest_seconds={REST})
"""


def older():
    """The commit to begin with; this one where the clone has no history, which still shows a change of processes."""
    asked = os.environ.get("FROM") or BEFORE
    return "HEAD" if git("cat-file", "-e", f"{asked}^{{commit}}").returncode else asked


@dataclass
class Releases:
    """What is up: name of a process → itself; two web servers know the same people by the same cookies."""

    old: Path
    home: Path
    environment: dict
    processes: dict = field(default_factory=dict)
    ports: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    clients: dict = field(default_factory=dict)

    def tree(self, release):
        return {"old": self.old, "new": ROOT}[release]

    def start(self, release, name):
        """Start a part of a release."""
        tree, port = self.tree(release), free_port()
        key = f"{release}-{name}"
        daemon = Daemon(key, self.home, {"cwd": tree, "env": postgres.by_application(self.environment)})
        command = [*run.program(name, port)]
        if name != "web":  # two workers of a name at one broker do not tell each other apart
            command[command.index("-n") + 1] = f"{key}@%h"
        daemon.start(command)
        self.processes[key] = daemon
        if name == "web":
            self.ports[release] = port
            self.clients[release] = Client(port, self.home / "media")
            self.clients[release].people = self.people
            assert wait_until(lambda: run.answers(port) or daemon.pid() is None, PATIENCE), tail(daemon.log)
        else:
            ready = f"{key}@".encode()
            assert wait_until(
                lambda: ready in daemon.log.read_bytes() and b"ready" in daemon.log.read_bytes(), PATIENCE
            )

    def stop(self, release, name):
        """End it as a host does, with a request to leave; what it had begun it carries through."""
        daemon = self.processes.pop(f"{release}-{name}")
        daemon.stop(patience=PATIENCE)
        assert daemon.pid() is None

    def leave(self):
        """End all that is up."""
        for client in self.clients.values():
            client.line.close()
        for daemon in self.processes.values():
            daemon.stop()

    def manage(self, release, *words):
        """A command of the portal, in the tree of that release, as the owner of the tables."""
        return portal.carry_out(
            self.tree(release), self.environment | {"DATABASE_ROLE": "migrate"}, "manage.py", *words
        )

    def asked(self, words, release="new"):
        """What a line of Python with the models prints, as JSON."""
        return json.loads(self.manage(release, "shell", "-v0", "-c", f"import json\n{words}").splitlines()[-1])

    def person(self, release, name):
        client = self.clients[release]
        return client, client.person({"role": name})

    def get(self, release, name, address):
        client, person = self.person(release, name)
        answer = client.ask("GET", address, person)
        assert answer.status == 200, (release, address, answer.where)
        return answer.body.decode()

    def send(self, release, name, address, shown_at="", **fields):
        """Fill the form in that the other release may have shown, send it to this one, and say where that leads."""
        client, person = self.person(release, name)
        held = form_of(self.get(release, name, shown_at), shown_at, address).fields if shown_at else []
        answer = client.send(address, person, [pair for pair in held if pair[0] not in fields] + [*fields.items()])
        assert answer.status == 302, (release, address, answer.where, answer.body.decode()[-3000:])
        return answer.location


@contextlib.contextmanager
def brought_up():
    """The older release with its demo; whatever happens, all of it ends."""
    with copy_of(older()) as old:
        home = Path(within(old, f"print(paths.home_of('{KIND}'))"))
        environment = portal.environment_of(old, KIND, home)
        releases = Releases(old, home, environment)
        try:
            portal.fill(old, home, environment, "pages")
            environment |= {
                "DJANGO_SETTINGS_MODULE": "tten.settings",
                "STATIC_FROM_SOURCE": "1",
                "APPLICATION_ROLE": postgres.APPLICATION,
                "SEAL_FOLDER": str(home / "seals"),
            }
            releases.manage("old", "roles")
            releases.manage("old", "seal", "--new-key")
            releases.manage("old", "shell", "-v0", "-c", SET_UP)
            yield releases
        finally:
            releases.leave()
            within(old, f"services.forget('{KIND}')")


class Visitor:
    """Somebody who reads the mall all the while, and notes what he was answered."""

    def __init__(self, releases, release):
        self.client, self.statuses, self.leaves = Client(releases.ports[release], releases.home), [], threading.Event()
        self.thread = threading.Thread(target=self.read)

    def read(self):
        stranger = Person("")
        while not self.leaves.is_set():
            self.statuses.append(self.client.ask("GET", "/mall/", stranger).status)
            time.sleep(0.1)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.leaves.set()
        self.thread.join()
        self.client.line.close()
