"""Before decisions about money the person proves himself again; his words survive that."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import Unit
from accounts.security.keeping import KEY
from redemption.models import Claim
from reviews import panel
from reviews.models import Opinion, PanelSeat
from reviews.money import decides_money, settles_amount
from tests.accounts.guarding import LOGIN, sign_in
from tests.factories import World, drive_application, drive_claim
from tests.reviews.desk import open_turn
from vouchers.models import Application

pytestmark = pytest.mark.django_db
PASS = {"verdict": "pass_review", "text": "符合要求。"}


@pytest.fixture
def world():
    return World()


@pytest.fixture
def clock(time_machine, settings):
    settings.MONEY_REAUTH_SECONDS = 900
    time_machine.move_to("2026-11-24 02:00Z", tick=False)
    return time_machine


@pytest.fixture
def money(world):
    """stage → (turn, who decides it)."""
    application = drive_application(world.make_application(), "body", world)
    return open_turn(application), application


def decide(client, turn, **said):
    """Take the decision."""
    return client.post(reverse("turn_opinion", args=[turn.pk]), {**PASS, "seen": turn.case.version, **said})


def test_a_fresh_sign_in_is_proof_enough(world, clock, money):
    turn, _ = money
    clock.shift(890)
    clock.shift(-890)
    client = sign_in(world.body)
    clock.shift(890)
    decide(client, turn)
    assert Opinion.objects.filter(turn=turn).exists()


def test_an_older_one_is_not_and_the_words_survive(world, clock, money):
    turn, application = money
    client = sign_in(world.body)
    clock.shift(901)
    answer = decide(client, turn)
    waiting = reverse("kept_form", args=[client.session[KEY]])
    assert answer.url == f"{reverse('account_reauthenticate')}?{urlencode({'next': waiting})}"
    assert not Opinion.objects.filter(turn=turn).exists()
    page = client.get(answer.url)
    assert "这一步关系到补贴金额" in page.content.decode()
    assert "您刚才填写的内容已保留" in page.content.decode()
    assert client.post(answer.url, LOGIN).url == waiting
    kept = client.get(waiting).context["kept"]
    client.post(kept.path, dict(kept.fields))
    application.refresh_from_db()
    assert (application.state, Opinion.objects.get(turn=turn).text) == ("approved", PASS["text"])


def test_the_message_is_shown_without_a_proof(world, clock, money):
    turn, _ = money
    client = sign_in(world.body)
    clock.shift(901)
    address = reverse("turn_letter", args=[turn.pk])
    assert client.post(address, PASS | {"seen": turn.case.version}, follow=True).context["letter"]


@pytest.mark.parametrize("verdict", ["send_back", "reject"])
def test_what_settles_no_amount_asks_for_none(world, clock, money, verdict):
    turn, _ = money
    client = sign_in(world.body)
    clock.shift(901)
    decide(client, turn, verdict=verdict, text="写明哪里不符合。", reason="R-DESC")
    assert Opinion.objects.get(turn=turn).verdict == verdict


def test_the_district_is_not_asked(world, clock):
    turn = open_turn(drive_application(world.make_application(), "district", world))
    client = sign_in(world.district)
    clock.shift(901)
    decide(client, turn)
    assert Opinion.objects.filter(turn=turn).exists()


def test_zero_switches_it_off(world, clock, money, settings):
    settings.MONEY_REAUTH_SECONDS = 0
    turn, _ = money
    client = sign_in(world.body)
    clock.shift(901)
    decide(client, turn)
    assert Opinion.objects.filter(turn=turn).exists()


def test_an_expert_s_word_asks(world, clock):
    claim = drive_claim(world.make_claim(), "experts", world)
    panel.form_panel(open_turn(claim), world.experts[:3], by=world.body)
    seat = PanelSeat.objects.get(expert=world.expert_1)
    client = sign_in(world.expert_1)
    clock.shift(901)
    address = reverse("seat_word", args=[seat.pk])
    answer = client.post(address, {"word": "cut", "amount": "100", "text": "数量偏多。"})
    seat.refresh_from_db()
    assert (answer.status_code, seat.given_at) == (302, None)
    client.post(answer.url, LOGIN)
    client.post(address, {"word": "cut", "amount": "100", "text": "数量偏多。"})
    seat.refresh_from_db()
    assert seat.word == "cut"


@pytest.mark.bare
@pytest.mark.parametrize(
    ("case", "stage", "verdict", "settles"),
    [
        (Application, "district", "pass_review", False),
        (Application, "body", "pass_review", True),
        (Application, "body", "send_back", False),
        (Application, "body", "reject", False),
        (Claim, "district", "pass_review", False),
        (Claim, "formal", "pass_review", True),
        (Claim, "formal", "send_back", False),
        (Claim, "formal", "reject", False),
        (Claim, "experts", "pass_review", True),
        (Claim, "experts", "reject", True),
        (Claim, "experts", "return_form", False),
        (Unit, "pending", "pass_review", False),
    ],
)
def test_which_words_settle_an_amount(case, stage, verdict, settles):
    assert settles_amount(case.STATES[stage], verdict) is settles


def test_an_amount_is_settled_by_a_body_s_word_and_not_by_a_look_at_its_message(world):
    turn = open_turn(drive_application(world.make_application(20_000, 10_000), "district", world))
    assert decides_money("turn_opinion", turn.pk, {"verdict": "pass_review"}) is False
    turn = open_turn(drive_claim(world.make_claim(), "formal", world))
    assert decides_money("turn_opinion", turn.pk, {"verdict": "pass_review"}) is True
    assert decides_money("turn_opinion", turn.pk, {"verdict": "send_back"}) is False
    assert decides_money("turn_letter", turn.pk, {"verdict": "pass_review"}) is False


@pytest.mark.bare
@pytest.mark.parametrize("name", ["turn_transfer", "seat_recuse", "panel_form", "certification_freeze"])
def test_other_acts_decide_none(name):
    assert decides_money(name, 1, {"verdict": "pass_review"}) is False


def test_a_turn_that_is_not_there_decides_none():
    assert decides_money("turn_opinion", 0, {"verdict": "pass_review"}) is False


def test_who_has_no_password_signs_in_again(world, clock):
    world.applicant.set_unusable_password()
    world.applicant.save()
    client = Client()
    client.force_login(world.applicant)
    answer = client.get(reverse("account_delete"))
    assert answer.url == f"{reverse('account_login')}?next=%2Fcenter%2Faccount%2Fdelete%2F"
    assert "_auth_user_id" not in client.session
