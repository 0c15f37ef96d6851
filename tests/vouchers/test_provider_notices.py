"""The provider of an order hears what becomes of its voucher, and of nothing else."""

import pytest

from notifications.models import Notice
from orders.services import move_order
from reviews.services import give_opinion
from tests.factories import drive_application
from tests.helpers import afresh
from tests.reviews.desk import open_turn
from vouchers.models import Application
from vouchers.services import end_application

pytestmark = pytest.mark.django_db
WORDS = "合同草案缺页，请补充。"
HEARD = {
    "district": [],
    "district_returned": ["order_voucher_returned"],
    "district_rejected": [],
    "body": [],
    "body_returned": ["order_voucher_returned"],
    "approved": ["order_voucher_approved"],
    "withdrawn": [],
    "voided": ["order_voucher_approved", "order_voucher_voided"],
    "lapsed": ["order_voucher_returned", "order_voucher_lapsed"],
}


def heard(person):
    return list(
        Notice.objects.filter(recipient=person, kind__startswith="order_voucher")
        .order_by("pk")
        .values_list("kind", flat=True)
    )


@pytest.mark.parametrize("state", HEARD)
def test_at_which_states_the_provider_hears_and_who_does_not(world, state):
    drive_application(world.make_application(), state, world)
    assert heard(world.provider_member) == HEARD[state]
    others = [person for name, person in world.people.items() if name != "provider_member"]
    assert [person for person in others if heard(person)] == []


def test_the_notice_leads_to_the_order_and_tells_no_word_of_the_review(world):
    turn = open_turn(drive_application(world.make_application(), "district", world))
    give_opinion(turn, by=world.district, verdict="send_back", text=WORDS, corrections=["content"])
    notice, order = Notice.objects.get(kind="order_voucher_returned"), turn.case.order
    assert (notice.url, notice.case_id) == (order.get_absolute_url(), order.pk)
    assert WORDS not in notice.body
    assert turn.case.number not in notice.body + notice.subject
    assert notice.deliveries.count() == int(bool(world.provider_member.proved_email))


@pytest.mark.parametrize(("state", "words"), [("body_returned", "申请已逾期结束"), ("approved", "已逾期失效")])
def test_an_application_and_a_voucher_that_lapse_are_told_apart(world, state, words):
    application = drive_application(world.make_application(), state, world)
    end_application(application, "lapse", by=world.people["clock"], note="超过规定时限。")
    assert words in Notice.objects.get(kind="order_voucher_lapsed").body


def test_an_order_that_the_provider_gives_up_tells_him_nothing_of_its_voucher(world):
    application = drive_application(world.make_application(), "district", world)
    move_order(application.order, "decline", by=world.provider_member, words="设备检修。")
    assert (afresh(application).state, heard(world.provider_member)) == ("voided", [])


def test_a_voucher_that_was_looked_at_once_more_is_not_told_again(world):
    voucher = drive_application(world.make_application(), "approved", world)
    Application.objects.filter(pk=voucher.pk).update(appealed_from="approved")
    end_application(afresh(voucher), "give_back", by=world.applicant)
    assert heard(world.provider_member) == ["order_voucher_approved", "order_voucher_voided"]


def test_a_provider_without_a_desk_is_not_told(world):
    application = world.make_application()
    type(world.provider).objects.update(unit=None)
    drive_application(application, "approved", world)
    assert not Notice.objects.filter(kind__startswith="order_voucher").exists()
