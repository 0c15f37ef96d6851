"""Errors by the protocol of Sentry: to a stub, from a process of its own; nothing without an address, nothing of a person."""

import gzip
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli
import pytest
from django.conf import settings

from tests.tten.test_outages import own_database

pytestmark = [pytest.mark.heavy, pytest.mark.django_db]
PLANTED = ("13800000001", "geheim", "12010119900101123X", "jia@example.com")
CODE = """
import django; django.setup()
from django.test import Client
import tten.urls, tten.views, logging
def broken(request):
    secret, phone = "geheim", "13800000001"
    raise ValueError("phone 13800000001 of jia@example.com")
broken.login_required = False
from django.urls import path
tten.urls.urlpatterns.append(path("broken/", broken, name="broken"))
client = Client(raise_request_exception=False)
answer = client.post("/broken/?id=12010119900101123X", {"password": "geheim"}, headers={"cookie": "sessionid=geheim"})
print(answer.status_code, answer["X-Request-ID"])
import sentry_sdk; sentry_sdk.flush(10)
"""


class Stub(BaseHTTPRequestHandler):
    """Takes what is sent."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress}.get(self.headers.get("Content-Encoding"), bytes)
        self.server.taken.append(unpack(body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_given):
        """Say nothing."""


@pytest.fixture
def stub():
    server = HTTPServer(("127.0.0.1", 0), Stub)
    server.taken = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def broken(**given):
    """(status, number of the request) of a page that fails in a process of its own."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tten.settings", "DATABASE_URL": own_database()} | given
    words = [sys.executable, "-c", CODE]
    return subprocess.check_output(words, env=environment, cwd=settings.BASE_DIR, text=True).split()


def test_an_error_is_sent_with_its_place_and_number_and_nothing_of_a_person(stub):
    status, number = broken(SENTRY_DSN=f"http://key@127.0.0.1:{stub.server_port}/7")
    (taken,) = [body for body in stub.taken if b'"exception"' in body]
    event = json.loads(taken.splitlines()[-1])
    (error,) = event["exception"]["values"]
    assert (status, error["type"], error["value"]) == ("500", "ValueError", "phone … of …@…")
    assert error["stacktrace"]["frames"][-1]["function"] == "broken"
    assert event["tags"]["request"] == number
    assert [word for word in PLANTED if any(word.encode() in body for body in stub.taken)] == []


def test_without_an_address_nothing_is_sent(stub):
    assert (broken()[0], stub.taken) == ("500", [])
