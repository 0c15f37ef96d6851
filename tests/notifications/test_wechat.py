"""Notices by 微信: what the service says decides whether it is tried again, given up, or nobody knows."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from notifications import delivery, wechat
from notifications.models import Delivery, MessageSettings, Notice
from notifications.ways import ways_of
from tests.factories import make_user
from tests.helpers import afresh
from tten.local.valkey import free_port

pytestmark = pytest.mark.django_db


class Service(BaseHTTPRequestHandler):
    """As much of api.weixin.qq.com as a template message needs."""

    def do_GET(self):
        self.give(self.server.tokens.pop(0) if self.server.tokens else {"access_token": "t", "expires_in": 7200})

    def do_POST(self):
        self.server.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.give(self.server.answers.pop(0) if self.server.answers else {"errcode": 0, "msgid": 1})

    def give(self, said):
        data = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args):
        pass


@pytest.fixture
def service(settings, monkeypatch):
    monkeypatch.setattr(wechat.Token, "until", 0.0)
    monkeypatch.setattr(delivery.Rest, "until", {})
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        server.heard, server.answers, server.tokens = [], [], []
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        own = {"address": f"http://127.0.0.1:{server.server_port}", "template": "T1", "fields": "thing1,time2"}
        settings.NOTICES = settings.NOTICES | {"wechat": settings.NOTICES["wechat"] | own}
        yield server
        server.shutdown()


def message(subject="复审通过"):
    notice = Notice.objects.create(recipient=make_user(), kind="probe", subject=subject, body="正文", url="/a/")
    return Delivery.objects.create(notice=notice, channel="wechat", address="o-1")


def sent(row):
    delivery.sweep("wechat")
    return afresh(row)


def test_a_message_has_the_fields_of_the_template(service, settings):
    row = sent(message("很长的标题" * 10))
    assert row.sent_at is not None
    (said,) = service.heard
    assert (said["touser"], said["template_id"], said["client_msg_id"]) == ("o-1", "T1", f"notice-{row.notice_id}")
    assert (said["url"], len(said["data"]["thing1"]["value"])) == (f"{settings.SITE_URL}/a/", 20)
    assert said["data"]["time2"]["value"] == f"{timezone.localtime(row.notice.at):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("answer", "is_over", "is_begun"),
    [
        ({"errcode": 40003, "errmsg": "invalid openid"}, True, False),
        ({"errcode": -1}, False, False),
        ({"errcode": 42001}, False, False),
        (b"<html>", True, True),
        ([], True, True),
    ],
)
def test_what_the_service_says_decides(service, answer, is_over, is_begun):
    service.answers = [answer]
    row = sent(message())
    assert (row.sent_at, row.failed_at is not None) == (None, is_over)
    assert ("不明" in row.problem) is is_begun


def test_a_token_that_is_no_longer_good_is_asked_for_again(service):
    service.answers = [{"errcode": 42001}]
    row = sent(message())
    Delivery.objects.update(due_at=timezone.now())
    service.tokens = [{"access_token": "t2", "expires_in": 7200}]
    assert (sent(row).sent_at is not None, service.tokens) == (True, [])


def test_without_a_token_nothing_is_tried_and_the_others_keep_their_tries(service):
    service.tokens = [{"errcode": 40125}]
    rows = [message(), message()]
    delivery.sweep("wechat")
    assert [afresh(row).tries for row in rows] == [1, 0]


def test_a_service_that_is_not_there_is_away(service, settings):
    sent(message())
    away = settings.NOTICES["wechat"] | {"address": f"http://127.0.0.1:{free_port()}"}
    settings.NOTICES = settings.NOTICES | {"wechat": away}
    row = sent(message())
    assert (row.sent_at, row.failed_at is not None) == (None, True)


def test_it_is_a_way_only_where_there_is_a_template_and_a_bound_number(service, settings):
    person = make_user()
    notice = Notice.objects.create(recipient=person, kind="probe", subject="a", body="b")
    assert list(ways_of(notice, MessageSettings())) == []
    SocialAccount.objects.create(user=person, provider="weixin", uid="o-2")
    assert list(ways_of(notice, MessageSettings())) == [("wechat", "o-2")]
    settings.NOTICES = settings.NOTICES | {"wechat": settings.NOTICES["wechat"] | {"template": ""}}
    assert list(ways_of(notice, MessageSettings())) == []
