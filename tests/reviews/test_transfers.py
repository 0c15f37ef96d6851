import pytest

from notifications.models import Notice
from records.models import Event
from records.steps import chain_holds
from reviews.models import Office
from reviews.progress import steps_of
from reviews.services import give_opinion
from reviews.transfers import transfer
from tests.factories import drive_application, drive_claim
from tests.helpers import afresh, refused
from tests.reviews.desk import open_turn
from vouchers.services import submit_application


def test_a_transfer_hands_the_case_to_the_other_district(world, application):
    turn = open_turn(application)
    following = transfer(turn, world.other_district_office, by=world.district, text="注册地在滨海新区。")
    application = afresh(application)
    assert (application.state, application.district_id) == ("district", "120116")
    assert (following.office, following.round, following.stage) == (world.other_district_office, 1, "区初审")
    assert (afresh(turn).is_open, turn.opinions.count()) == (False, 0)
    event = application.events.order_by("-sequence").first()
    assert (event.step, event.to_state, event.office) == ("transfer", "", "南开区科技局")
    assert event.text == "由南开区科技局转办至滨海新区科技局：注册地在滨海新区。"
    assert chain_holds(application)


def test_a_transfer_is_told_to_both_sides_and_the_other_district_decides(world, application):
    Notice.objects.all().delete()
    following = transfer(
        open_turn(application), world.other_district_office, by=world.district, text="注册地在滨海新区。"
    )
    told = dict(Notice.objects.values_list("recipient__username", "kind"))
    assert told == {"applicant": "turn_transferred", "reader": "turn_transferred", "other_district": "turn_received"}
    with refused("R-PERM"):
        give_opinion(following, by=world.district, verdict="pass_review")
    give_opinion(following, by=world.other_district, verdict="pass_review")
    assert afresh(application).state == "body"
    assert steps_of(afresh(application))[1].office == "滨海新区科技局"


def test_a_case_that_was_handed_over_counts_its_rounds_on(world, application):
    following = transfer(
        open_turn(application), world.other_district_office, by=world.district, text="注册地在滨海新区。"
    )
    give_opinion(following, by=world.other_district, verdict="send_back", text="请补充材料。")
    turn = open_turn(submit_application(afresh(application), by=world.applicant))
    assert (turn.round, turn.office) == (2, world.other_district_office)


def test_a_claim_is_handed_over_too(world):
    claim = drive_claim(world.make_claim(), "district", world)
    following = transfer(open_turn(claim), world.other_district_office, by=world.district, text="注册地已迁出。")
    assert (afresh(claim).district_id, following.office) == ("120116", world.other_district_office)


@pytest.mark.parametrize("person", ["other_district", "body", "applicant", "administrator"])
def test_only_the_district_in_turn_hands_over(world, application, person):
    with refused("R-PERM"):
        transfer(open_turn(application), world.other_district_office, by=getattr(world, person), text="注册地不符。")


def test_a_transfer_needs_words(world, application):
    with refused("R-WORDS"):
        transfer(open_turn(application), world.other_district_office, by=world.district, text=" ")


def test_a_transfer_goes_to_another_district_at_work(world, application):
    Office.objects.filter(pk=world.other_district_office.pk).update(is_active=False)
    for office in (world.district_office, world.body_office, afresh(world.other_district_office)):
        with refused("R-TRANSFER"):
            transfer(open_turn(application), office, by=world.district, text="注册地不符。")
    assert afresh(application).district_id == "120104"


def test_only_a_district_hands_over(world):
    application = drive_application(world.make_application(), "body", world)
    with refused("R-TRANSFER"):
        transfer(open_turn(application), world.other_district_office, by=world.body, text="注册地不符。")


def test_a_transfer_of_a_decided_turn_or_an_older_page_is_stale(world, application):
    turn, office = open_turn(application), world.other_district_office
    with refused("R-STALE"):
        transfer(turn, office, by=world.district, text="注册地不符。", seen=application.version - 1)
    give_opinion(turn, by=world.district, verdict="pass_review")
    with refused("R-STALE"):
        transfer(turn, office, by=world.district, text="注册地不符。")
    assert not Event.objects.filter(step="transfer").exists()
