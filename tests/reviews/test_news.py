"""What became of the messages about a case: the very address that takes none stands before whoever reviews it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications import delivery
from notifications.models import Delivery, Notice
from tests.accounts.guarding import sign_in
from tests.factories import World, drive_application

pytestmark = pytest.mark.django_db
LOST = "jia@nowhere.example"


@pytest.fixture
def world():
    return World()


@pytest.fixture
def told(world):
    """(the turn of the body, the message of 初审 to the applicant)."""
    application = drive_application(world.make_application(), "body", world)
    notice = Notice.objects.get(recipient=world.applicant, kind="application_body")
    assert (notice.case_type.model, notice.case_id) == ("application", application.pk)
    return application.latest_turn, notice


def failed(notice, **facts):
    said = {"address": LOST, "failed_at": timezone.now(), "problem": "550 没有这个邮箱"} | facts
    return Delivery.objects.create(notice=notice, **said)


def page(world, turn, name="turn_detail"):
    return sign_in(world.body).get(reverse(name, args=[turn.pk])).content.decode()


def test_the_reviewer_reads_which_address_takes_no_messages(world, told):
    turn, notice = told
    assert "未送达" not in page(world, turn)
    failed(notice)
    assert f"未送达：{LOST} 收不到消息" in page(world, turn)
    assert "550 没有这个邮箱" in page(world, turn, "turn_news")


@pytest.mark.parametrize("other", [{"sent_at": timezone.now()}, {}])
def test_what_another_way_has_taken_or_still_carries_is_not_called_lost(world, told, other):
    turn, notice = told
    failed(notice)
    failed(notice, channel="sms", address="13800000000", failed_at=None, problem="", **other)
    assert "未送达：" not in page(world, turn)
    assert (">未送达<" in page(world, turn, "turn_news")) is False


def test_when_both_ways_fail_the_last_is_named(world, told):
    turn, notice = told
    failed(notice)
    failed(notice, channel="sms", address="13800000000")
    read = page(world, turn)
    assert ("未送达：13800000000 收不到消息" in read, LOST in read) == (True, False)


def test_who_opened_it_in_the_portal_has_it(world, told):
    turn, notice = told
    failed(notice)
    Notice.objects.filter(pk=notice.pk).update(read_at=timezone.now())
    assert "未送达：" not in page(world, turn)
    notice.refresh_from_db()
    assert notice.delivered_at == notice.read_at


def test_each_way_of_each_message_to_the_firm_is_listed_and_no_other(world, told):
    turn, notice = told
    Delivery.objects.create(notice=notice, address=LOST, sent_at=timezone.now())
    read = page(world, turn, "turn_news")
    assert ("已送达" in read, LOST in read, str(world.district) in read) == (True, False, False)
    assert notice.delivered_at == notice.deliveries.get().sent_at


def test_undeliverable_goes_to_the_next_way_by_itself_and_to_none_twice(world, told):
    _turn, notice = told
    world.applicant.phone, world.applicant.phone_verified_at = "13800000001", timezone.now()
    world.applicant.save()
    mail = failed(notice, failed_at=None, problem="")
    delivery.give_up(mail, "550")
    delivery.give_up(mail, "550")
    assert list(notice.deliveries.order_by("pk").values_list("channel", "address")) == [
        ("mail", LOST),
        ("sms", "13800000001"),
    ]
    delivery.give_up(notice.deliveries.get(channel="sms"), "no")
    assert notice.deliveries.waiting().count() == 0


def test_who_has_left_gets_nothing_more(world, told):
    _turn, notice = told
    type(world.applicant).objects.filter(pk=world.applicant.pk).update(is_active=False)
    mail = failed(notice, failed_at=None, problem="")
    delivery.give_up(Delivery.objects.get(pk=mail.pk), "550")
    assert notice.deliveries.count() == 1
