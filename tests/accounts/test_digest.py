"""The digest of the morning: one mail in place of many, once a day, with what there is to do; nothing to tell is no mail."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.messages.morning import Morning
from accounts.messages.services import MOST, digest_round, send_digests
from accounts.messages.tasks import send_daily_digests
from accounts.models import User
from notifications.models import Delivery, MessageSettings, Notice
from notifications.services import keep_wishes, send_out
from policy.calendar import SHANGHAI
from reviews.models import Turn
from reviews.questions.services import ask
from reviews.watch.tasks import watch_offices
from tests.factories import World, drive_application, make_user
from tests.reviews.asking import WHY
from tests.reviews.desk import open_turn

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, SATURDAY = dt.date(2026, 3, 2), dt.date(2026, 3, 3), dt.date(2026, 3, 7)


def at(day, hour=8, minute=50):
    return time_machine.travel(dt.datetime.combine(day, dt.time(hour, minute), SHANGHAI), tick=False)


@pytest.fixture
def world():
    with at(MONDAY, 10):
        world = World()
        User.objects.filter(pk=world.district.pk).update(email="qu@example.com", email_verified_at=timezone.now())
        world.district.refresh_from_db()
        Notice.objects.update(read_at=timezone.now())  # what the making of a world tells
    return world


@pytest.fixture
def arrived(world):
    with at(MONDAY, 11):
        return drive_application(world.make_application(), "district", world)


def digests(person=None):
    rows = Notice.objects.filter(kind="daily_digest").order_by("pk")
    return list(rows.filter(recipient=person) if person else rows)


def morning(day, hour=8):
    with at(day, hour):
        send_daily_digests()


def test_what_has_arrived_and_is_due_stands_in_one_mail(world, arrived):
    assert Delivery.objects.filter(notice__recipient=world.district).count() == 0
    with at(TUESDAY):
        Turn.objects.filter(pk=arrived.latest_turn.pk).update(due_on=TUESDAY)
    morning(TUESDAY)
    (told,) = digests(world.district)
    assert told.subject == "今日待办汇总：新到 1 件"
    arrival = Notice.objects.get(recipient=world.district, kind="application_arrived")
    assert f"· {arrival.subject}　http://127.0.0.1:8000{arrival.url}" in told.body
    assert "· 今天到期 1 件　http://127.0.0.1:8000/" in told.body
    assert [row.address for row in told.deliveries.all()] == ["qu@example.com"]
    assert told.read_at is not None


def test_it_is_sent_once_a_day_however_often_the_clock_comes(world, arrived):
    for hour in (8, 9, 11):
        morning(TUESDAY, hour)
    assert len(digests(world.district)) == 1
    morning(TUESDAY + dt.timedelta(1))
    assert [told.subject for told in digests(world.district)] == ["今日待办汇总：新到 1 件"]


def test_what_was_told_is_not_told_again_beside_somebody_who_is_new(world):
    with at(TUESDAY, 7, 0):
        drive_application(world.make_application(), "district", world)
    morning(TUESDAY)
    with at(TUESDAY, 12):
        world.district_office.memberships.create(user=make_user("newcomer"))  # whose news begin on Tuesday
    morning(TUESDAY + dt.timedelta(1))
    assert [told.subject for told in digests(world.district)] == ["今日待办汇总：新到 1 件"]


def test_one_whose_row_another_worker_holds_is_left_to_it(world, arrived):
    with at(TUESDAY):
        digest_round([world.district.pk], Morning())
        digest_round([world.district.pk, world.body.pk], Morning())
    assert len(digests(world.district)) == 1


def test_on_days_off_nobody_is_told(world, arrived):
    morning(SATURDAY)
    assert digests() == []


def test_nothing_to_tell_is_no_mail(world):
    morning(TUESDAY)
    assert digests() == []


def test_what_was_opened_in_the_portal_is_not_told_again(world, arrived):
    Notice.objects.update(read_at=timezone.now())
    morning(TUESDAY)
    assert digests(world.district) == []


def test_who_does_not_want_it_gets_mails_one_by_one(world):
    keep_wishes(world.district, {"daily.mail": False})
    with at(MONDAY, 11):
        drive_application(world.make_application(), "district", world)
    assert [row.notice.kind for row in Delivery.objects.filter(notice__recipient=world.district)] == [
        "application_arrived"
    ]
    morning(TUESDAY)
    assert digests(world.district) == []


def test_overdue_and_questions_are_counted_for_the_office_alone(world, arrived):
    with at(MONDAY, 12):
        ask(open_turn(arrived), by=world.applicant, text=WHY)
    with at(TUESDAY):
        Turn.objects.filter(pk=arrived.latest_turn.pk).update(due_on=MONDAY)
    morning(TUESDAY)
    (told,) = digests(world.district)
    assert ("超期 1 件" in told.body, "企业询问待答复 1 件" in told.body) == (True, True)
    assert digests(world.body) == []


def test_the_reminder_of_the_office_goes_into_it(world, arrived):
    with at(TUESDAY, 8, 40):
        Turn.objects.filter(pk=arrived.latest_turn.pk).update(due_on=TUESDAY)
        watch_offices()
    reminder = Notice.objects.get(recipient=world.district, kind="office_due")
    assert reminder.deliveries.count() == 0
    morning(TUESDAY)
    assert reminder.subject not in digests(world.district)[0].body


def test_an_account_keeper_reads_how_many_messages_reached_nobody(world):
    person = make_user(email="jia@example.com")
    lost = Notice.objects.create(recipient=person, kind="probe", subject="a", body="b")
    Delivery.objects.create(notice=lost, address="jia@example.com", failed_at=timezone.now())
    morning(TUESDAY)
    (told,) = digests()
    assert (told.recipient, "未送达的消息 1 条" in told.body) == (world.administrator, True)


def test_many_arrivals_are_counted_and_the_latest_named(world):
    with at(MONDAY, 11):
        told = [
            Notice(
                recipient=world.district, kind="application_arrived", subject=f"待办：样例 {n}", body="", url=f"/{n}/"
            )
            for n in range(MOST + 3)
        ]
        Notice.objects.bulk_create(told)
    morning(TUESDAY)
    (digest,) = digests(world.district)
    assert digest.subject == f"今日待办汇总：新到 {MOST + 3} 件"
    assert (digest.body.count("待办：样例"), "另有 3 件" in digest.body) == (MOST, True)


def test_the_queries_do_not_grow_with_the_people(world, arrived, django_assert_num_queries):
    with at(TUESDAY):
        send_digests()
        MessageSettings.objects.update(digested_at=None)
        with django_assert_num_queries(17):
            send_digests()
    person = make_user()
    with django_assert_num_queries(0):
        send_out([Notice(recipient=person, kind="list_ready", subject="a", body="b")])
