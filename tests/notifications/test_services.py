"""Notices: nobody's case moves unheard; who hears, in which words, and that mail follows the commit."""

import pytest
from django.core import mail
from django.template.loader import get_template
from django.utils import timezone

from notifications.kinds import Kind
from notifications.models import Delivery, Notice
from notifications.services import announce, mark_read, notify
from records.kinds import case_kinds
from redemption.notices import REMINDERS as CLAIM_REMINDERS
from tests.factories import World, drive_application, drive_claim, drive_order, drive_unit, make_unit, make_user
from vouchers.notices import REMINDERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def told(person, case):
    return set(Notice.objects.filter(recipient=person, url=case.get_absolute_url()).values_list("kind", flat=True))


@pytest.mark.parametrize(
    "state",
    [
        "district",
        "district_returned",
        "district_rejected",
        "body",
        "body_returned",
        "body_rejected",
        "approved",
        "redeemed",
        "withdrawn",
        "lapsed",
        "voided",
    ],
)
def test_the_unit_hears_of_every_move_of_its_application(world, state):
    application = drive_application(world.make_application(), state, world)
    assert f"application_{state}" in told(world.reader, application)
    assert told(world.stranger, application) == set()


@pytest.mark.parametrize(
    "state",
    [
        "district",
        "district_returned",
        "district_rejected",
        "formal",
        "formal_returned",
        "formal_rejected",
        "accepted",
        "experts",
        "form_returned",
        "passed",
        "experts_rejected",
        "withdrawn",
        "lapsed",
    ],
)
def test_the_unit_hears_of_every_move_of_its_claim(world, state):
    claim = drive_claim(world.make_claim(), state, world)
    assert f"claim_{state}" in told(world.reader, claim)
    assert told(world.stranger, claim) == set()


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("pending", "certification_received"),
        ("returned", "certification_returned"),
        ("expired", "certification_expired"),
        ("rejected", "certification_rejected"),
        ("certified", "certification_passed"),
        ("frozen", "certification_frozen"),
    ],
)
def test_the_unit_hears_of_every_move_of_its_certification(world, state, kind):
    colleague, unit = make_user(), make_unit(make_user(), "91120222MA00000312", "雍阳样例工贸有限公司", "120114")
    unit.memberships.create(user=colleague, role="reader")
    assert kind in told(colleague, drive_unit(unit, state, world))


@pytest.mark.parametrize("state", ["district", "withdrawn", "voided"])
def test_nobody_is_told_of_his_own_act(world, state):
    application = drive_application(world.make_application(), state, world)
    assert f"application_{state}" not in told(world.applicant, application)
    assert f"application_{state}" in told(world.reader, application)


def test_what_others_do_with_the_same_case_is_told_him(world):
    application = drive_application(world.make_application(), "approved", world)
    assert told(world.applicant, application) == {"application_body", "application_approved"}


@pytest.mark.parametrize(
    ("state", "role"),
    [
        ("placed", "provider_member"),
        ("serving", "applicant"),
        ("declined", "applicant"),
        ("completed", "applicant"),
        ("cancelled", "provider_member"),
    ],
)
def test_the_other_side_hears_of_every_move_of_an_order(world, state, role):
    order = drive_order(world.make_order(), state, world)
    kind = {"serving": "confirmed"}.get(state, state)
    assert f"order_{kind}" in told(world.people[role], order)


def test_the_office_in_turn_hears_that_a_case_has_arrived_and_no_other_does(world):
    application = drive_application(world.make_application(), "body", world)
    arrived = Notice.objects.filter(kind="application_arrived", url=application.get_absolute_url())
    assert set(arrived.values_list("recipient__username", flat=True)) == {"district", "body", "body_second"}


def test_a_return_tells_the_words_of_the_reviewer_and_the_last_day(world):
    application = drive_application(world.make_application(), "district_returned", world)
    notice = Notice.objects.get(recipient=world.applicant, kind="application_district_returned")
    assert "请补充检测结果将用于哪个研发环节。" in notice.body
    assert f"{application.due_on:%Y-%m-%d}" in notice.body
    assert application.number in notice.subject


def test_no_reviewer_is_named_to_the_applicant(world):
    drive_claim(world.make_claim(), "passed", world)
    names = ("测试district", "测试body", "测试body_second", "测试expert")
    texts = Notice.objects.filter(recipient=world.applicant).values_list("subject", "body")
    assert [text for pair in texts for text in pair if any(name in text for name in names)] == []


@pytest.mark.bare
def test_every_kind_has_its_words():
    kinds = {notice.name for kind in case_kinds() for sent in kind.notices.values() for notice in sent} | {
        *REMINDERS,
        *CLAIM_REMINDERS,
    }
    for name in kinds:
        assert get_template(f"notices/{name}.txt").template.source.strip()


def kind_for(*people):
    return Kind("order_placed", lambda case: people)


def test_each_person_gets_one_and_who_has_left_gets_none(world):
    order = world.make_order()
    gone = make_user(is_active=False)
    Notice.objects.all().delete()
    notify(kind_for(world.applicant, world.applicant, gone), order)
    assert [notice.recipient for notice in Notice.objects.all()] == [world.applicant]
    notify(kind_for(gone), order)
    assert Notice.objects.count() == 1


def test_a_state_that_nobody_listens_to_says_nothing(world):
    draft = world.make_application()
    before = Notice.objects.count()
    announce(draft)
    assert Notice.objects.count() == before


def test_signs_of_a_page_stay_plain_text(world):
    world.product.name = "<b>检测</b> & 分析"
    world.product.save()
    order = world.make_order()
    texts = Notice.objects.filter(url=order.get_absolute_url()).values_list("subject", "body")
    assert any("<b>检测</b> & 分析" in text for pair in texts for text in pair)


def test_mail_leaves_after_the_commit_once(world, django_capture_on_commit_callbacks):
    world.provider_member.email, world.provider_member.email_verified_at = "desk@provider.example", timezone.now()
    world.provider_member.save()
    with django_capture_on_commit_callbacks() as callbacks:
        world.make_order()
        assert mail.outbox == []
    for callback in callbacks * 2:
        callback()
    assert [message.to for message in mail.outbox] == [["desk@provider.example"]]
    assert Delivery.objects.get().sent_at is not None


def test_who_has_no_address_gets_no_mail(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        world.make_order()
    assert (mail.outbox, Delivery.objects.count()) == ([], 0)


def test_only_own_notices_are_marked_as_read(world):
    world.make_order()
    theirs = Notice.objects.filter(recipient=world.provider_member).latest("pk")
    assert mark_read(world.stranger, only=theirs.pk) == 0
    assert mark_read(world.provider_member, only=theirs.pk) == 1
    assert mark_read(world.provider_member, only=theirs.pk) == 0
