"""复核签: above the policy's amount a passing decision stands only once a second person of the same office has signed it."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from notifications.models import Notice
from policy.models import PolicyVersion
from policy.querysets import MEMORY
from records.models import Event
from records.rules import StaleCase
from reviews.bulk.services import choose, start
from reviews.bulk.work import carry_on
from reviews.claims.services import claim
from reviews.models import BulkLine, OfficeMember, Opinion, Rest
from reviews.rests import tasks
from reviews.rests.services import decide, send_back, sign, take_back, take_now
from reviews.seconds import objection_to_signing
from reviews.services import give_opinion
from tests.factories import drive_application, make_user
from tests.helpers import afresh, at_once, constrained, new_policy, refused
from tests.reviews.desk import open_turn
from tests.reviews.signing import PASS, WORDS, above, colleague, of_the_firm
from vouchers.models import LedgerEntry
from vouchers.services import end_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def plain(world):
    """One at a body with two reviewers."""
    return open_turn(drive_application(world.make_application(), "body", world))


@pytest.fixture
def turn(plain):
    """The same above the figure; what is signed takes its step at once."""
    return above(plain, rest_seconds=0)


@pytest.fixture
def rest(turn, world):
    return decide(turn, by=world.body, seen=turn.case.version, **PASS)


def traces():
    """What a verdict leaves."""
    return Opinion.objects.count(), Event.objects.count(), Notice.objects.count(), LedgerEntry.objects.count()


def test_nothing_is_booked_sent_or_shown_until_it_is_signed(turn, world, client):
    before = traces()
    rest = decide(turn, by=world.body, seen=turn.case.version, **PASS)
    assert (traces(), rest.is_unsigned, afresh(turn.case).state) == (before, True, "body")
    client.force_login(world.applicant)
    assert WORDS not in client.get(turn.case.get_absolute_url()).content.decode()
    with time_machine.travel(timezone.now() + dt.timedelta(days=1), tick=False):
        tasks.sweep_rests()
        tasks.wait_for(rest.pk)
    assert afresh(rest).is_unsigned


def test_a_second_person_signs_and_both_stand_in_the_word_and_the_trail(rest, turn, world):
    opinion = sign(rest, by=world.body_second, text="同意。")
    assert (opinion.reviewer, opinion.second, opinion.text) == (world.body, world.body_second, WORDS)
    assert (afresh(rest).outcome, afresh(turn.case).state) == ("taken", "approved")
    line = turn.case.events.get(step="signed")
    assert (line.actor, "同意" in line.text, str(world.body) in line.text) == (world.body_second, False, True)


@pytest.mark.parametrize(("amount", "verdict"), [(0, "pass_review"), (-1, "send_back"), (1, "pass_review")])
def test_below_the_figure_without_one_and_for_a_return_one_person_decides(plain, world, amount, verdict):
    new_policy(rest_seconds=0, second_amount=plain.amount + amount if amount else 0)
    MEMORY.forget()
    said = decide(plain, by=world.body, verdict=verdict, text=WORDS)
    assert isinstance(said, Opinion)


def test_the_amount_of_the_figure_itself_needs_no_second(plain, world):
    new_policy(rest_seconds=0, second_amount=plain.amount)
    MEMORY.forget()
    assert isinstance(decide(plain, by=world.body, **PASS), Opinion)


def test_a_lowered_amount_waits_too(turn, world):
    rest = decide(turn, by=world.body, amount=turn.amount - 2, **PASS)
    assert rest.is_unsigned
    assert sign(rest, by=world.body_second).amount == turn.amount - 2


def test_it_is_sent_back_with_words_and_may_be_decided_anew(rest, turn, world):
    with refused("R-WORDS", "退回时必须"):
        send_back(rest, by=world.body_second, text=" ")
    send_back(rest, by=world.body_second, text="请核对合同金额。")
    assert (afresh(rest).outcome, afresh(turn).is_open) == ("sent", True)
    told = Notice.objects.get(kind="second_sent_back")
    assert (told.recipient, "请核对合同金额。" in told.body) == (world.body, True)
    again = decide(turn, by=world.body, **PASS)
    assert sign(again, by=world.body_second).second == world.body_second


def from_another_stage(world):
    world.body_office.memberships.create(user=world.district)
    return world.district


def stand_in(world):
    person = make_user("standin")
    place, today = world.body_office.memberships.get(user=world.body), timezone.localdate()
    OfficeMember.objects.create(
        office=world.body_office, user=person, stands_in_for=place, starts_on=today, ends_on=today
    )
    return person


def gone(world):
    world.body_office.memberships.filter(user=world.body_second).update(ended_at=timezone.now())
    return world.body_second


SIGNS = {
    "the other reviewer": (lambda world: world.body_second, ""),
    "a third one": (colleague, ""),
    "who decided": (lambda world: world.body, "须由同单位的另一人"),
    "of the applicant's unit": (of_the_firm, "申请单位的成员"),
    "who decided another stage": (from_another_stage, "不同环节应由不同的人"),
    "who stands in for him": (stand_in, "代理另一个的岗位"),
    "of another office": (lambda world: world.other_body, "承办单位在岗的人员"),
    "who has left": (gone, "承办单位在岗的人员"),
    "the municipal head": (lambda world: world.municipal, "承办单位在岗的人员"),
    "a stranger": (lambda world: world.stranger, "承办单位在岗的人员"),
}


@pytest.mark.parametrize("who", SIGNS)
def test_who_may_sign(rest, turn, world, who):
    find, objection = SIGNS[who]
    person = find(world)
    said = objection_to_signing(turn, turn.case, world.body, person)
    assert (objection in said, bool(said)) == (True, bool(objection))
    if objection:
        for act in (sign, send_back):
            with refused("R-SECOND", objection):
                act(rest, by=person, text="理由")
    else:
        assert sign(rest, by=person).second == person


def test_the_person_stood_in_for_signs_not_what_his_stand_in_decided(turn, world):
    deputy = stand_in(world)
    rest = decide(turn, by=deputy, **PASS)
    with refused("R-SECOND", "代理另一个的岗位"):
        sign(rest, by=world.body)
    assert sign(rest, by=world.body_second).second == world.body_second


def test_no_way_round_it(turn, world):
    with refused("R-SECOND", "请逐件办理"):
        give_opinion(turn, by=world.body, **PASS)
    with refused("R-SECOND", "须由同单位的另一人"):
        give_opinion(turn, by=world.body, second=world.body, **PASS)
    bulk = choose([turn], by=world.body)
    start(bulk, by=world.body, verdict="pass_review", text=WORDS)
    carry_on(bulk.pk)
    line = BulkLine.objects.get(decision=bulk)
    assert (line.done, "复核签" in line.said, afresh(turn).is_open) == (False, True, True)


def test_what_waits_is_nobodys_to_decide_or_to_claim(rest, turn, world):
    for act in (lambda: claim(turn, by=world.body_second), lambda: decide(turn, by=world.body_second, **PASS)):
        with refused("R-REST", "正在等同单位另一人复核签"):
            act()
    with refused("R-SECOND", "还没有复核签"):
        take_now(rest, by=world.body)
    assert sign(rest, by=world.body_second).second == world.body_second  # whoever has claimed it before


def test_a_stale_second_click_changes_nothing(rest, turn, world):
    third = colleague(world)
    take_back(rest, by=world.body)
    for act in (sign, send_back):
        with refused("R-SECOND", "已经不在等复核签"):
            act(rest, by=third, text="理由")
    assert not Opinion.objects.filter(turn=turn).exists()


def test_once_signed_it_rests_and_each_takes_back_his_own(world, plain):
    turn = above(plain)
    rest = decide(turn, by=world.body, seen=turn.case.version, **PASS)
    signed = sign(rest, by=world.body_second)
    assert (signed.due_at - signed.second_at).total_seconds() == PolicyVersion.objects.remembered().rest_seconds
    with refused("R-REST", "只有作出决定的人"):
        take_back(signed, by=colleague(world))
    take_back(signed, by=world.body_second)
    assert afresh(rest).is_unsigned
    with refused("R-REST", "不能再撤回"):
        take_back(signed, by=world.body_second)
    assert take_now(sign(afresh(rest), by=world.body_second), by=world.body_second).second == world.body_second


def test_the_second_may_have_lost_his_place_before_the_step(world, plain):
    turn = above(plain)
    rest = sign(decide(turn, by=world.body, **PASS), by=world.body_second)
    gone(world)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=3), tick=False):
        tasks.sweep_rests()
    assert (afresh(rest).outcome, afresh(turn).is_open) == ("void", True)
    assert Notice.objects.filter(kind="rest_void").count() == 2


def test_a_withdrawn_case_ends_what_waits(application, world):
    turn = above(open_turn(application), rest_seconds=0)
    world.district_office.memberships.create(user=world.body_second)
    rest = decide(turn, by=world.district, **PASS)
    end_application(turn.case, "withdraw", by=world.applicant)
    with pytest.raises(StaleCase):
        sign(rest, by=world.body_second)
    tasks.sweep_rests()
    assert (afresh(rest).outcome, Notice.objects.get(kind="rest_void").recipient) == ("void", world.district)


def test_where_nobody_could_sign_the_head_is_told(turn, world):
    gone(world)
    head = colleague(world)
    world.body_office.memberships.filter(user=head).update(role="lead")
    world.unit.memberships.create(user=head)
    decide(turn, by=world.body, **PASS)
    assert [notice.recipient for notice in Notice.objects.filter(kind="second_missing")] == [head]


def test_without_a_head_those_are_told_who_find_people(turn, world):
    gone(world)
    decide(turn, by=world.body, **PASS)
    told = {notice.recipient for notice in Notice.objects.filter(kind="second_missing")}
    places = OfficeMember.objects.filter(role="lead", office__kind__in=("municipal", "platform"))
    assert told == {place.user for place in places.select_related("user")} != set()


def test_the_database_holds_two_persons(rest, turn, world):
    now = timezone.now()
    rows = Rest.objects.filter(pk=rest.pk)
    with constrained("rest_two_persons"):
        rows.update(second=world.body, second_at=now)
    with constrained("rest_second_has_a_time"):
        rows.update(second=world.body_second)
    with constrained("rest_is_taken_when_due"):
        rows.update(outcome="taken", ended_at=now)
    with constrained("rest_sent_back_with_words"):
        rows.update(outcome="sent", ended_at=now)
    with constrained("opinion_two_persons"):
        Opinion.objects.create(turn=turn, reviewer=world.body, second=world.body, verdict="pass_review")
    with constrained("policy_second_amount"):
        PolicyVersion.objects.create(name="草稿", effective_from=now + dt.timedelta(9), second_amount=Decimal(-1))


@pytest.mark.django_db(transaction=True)
def test_two_seconds_at_once_are_one(rest, turn, world):
    third = colleague(world)
    results = at_once(lambda: sign(rest, by=world.body_second), lambda: send_back(rest, by=third, text="请核对。"))
    assert results.count("R-SECOND") == 1
    assert (afresh(rest).outcome == "taken") is Opinion.objects.filter(turn=turn).exists()
