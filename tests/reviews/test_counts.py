"""How many questions the pages of the desk ask: no more with fifty rows than with five."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews import panel
from reviews.offices import body_of
from tests.factories import drive_claim
from tests.helpers import afresh
from tests.reviews.desk import at, open_turn, pile, queries

LIST, PAGE, POST, PAYOUT = (
    15,
    22,
    29,
    31,
)  # queries; the menu of the working frame asks one of a page; an act spends its key, keeps its answer and asks how its list goes on


@pytest.mark.parametrize("count", [5, 50])
def test_the_lists_ask_the_same_however_many_rows(world, signed_in, application, count):
    pile(application, world.district_office, count)
    pile(application, world.district_office, count, by=world.district)
    browser = signed_in(world.district)
    for name in ("turn_list", "turn_done_list"):
        browser.get(reverse(name))
        assert queries(lambda name=name: browser.get(reverse(name))) <= LIST


@pytest.mark.parametrize("name", ["unit", "application_district", "application_body", "claim_district"])
@pytest.mark.parametrize("count", [5, 50])
def test_the_page_of_a_turn_asks_little(world, signed_in, cases, name, count):
    case, person = cases[name]
    turn, browser = open_turn(case), signed_in(person)
    pile(case, turn.office, count)
    assert browser.get(at("turn_detail", turn)).status_code == 200
    assert queries(lambda: browser.get(at("turn_detail", turn))) <= PAGE


@pytest.mark.parametrize("state", ["formal", "experts"])
def test_the_page_of_a_claim_at_the_body_asks_little(world, signed_in, state):
    turn = open_turn(drive_claim(world.make_claim(), state, world))
    browser = signed_in(world.body_second)
    if state == "experts":
        for seat in panel.form_panel(turn, world.experts, by=world.body):
            panel.give_word(seat, by=seat.expert, word="agree")
    browser.get(at("turn_detail", turn))
    assert queries(lambda: browser.get(at("turn_detail", turn))) <= PAGE


def test_the_page_of_a_seat_asks_little(world, signed_in, experts_claim):
    seat = panel.form_panel(open_turn(experts_claim), world.experts, by=world.body)[0]
    browser = signed_in(world.expert_1)
    assert "申请表" in browser.get(at("seat_detail", seat)).content.decode()
    assert queries(lambda: browser.get(at("seat_detail", seat))) <= PAGE
    assert queries(lambda: browser.get(reverse("seat_list"))) <= LIST


@pytest.mark.parametrize("name", ["unit", "application_district", "application_body", "claim_district"])
def test_a_verdict_asks_little(world, signed_in, cases, name):
    case, person = cases[name]
    turn, browser = open_turn(case), signed_in(person)
    said = {"verdict": "pass_review", "seen": case.version}
    assert queries(lambda: browser.post(at("turn_opinion", turn), said)) <= POST
    assert afresh(turn).opinions.get().verdict == "pass_review"


@pytest.mark.parametrize(("state", "most"), [("formal", POST), ("experts", PAYOUT)])
def test_a_verdict_that_freezes_the_form_or_redeems_the_voucher_too(world, signed_in, state, most):
    turn = open_turn(drive_claim(world.make_claim(), state, world))
    if state == "experts":
        world.hear_experts(turn.case)
    browser, said = signed_in(world.body_second), {"verdict": "pass_review", "seen": turn.case.version}
    assert queries(lambda: browser.post(at("turn_opinion", turn), said)) <= most
    assert not afresh(turn).is_open


def test_a_body_is_found_by_what_lies_open_whatever_it_has_decided(world):
    with CaptureQueriesContext(connection) as asked:
        assert body_of(world.make_application(20_000, 10_000)) in {world.body_office, world.other_body_office}
    counted = asked.captured_queries[-1]["sql"]
    assert ('JOIN "reviews_turn"' in counted, '"closed_at" IS NULL' in counted) == (False, True)
