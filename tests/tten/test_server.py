"""What the web server cannot read is answered in Chinese, by the very server that production starts."""

import os
import re
import socket
import sys
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import quote

import pytest
import yaml
from django.conf import settings
from gunicorn.config import Config

from tests.database import address
from tten import serving
from tten.local import run, valkey
from tten.local.processes import Daemon, tail, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]


@pytest.fixture
def port(tmp_path):
    """Of the server as `make run` starts it."""
    port = valkey.free_port()
    web = Daemon("web", tmp_path, {"cwd": settings.BASE_DIR, "env": environment()})
    program = run.program("web", port)
    web.start([sys.executable, "-m", "gunicorn", *program[1:]])
    try:
        assert wait_until(lambda: run.answers(port), 60), tail(web.log)
        yield port
    finally:
        web.stop()


def environment():
    return os.environ | {"DATABASE_URL": address(), "SECRET_KEY": settings.SECRET_KEY}


def asked(port, path="/", **headers):
    """(status, page) of a GET."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as line:
        line.request("GET", path, headers=headers)
        with line.getresponse() as answer:
            return answer.status, answer.read().decode()


def said(port, words):
    """What the server answers to these very bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(words)
        with line.makefile("rb") as answer:
            return answer.read().decode()


def test_what_cannot_be_read_is_refused_in_a_sentence(port):
    status, page = asked(port, f"/mall/?q={quote('检' * 800)}")
    assert (status, "没有找到" in page) == (200, True)
    status, page = asked(port, f"/mall/?q={quote('检' * 2000)}")
    assert (status, "把要找的文字缩短后再试" in page, "回首页" in page) == (414, True, True)
    status, page = asked(port, Cookie="a=" + "b" * 9000)
    assert (status, "请清除本网站的 Cookie" in page) == (431, True)
    for words in (b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nNo colon\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"):
        page = said(port, words)
        assert (page.startswith("HTTP/1.1 400 "), "不能处理这个请求" in page) == (True, True)


@pytest.mark.bare
def test_production_starts_the_same_server():
    words = re.findall(r'"([^"]+)"', (settings.BASE_DIR / "Dockerfile").read_text().partition("CMD [")[2])
    given = [str(word) for word in run.program("web", 1)]
    for name in ("tten.wsgi", "-c"):
        assert words[words.index(name) : words.index(name) + 2][-1] in given
    compose = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())
    assert "command" not in compose["services"]["web"]


@pytest.mark.bare
@pytest.mark.parametrize(
    ("quota", "count"), [("max 100000", 8), ("150000 100000", 2), ("50000 100000", 1), ("9900000 100000", 8)]
)
def test_a_container_counts_the_cores_that_it_is_given(tmp_path, monkeypatch, quota, count):
    monkeypatch.setattr(serving.os, "sched_getaffinity", lambda _pid: set(range(8)))
    (tmp_path / "cpu.max").write_text(quota)
    assert serving.cores(tmp_path / "cpu.max") == count
    assert serving.cores(tmp_path / "none") == 8


@pytest.mark.bare
def test_each_name_of_the_server_is_one_that_gunicorn_reads():
    given = {name for name, value in vars(serving).items() if name.islower() and name[0] != "_" and not callable(value)}
    assert given - Config().settings.keys() == {"os"}
    assert serving.workers >= 2
