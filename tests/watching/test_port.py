"""The port of the figures, asked of the very server that production starts: its word for the socket counts, no header."""

import os
import re
import sys
from contextlib import closing
from http.client import HTTPConnection

import pytest
from django.conf import settings

from tests.tten.test_outages import own_database
from tten.local import run, valkey
from tten.local.processes import Daemon, tail, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]


@pytest.fixture
def ports(tmp_path):
    """(public port, port of the figures) of a server with two processes."""
    public, own = valkey.free_port(), valkey.free_port()
    given = {"DATABASE_URL": own_database(), "SECRET_KEY": settings.SECRET_KEY, "METRICS_PORT": str(own)}
    web = Daemon("web", tmp_path, {"cwd": settings.BASE_DIR, "env": os.environ | given})
    words = run.program("web", public)[1:]
    web.start([sys.executable, "-m", "gunicorn", *words, "--bind", f"127.0.0.1:{own}"])
    try:
        assert wait_until(lambda: run.answers(public), 60), tail(web.log)
        yield public, own
    finally:
        web.stop()


def asked(port, path, **headers):
    """(status, page) of a GET."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as line:
        line.request("GET", path, headers=headers)
        with line.getresponse() as answer:
            return answer.status, answer.read().decode()


def counted(text):
    return int(re.search(r'tten_request_seconds_count\{status="2xx"\} (\d+)', text)[1])


def test_figures_come_by_their_port_alone_and_count_the_requests_of_all_processes(ports):
    public, own = ports
    forged = {"Host": f"127.0.0.1:{own}", "X-Forwarded-Port": str(own)}
    assert (asked(public, "/metrics", **forged)[0], asked(own, "/help/")[0], asked(own, "/readyz")[0]) == (
        404,
        404,
        200,
    )
    before = counted(asked(own, "/metrics")[1])
    assert {asked(public, "/help/")[0] for _ in range(20)} == {200}
    assert counted(asked(own, "/metrics")[1]) == before + 20
