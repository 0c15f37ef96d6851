"""Who has a turn: claim, release, take over, hand over, put aside; a colleague waits, a lease runs out, a day comes."""

import datetime as dt

import pytest
from django.utils import timezone

from notifications.models import Notice
from policy.working_days import add_working_days
from records.rules import RuleBroken
from records.steps import chain_holds
from reviews.claims import services
from reviews.claims.permissions import claim_of
from reviews.models import Turn, TurnClaim
from reviews.offices import hands_for
from reviews.places import end_place
from reviews.services import give_opinion
from reviews.stand_ins import add_stand_in
from reviews.transfers import transfer
from tests.factories import drive_application, make_user
from tests.helpers import afresh, at_once, new_policy, refused
from tests.reviews.desk import open_turn
from vouchers.services import end_application

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def turn(world):
    """An application's turn at the body, where two people work."""
    return open_turn(drive_application(world.make_application(), "body", world))


def day(number=1):
    return add_working_days(timezone.localdate(), number)


def have(world, turn, state):
    """Bring the turn into the state: free, or in the hands of `body`, or past its lease."""
    if state == "leased":
        services.claim(turn, by=world.body)
    elif state == "run out":
        services.claim(turn, by=world.body)
        TurnClaim.objects.update(since=timezone.now() - 20 * MINUTE, alive_until=timezone.now() - MINUTE)
    elif state == "kept":
        services.hand_over(turn, world.body, note="请您办理。", by=world.body_second)
    elif state == "aside":
        services.put_aside(turn, day(2), words="等发票查验。", by=world.body)
    return Turn.objects.get(pk=turn.pk)


ACTS = {
    "claim": lambda turn, world, by: services.claim(turn, by=by),
    "take_over": lambda turn, world, by: services.take_over(turn, by=by),
    "hand_over": lambda turn, world, by: services.hand_over(turn, third(world), note="请办理。", by=by),
    "put_aside": lambda turn, world, by: services.put_aside(turn, day(), words="等企业来电。", by=by),
    "take_up": lambda turn, world, by: services.take_up(turn, by=by),
    "release": lambda turn, world, by: services.release(turn, by=by),
    "decide": lambda turn, world, by: give_opinion(turn, by=by, verdict="pass_review"),
}


def third(world):
    return world.body_office.memberships.get(user__username="third").user


HELD = {"leased", "kept", "aside"}
STATES = ("free", "leased", "run out", "kept", "aside")
OF_A_COLLEAGUE = {  # act → what the other one meets in the states in which `body` has the turn, and where nobody has it
    "claim": ("R-HELD", "done"),
    "take_over": ("done", "done"),
    "hand_over": ("R-HELD", "done"),
    "put_aside": ("R-HELD", "done"),
    "take_up": ("R-HELD", "nothing"),
    "release": ("nothing", "nothing"),
    "decide": ("R-HELD", "done"),
}
ONES_OWN = {
    "claim": dict.fromkeys(STATES, "done"),
    "take_over": dict.fromkeys(STATES, "done"),
    "hand_over": dict.fromkeys(STATES, "done"),
    "put_aside": dict.fromkeys(STATES, "done"),
    "take_up": dict.fromkeys(STATES, "nothing") | {"aside": "done"},
    "release": dict.fromkeys(STATES, "nothing") | {"leased": "done", "kept": "done"},
    "decide": dict.fromkeys(STATES, "done"),
}


def outcome(act, turn, world, by):
    try:
        return "done" if ACTS[act](turn, world, by) else "nothing"
    except RuleBroken as refusal:
        return refusal.code


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", ACTS)
def test_what_a_colleague_may_do(world, turn, act, state):
    world.body_office.memberships.create(user=make_user("third"))
    turn = have(world, turn, state)
    held, free = OF_A_COLLEAGUE[act]
    assert outcome(act, turn, world, world.body_second) == (held if state in HELD else free)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", ACTS)
def test_what_the_holder_may_do(world, turn, act, state):
    world.body_office.memberships.create(user=make_user("third"))
    assert outcome(act, have(world, turn, state), world, world.body) == ONES_OWN[act][state]


@pytest.mark.parametrize("act", ["claim", "take_over", "hand_over", "put_aside"])
@pytest.mark.parametrize(
    ("person", "code"),
    [
        ("applicant", "R-HANDS"),
        ("stranger", "R-HANDS"),
        ("district", "R-HANDS"),
        ("other_body", "R-HANDS"),
        ("municipal", "R-HANDS"),
        ("administrator", "R-HANDS"),
        ("expert_1", "R-HANDS"),
    ],
)
def test_nobody_of_another_office_has_a_hand_in_it(world, turn, act, person, code):
    world.body_office.memberships.create(user=make_user("third"))
    assert outcome(act, turn, world, getattr(world, person)) == code
    assert not TurnClaim.objects.exists()


@pytest.mark.parametrize("act", ["claim", "take_over", "hand_over", "put_aside"])
def test_who_may_not_decide_does_not_claim_either(world, turn, act):
    world.body_office.memberships.create(user=world.district)  # decided 区初审 of this case
    world.body_office.memberships.create(user=make_user("third"))
    world.unit.memberships.create(user=world.body)
    assert outcome(act, turn, world, world.district) == "R-REL"
    assert outcome(act, turn, world, world.body) == "R-REL"
    names = [place.user.username for place in hands_for(turn, turn.case)]
    assert sorted(names) == ["body_second", "third"]


def test_a_claim_is_refused_with_who_has_it_and_how_to_take_it_over(world, turn, time_machine):
    time_machine.move_to("2026-11-30 14:02+08:00", tick=False)
    services.claim(turn, by=world.body)
    time_machine.move_to("2026-11-30 14:10+08:00", tick=False)
    with refused("R-HELD", "^测试body正在办理，14:02 起。要由您办理的，请先点“接手”；您填写的内容还在页面上。$"):
        give_opinion(turn, by=world.body_second, verdict="pass_review")


def test_a_lease_of_yesterday_tells_its_day(world, turn, time_machine):
    time_machine.move_to("2026-11-30 23:55+08:00", tick=False)
    held = services.claim(turn, by=world.body)
    assert held.since_words == "23:55"
    time_machine.move_to("2026-12-01 00:01+08:00", tick=False)
    assert afresh(held).words == "测试body正在办理，2026-11-30 23:55 起"


def test_a_sign_of_life_prolongs_the_lease_and_without_one_it_runs_out(world, turn, time_machine):
    time_machine.move_to("2026-11-30 09:00+08:00", tick=False)
    first = services.claim(turn, by=world.body)
    time_machine.shift(14 * MINUTE)
    assert services.claim(turn, by=world.body).since == first.since
    time_machine.shift(14 * MINUTE)
    with refused("R-HELD"):
        services.claim(turn, by=world.body_second)
    time_machine.shift(MINUTE)
    assert claim_of(Turn.objects.get(pk=turn.pk)) is None
    assert services.claim(turn, by=world.body_second).person == world.body_second
    with refused("R-HELD"):  # the first one comes back, and reads who has it now
        services.claim(turn, by=world.body)
    assert TurnClaim.objects.count() == 1


def test_what_is_kept_does_not_run_out(world, turn, time_machine):
    services.hand_over(turn, world.body_second, note="我明天不在。", by=world.body)
    time_machine.move_to(timezone.now() + dt.timedelta(days=9))
    with refused("R-HELD", "^已交给测试body_second办理"):
        services.claim(turn, by=world.body)


def test_a_hand_over_is_told_to_the_colleague_and_stands_in_the_trail(world, turn):
    Notice.objects.all().delete()
    services.hand_over(turn, world.body_second, note=" 金额我已核对。 ", by=world.body)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.url) == (world.body_second, turn.get_absolute_url())
    assert "测试body将" in notice.body
    assert notice.body.count("金额我已核对。") == 1
    line = turn.case.events.order_by("-sequence").first()
    assert (line.step, line.to_state, line.actor) == ("handed_over", "", world.body)
    assert line.text == "测试body将专业机构复审交给测试body_second：金额我已核对。"
    assert chain_holds(turn.case)


@pytest.mark.parametrize("person", ["body", "district", "other_body", "applicant"])
def test_a_turn_is_handed_to_a_colleague_who_may_decide_it(world, turn, person):
    if person == "district":
        world.body_office.memberships.create(user=world.district)  # decided another stage
    with refused("R-HANDS"):
        services.hand_over(turn, getattr(world, person), note="请办理。", by=world.body)


def test_a_hand_over_and_a_pause_need_words(world, turn):
    with refused("R-WORDS"):
        services.hand_over(turn, world.body_second, note=" ", by=world.body)
    with refused("R-WORDS"):
        services.put_aside(turn, day(), words=" ", by=world.body)


def test_who_loses_a_turn_is_told_and_the_trail_tells_it(world, turn):
    services.claim(turn, by=world.body)
    Notice.objects.all().delete()
    services.take_over(turn, by=world.body_second)
    assert [notice.recipient for notice in Notice.objects.all()] == [world.body]
    line = turn.case.events.order_by("-sequence").first()
    assert (line.step, line.text) == ("taken_over", "测试body_second从测试body接手专业机构复审")
    assert TurnClaim.objects.get().person == world.body_second


def test_claims_releases_and_signs_of_life_are_not_noted(world, turn):
    before = turn.case.events.count()
    services.claim(turn, by=world.body)
    services.claim(turn, by=world.body)
    services.release(turn, by=world.body)
    assert (turn.case.events.count(), TurnClaim.objects.exists()) == (before, False)


def test_the_release_of_what_was_given_is_noted(world, turn):
    services.hand_over(turn, world.body_second, note="请办理。", by=world.body)
    assert services.release(turn, by=world.body_second)
    assert turn.case.events.order_by("-sequence").first().step == "released"


def test_who_goes_on_leaves_a_lease_and_nothing_else(world, turn):
    services.claim(turn, by=world.body)
    services.leave(turn, by=world.body_second)
    assert TurnClaim.objects.count() == 1
    services.leave(turn, by=world.body)
    assert not TurnClaim.objects.exists()
    services.hand_over(turn, world.body_second, note="请办理。", by=world.body)
    services.leave(turn, by=world.body_second)
    assert TurnClaim.objects.get().is_kept


def test_an_end_of_the_turn_is_an_end_of_the_claim(world, application):
    for end in (
        lambda turn: give_opinion(turn, by=world.district, verdict="send_back", text="请补充。"),
        lambda turn: transfer(turn, world.other_district_office, by=world.district, text="注册地不符。"),
        lambda turn: end_application(turn.case, "withdraw", by=world.applicant),
    ):
        turn = open_turn(drive_application(world.make_application(10_000, 5_000), "district", world))
        services.claim(turn, by=world.district)
        end(turn)
        assert not TurnClaim.objects.exists()
        with refused("R-STALE"):
            services.claim(turn, by=world.district)


def test_nobody_transfers_what_a_colleague_has(world, application):
    turn = open_turn(application)
    world.district_office.memberships.create(user=make_user("third"))
    services.claim(turn, by=world.district_office.memberships.get(user__username="third").user)
    with refused("R-HELD"):
        transfer(turn, world.other_district_office, by=world.district, text="注册地不符。")


def test_a_stand_in_claims_what_the_office_has(world, turn):
    place = world.body_office.memberships.get(user=world.body)
    today = timezone.localdate()
    add_stand_in(place, world.other_body, today, today + dt.timedelta(days=3), by=world.municipal)
    services.claim(turn, by=world.other_body)
    assert Turn.objects.claimed_by(world.other_body).get() == turn
    assert Turn.objects.held_by_others(world.body).get() == turn
    assert not Turn.objects.not_held_by_others(world.body).filter(pk=turn.pk).exists()


def test_what_somebody_had_is_free_when_his_place_ends(world, turn):
    services.hand_over(turn, world.body_second, note="请办理。", by=world.body)
    end_place(world.body_office.memberships.get(user=world.body_second), by=world.municipal)
    assert services.claim(turn, by=world.body).person == world.body


def test_the_lease_is_a_figure_of_the_policy(world, turn, time_machine):
    new_policy(lease_minutes=2)
    time_machine.move_to(timezone.now() + dt.timedelta(seconds=40))
    held = services.claim(turn, by=world.body)
    assert abs(held.alive_until - timezone.now() - 2 * MINUTE) < dt.timedelta(seconds=5)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_has_it_and_the_other_reads_who(world):
    turn = open_turn(drive_application(world.make_application(), "body", world))
    done = at_once(
        lambda: services.claim(turn, by=world.body).person.username,
        lambda: services.claim(turn, by=world.body_second).person.username,
    )
    assert min(done) == "R-HELD"
    assert TurnClaim.objects.get().person.username in done
