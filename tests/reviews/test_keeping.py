"""Where a turn lies, how it ended and what is read of its case is kept beside it; old rows are told so by the migrations."""

from importlib import import_module

import pytest
from django.db import connection

from reviews import panel
from reviews.models import Lies, Turn
from reviews.places import seats_of, vacate
from reviews.services import advance, give_opinion
from reviews.terms import question, search_text_of
from reviews.transfers import transfer
from tests.factories import drive_application, make_user
from tests.helpers import afresh
from tests.reviews.desk import open_turn

COLUMNS = ("pk", "lies", "ended_by", "amount", "district", "category", "search_text")
WORDS = "请更正合同金额。"


def of(turn):
    turn = afresh(turn)
    return turn.lies, turn.ended_by


def test_a_turn_that_opens_is_told_what_the_lists_read(world, application):
    turn = open_turn(application)
    order = application.order
    words = (application.number, application.title, application.unit_name, application.unit.uscc, order.product_name)
    assert (turn.lies, turn.ended_by, turn.amount) == (Lies.DESK, "", application.asked_amount)
    assert (turn.district, turn.category) == ("南开区", order.category_name)
    assert turn.search_text == search_text_of([*words, order.provider.name, order.number])


def test_what_was_returned_lies_with_the_applicant_until_he_answers(world, application):
    turn = open_turn(application)
    give_opinion(turn, by=world.district, verdict="send_back", text=WORDS)
    assert of(turn) == (Lies.RETURNED, "send_back")
    advance(afresh(application), "submit", by=world.applicant)
    assert of(turn) == (Lies.DONE, "send_back")


def test_a_withdrawal_is_an_answer_too(world, application):
    turn = open_turn(application)
    give_opinion(turn, by=world.district, verdict="send_back", text=WORDS)
    advance(afresh(application), "withdraw", by=world.applicant)
    assert of(turn) == (Lies.DONE, "send_back")


def test_every_other_end_is_told_by_its_step(world, application):
    turn = open_turn(application)
    there = transfer(turn, world.other_district_office, by=world.district, text="注册地在滨海新区。")
    assert (of(turn), of(there)) == ((Lies.DONE, "transfer"), (Lies.DESK, ""))
    advance(afresh(application), "withdraw", by=world.applicant)
    assert of(there) == (Lies.DONE, "withdraw")


def test_all_turns_of_an_application_are_found_by_the_number_of_its_voucher(world):
    application = afresh(drive_application(world.make_application(), "approved", world))
    texts = set(application.turns.values_list("search_text", flat=True))
    assert len(texts) == 1
    assert application.voucher_number.lower() in texts.pop()


def test_a_case_lies_with_its_experts_until_all_have_spoken_or_a_seat_is_empty(world, experts_claim):
    turn = open_turn(experts_claim)
    assert of(turn) == (Lies.DESK, "")
    first, second, third = panel.form_panel(turn, world.experts, by=world.body)
    assert of(turn) == (Lies.EXPERTS, "")
    panel.give_word(first, by=first.expert, word="agree")
    assert of(turn) == (Lies.EXPERTS, "")
    panel.recuse(second, by=second.expert)
    assert of(turn) == (Lies.DESK, "")
    assert vacate(seats_of(third.expert)) == [turn.number]
    assert of(turn) == (Lies.DESK, "")


def test_the_last_word_brings_the_case_back_to_the_body(world, experts_claim):
    turn = open_turn(experts_claim)
    for seat in panel.form_panel(turn, world.experts, by=world.body):
        assert of(turn) == (Lies.EXPERTS, "")
        panel.give_word(seat, by=seat.expert, word="agree")
    assert of(turn) == (Lies.DESK, "")


def test_a_seat_that_is_filled_again_is_waited_for(world, experts_claim):
    turn, fourth = open_turn(experts_claim), make_user()
    world.expert_office.memberships.create(user=fourth)
    seats = panel.form_panel(turn, world.experts, by=world.body)
    panel.recuse(seats[1], by=seats[1].expert)
    panel.replace_recused(turn, fourth.office_memberships.get(), by=world.body)
    assert of(turn) == (Lies.EXPERTS, "")


def test_old_rows_are_told_what_new_ones_are(world, application, experts_claim):
    give_opinion(open_turn(application), by=world.district, verdict="send_back", text=WORDS)
    panel.form_panel(open_turn(experts_claim), world.experts, by=world.body)
    world.admit("pending")
    withdrawn = drive_application(world.make_application(20_000, 10_000), "district", world)
    transfer(open_turn(withdrawn), world.other_district_office, by=world.district, text="注册地在滨海新区。")
    advance(withdrawn, "withdraw", by=world.applicant)
    before = list(Turn.objects.order_by("pk").values_list(*COLUMNS))
    assert {row[1] for row in before} == set(Lies.values)
    Turn.objects.update(lies="desk", ended_by="", amount=0, district="", category="", search_text="")
    with connection.cursor() as cursor:
        cursor.execute(import_module("reviews.migrations.0009_lists").ENDED)
        for step in import_module("redemption.migrations.0015_turns_told").Migration.operations:
            cursor.execute(step.sql)
    assert list(Turn.objects.order_by("pk").values_list(*COLUMNS)) == before


@pytest.mark.parametrize(
    ("word", "asked"),
    [
        ("sq2026", "'sq2026':*"),
        ("海河样例", "'海河' & '河样' & '样例'"),
        ("海", "'海':*"),
        ("x射线", "'x':* & '射线'"),
        ("%_", ""),
    ],
)
def test_the_index_is_asked_in_pairs_and_beginnings(word, asked):
    assert question(word) == asked


@pytest.mark.parametrize(
    ("words", "found"),
    [("海河样例", 1), ("sq2026", 1), ("2026000", 1), ("00012", 0), ("河海", 0), ("%", 0), ("例科", 1)],
)
def test_a_turn_is_found_by_what_its_text_tells(world, application, words, found):
    turns = Turn.objects.filter(pk=open_turn(application).pk)
    turns.update(search_text="sq20260000001 海河样例科技有限公司")
    assert turns.filter(search_text__tells=words).count() == found
    assert turns.filter(search_text__tells_densely=words).count() == found
