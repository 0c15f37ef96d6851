"""运行情况: who reads it, and what it says of what is wrong; and what a person reads who writes by a wrong clock."""

import datetime as dt

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from redis.exceptions import ConnectionError as BrokerAway

from notifications.models import Delivery, Notice
from seals.models import Audit
from seals.tasks import seal_all
from tests.factories import World, drive_application
from tten.watching import errors, grounds, pages, room
from tten.watching.broker import QUEUES, WORDS, Head
from tten.watching.clocks import Compared
from tten.watching.middleware import WRONG_CLOCK
from tten.watching.parts import PARTS

pytestmark = pytest.mark.django_db
PAGE = "/desk/watching/"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def world():
    return World()


def page_of(client, user):
    client.force_login(user)
    return client.get(PAGE).content.decode()


def test_who_reads_the_page(client, world):
    found = set()
    for name, user in world.people.items():
        client.force_login(user)
        found |= {name} if user.is_active and client.get(PAGE).status_code == 200 else set()
    assert found == {"auditor", "administrator", "municipal"}


def test_where_all_is_well_the_page_says_so(client, world):
    page = page_of(client, world.administrator)
    assert ("没有发现需要处理的问题" in page, "从何时起" in page) == (True, False)
    assert [part.title for part in PARTS if part.title not in page] == []


def test_what_is_wrong_stands_with_its_since_and_what_to_do(client, world):
    row = Audit.objects.create(findings=["第 3 条不符"])
    page = page_of(client, world.administrator)
    remedy = next(part.remedy for part in PARTS if part.name == "audit")
    since = f"{timezone.localtime(row.ended_at):%H:%M}"
    assert [words for words in ("最近一次核对发现 1 处不符", remedy, since) if words not in page] == []
    assert "没有发现需要处理的问题" not in page


def test_a_queue_that_is_late_is_marked(client, world, monkeypatch):
    slow = [Head(queue, 3, 660.0 if queue == "texts" else 0.0) for queue in QUEUES]
    monkeypatch.setattr("tten.watching.pages.heads", lambda: slow)
    assert "<strong>11 分钟</strong>（太久）" in page_of(client, world.administrator)


def test_without_the_broker_the_page_stands(client, world, monkeypatch):
    def away():
        raise BrokerAway

    for place in ("pages", "works", "grounds"):
        monkeypatch.setattr(f"tten.watching.{place}.heads", away)
    page = page_of(client, world.administrator)
    assert ("看不到排队的任务" in page, "不能使用（ConnectionError）" in page) == (True, True)


def test_every_queue_and_place_has_its_words():
    assert (set(WORDS), set(pages.PLACES)) == (set(QUEUES), {"media", "var"})
    assert set(grounds.free_bytes()) <= set(pages.PLACES)


def test_the_share_of_failed_messages_is_never_rounded_to_none(world):
    drive_application(world.make_application(), "district", world)
    notice = Notice.objects.latest("pk")
    Delivery.objects.all().delete()
    for channel, ended in (("mail", "failed_at"), ("sms", "sent_at")):
        Delivery.objects.create(notice=notice, channel=channel, address="x", **{ended: timezone.now()})
    told = {row.channel: (row.sent, row.waiting, row.failed, row.failed_per_cent) for row in pages.channels()}
    assert told == {"邮件": (0, 0, 1, 100), "短信": (1, 0, 0, 0), "微信": (0, 0, 0, 0)}
    assert pages.Sent("邮件", 999, 0, 1).failed_per_cent == 1


@pytest.mark.bare
@pytest.mark.parametrize(
    ("before", "days"),
    [({}, None), ({2: 1000}, None), ({10: 300}, 20), ({10: 200}, None), ({10: 100}, None), ({3: 260, 30: 500}, 20)],
)
def test_for_how_long_the_disk_lasts_is_drawn_on_from_the_oldest_day_known(before, days):
    known = {ago: {"media": free} for ago, free in before.items()}
    assert room.left(200, "media", known) == days


def test_what_is_free_is_remembered_each_day(time_machine, monkeypatch):
    now = timezone.now()
    for day, free in ((0, 100), (4, 60)):
        time_machine.move_to(now + dt.timedelta(days=day))
        monkeypatch.setattr(room, "free_bytes", lambda free=free: {"media": free})
        room.remember()
    assert room.days_left() == {"media": 6}
    cache.clear()
    assert room.days_left() == {"media": None}


@pytest.mark.parametrize(
    ("watch", "installed", "words"),
    [
        ({"sentry_dsn": "http://a@127.0.0.1/1"}, True, {"已开启", "没有开放"}),
        ({}, True, {"已安装，没有设置发送地址", "没有开放"}),
        ({"sentry_dsn": "http://a@127.0.0.1/1"}, False, {"没有安装", "没有开放"}),
        ({"metrics_port": 9100, "metrics_token": "x"}, False, {"没有安装", "可以用端口 9100或令牌读取"}),
    ],
)
def test_the_page_says_which_parts_are_there(monkeypatch, watch, installed, words):
    for name, value in watch.items():
        monkeypatch.setitem(settings.WATCH, name, value)
    monkeypatch.setattr(errors, "find_spec", lambda _name: installed or None)
    stamps = {"已安装，没有设置服务地址"}  # tests/seals/test_stamps.py has its other words
    assert {how for _, how in pages.options()} == words | stamps | {"没有设置，只有进程输出"}


def test_by_a_wrong_clock_nothing_is_written_and_what_was_typed_stands_there(client, world, monkeypatch, time_machine):
    client.force_login(world.applicant)
    monkeypatch.setitem(settings.WATCH, "clock_seconds", 60)
    url, typed = reverse("profile_edit"), {"name": "只打了一半的新名字"}
    time_machine.move_to(timezone.now() + HOUR)
    refused = client.post(url, typed)
    world.applicant.refresh_from_db()
    told = refused.content.decode()
    assert (refused.status_code, WRONG_CLOCK in told, typed["name"] in told) == (503, True, True)
    assert world.applicant.name != typed["name"]
    assert Client().get("/help/").status_code == 200
    time_machine.move_to(timezone.now() - HOUR)
    assert client.post(url, typed).status_code != 503


def test_a_clock_that_jumps_is_seen_without_a_question(client, monkeypatch, time_machine, django_assert_num_queries):
    monkeypatch.setitem(settings.WATCH, "clock_seconds", 60)
    assert client.post("/account/login/").status_code == 200
    with django_assert_num_queries(0):
        time_machine.move_to(timezone.now() - HOUR)
        assert client.post("/account/login/").status_code == 503
    assert Compared.ahead == pytest.approx(0, abs=5)


def test_by_a_wrong_clock_no_task_runs(monkeypatch, time_machine):
    monkeypatch.setitem(settings.WATCH, "clock_seconds", 60)
    seen = []
    monkeypatch.setattr(seal_all, "run", lambda: seen.append(1))
    time_machine.move_to(timezone.now() + HOUR)
    assert (seal_all.apply().state, seen) == ("IGNORED", [])
