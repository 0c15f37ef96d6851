"""The servers of the two commands: they come up, are reused, survive a kill -9, keep their data."""

import contextlib
import os
import signal
import socket
from urllib.parse import urlsplit

import psycopg2
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tten.local import paths, postgres, processes, services, valkey
from tten.local.say import LocalError

KIND = "probe"
pytestmark = [pytest.mark.heavy, pytest.mark.xdist_group("servers")]


@contextlib.contextmanager
def checkout_at(folder):
    """A checkout of its own, with no servers named in the environment and none left at the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        patch.delenv("REDIS_URL", raising=False)
        patch.setattr(paths, "ROOT", folder)
        patch.setattr(paths, "VAR", folder / "var")
        yield folder
        services.forget(KIND)


@pytest.fixture
def checkout(tmp_path):
    with checkout_at(tmp_path):
        yield tmp_path


@pytest.fixture(scope="module")
def living(tmp_path_factory):
    """Addresses of servers that only get asked."""
    with checkout_at(tmp_path_factory.mktemp("living")):
        yield services.start(KIND, durable=True)


def ask(url, statement):
    folder = urlsplit(url).query.removeprefix("host=")
    connection = psycopg2.connect(host=folder, user="postgres", dbname="tten")
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute(statement)
    rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


def kill(name):
    process = processes.Daemon(name, paths.home_of(KIND))
    pid = process.pid()
    os.kill(pid, signal.SIGKILL)
    assert processes.wait_until(lambda: process.pid() is None, 5)


def test_servers_that_live_are_used_again(living):
    pid = processes.Daemon("postgres", paths.home_of(KIND)).pid()
    assert services.start(KIND, durable=True) == living
    assert processes.Daemon("postgres", paths.home_of(KIND)).pid() == pid


def test_data_outlives_a_kill_and_a_stop(checkout):
    urls = services.start(KIND, durable=True)
    ask(urls["DATABASE_URL"], "create table kept as select '检测' as word")
    with redis.Redis.from_url(urls["REDIS_URL"]) as queue:
        queue.set("kept", "yes")
        queue.execute_command("WAITAOF", 1, 0, 2000)
    kill("postgres")
    kill("valkey")
    assert services.start(KIND, durable=True) == urls
    services.stop(KIND)
    assert services.start(KIND, durable=True) == urls
    assert ask(urls["DATABASE_URL"], "select word from kept") == [("检测",)]
    with redis.Redis.from_url(urls["REDIS_URL"]) as queue:
        assert queue.get("kept") == b"yes"


def test_chinese_is_text_to_the_database(living):
    assert ask(living["DATABASE_URL"], "select to_tsvector('simple', '材料 检测')::text") == [("'材料':1 '检测':2",)]


def test_a_port_that_was_taken_meanwhile_is_left_to_its_owner(checkout):
    urls = services.start(KIND, durable=False)
    port = urlsplit(urls["REDIS_URL"]).port
    services.stop(KIND)
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", port))
        owner.listen()
        assert urlsplit(services.start(KIND, durable=False)["REDIS_URL"]).port != port


def test_the_queue_opens_to_its_password_only(living):
    port = urlsplit(living["REDIS_URL"]).port
    with redis.Redis(port=port, retry=Retry(NoBackoff(), 0)) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()


def test_servers_named_in_the_environment_are_taken_and_nothing_starts(checkout):
    named = {"DATABASE_URL": "postgres://db.example/tten", "REDIS_URL": "redis://cache.example/0"}
    with pytest.MonkeyPatch.context() as patch:  # within the checkout's own, so that both are undone in their order
        for name, url in named.items():
            patch.setenv(name, url)
        assert services.start(KIND, durable=True) == named
    assert list(checkout.iterdir()) == []


def test_forgotten_servers_leave_nothing(checkout):
    services.start(KIND, durable=False)
    services.forget(KIND)
    assert [home for home in paths.homes_of(KIND) if home.exists()] == []


def test_a_long_path_moves_the_socket_to_a_short_one(checkout, monkeypatch):
    monkeypatch.setattr(paths, "VAR", checkout / ("x" * 100))
    home = paths.home_of(KIND)
    assert home.is_relative_to(paths.FALLBACK)
    assert len(bytes(paths.socket_folder(home) / paths.SOCKET_NAME)) < paths.SOCKET_LIMIT


@pytest.mark.parametrize(("module", "finder"), [(postgres, "programs"), (valkey, "_program")])
def test_what_is_missing_is_named_with_the_line_to_type(module, finder, monkeypatch, tmp_path):
    monkeypatch.setattr(module, "VENV", tmp_path)
    monkeypatch.setattr(module, "Path", lambda _: tmp_path, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LocalError, match="apt-get install"):
        getattr(module, finder)()
