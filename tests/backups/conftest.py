"""A cluster of the test's own, which may be killed; its papers, its backups, its key, in folders that go again."""

import shutil
import tempfile
from pathlib import Path

import psycopg2
import pytest

from backups import cipher
from backups.places import Places
from tten.local import postgres

TABLE = "CREATE TABLE line (id bigserial PRIMARY KEY, at timestamptz DEFAULT clock_timestamp(), words text)"


class Portal:
    """A small one: a table, papers, and where it is backed up."""

    def __init__(self, top):
        self.top, self.home = top, top / "home"
        self.home.mkdir(mode=0o755)
        self.url = postgres.start(self.home, durable=False)
        self.places = Places(
            folder=top / "backups",
            key_file=top / "key",
            incoming=top / "incoming",
            media=top / "media",
            apart=(top / "media" / "seals",),
            database_url=self.url,
            programs=str(postgres.programs()),
        )
        self.places.media.mkdir()
        cipher.make_key(self.places.key_file)
        self.tell(TABLE)

    def tell(self, statement, url=None, *params):
        """Carry a statement out, and commit it; return what it gives."""
        line = psycopg2.connect(url or self.url)
        line.autocommit = True
        try:
            with line.cursor() as cursor:
                cursor.execute(statement, params)
                return cursor.fetchall() if cursor.description else []
        finally:
            line.close()

    def write(self, words):
        return self.tell("INSERT INTO line (words) VALUES (%s) RETURNING id", None, words)[0][0]

    def words(self, url):
        return [words for (words,) in self.tell("SELECT words FROM line ORDER BY id", url)]

    def paper(self, path, content=b"paper"):
        place = self.places.media / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)

    def kill(self):
        """The machine is lost: server and data."""
        postgres._daemon(self.home).stop(9)
        shutil.rmtree(self.home, ignore_errors=True)

    def stop(self):
        postgres.stop(self.home)

    def end(self):
        self.stop()
        shutil.rmtree(self.top, ignore_errors=True)


@pytest.fixture
def portal():
    top = Path(tempfile.mkdtemp(prefix="tten-backup-"))
    top.chmod(0o711)  # PostgreSQL, which does not run as root, must be able to pass
    found = Portal(top)
    yield found
    found.end()
