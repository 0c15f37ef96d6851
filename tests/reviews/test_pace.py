"""What a turn has used, what is usual of a step at an office, and what 进度 tells of it."""

import datetime as dt

import pytest
import time_machine

from policy.calendar import SHANGHAI
from reviews.appeals.services import appeal
from reviews.kinds import reviewed_kinds
from reviews.models import BulkDecision, BulkLine, Turn, UsualTime
from reviews.pace.counting import joined
from reviews.pace.pages import pace_of
from reviews.pace.services import ENOUGH, count_missing, usual_at
from reviews.pace.tasks import renew_usual_times
from reviews.progress import steps_of
from reviews.questions.services import answer
from reviews.transfers import transfer
from tests.factories import World, drive_application, drive_claim
from tests.helpers import afresh
from tests.reviews.asking import asked
from tests.reviews.desk import NUMBERS, open_turn
from tests.vouchers.appealing import appealed, cut
from tten.demo.drive import APPEAL_WORDS
from vouchers.services import end_application, submit_application

NOON = dt.time(12)
MONDAY = dt.date(2026, 3, 2)  # four weeks without a feast follow
pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(dt.datetime.combine(MONDAY, NOON, SHANGHAI), tick=False) as travel:
        yield lambda day: travel.move_to(dt.datetime.combine(MONDAY + dt.timedelta(days=day), NOON, SHANGHAI))


@pytest.fixture
def world(clock):
    return World()


def at_district(world):
    return drive_application(world.make_application(), "district", world)


def times(case):
    return list(case.turns.order_by("pk").values_list("state", "used_days", "firm_days"))


def many(turn, days, **fields):
    """Turns of cases that do not exist, decided at the turn's office and step in so many working days each."""
    return Turn.objects.bulk_create(
        Turn(
            **{
                "office": turn.office,
                "case_type": turn.case_type,
                "case_id": next(NUMBERS),
                "state": turn.state,
                "due_on": MONDAY,
                "opened_at": turn.opened_at,
                "closed_at": turn.opened_at,
                "used_days": used,
                "firm_days": 0,
                "ended_by": "pass_review",
                "lies": "done",
                **fields,
            }
        )
        for used in days
    )


def told(case, user):
    return {row.label: row.value for _, rows in pace_of(case, user) for row in rows}


def test_a_turn_keeps_its_working_days_when_it_ends_and_which_of_them_the_firm_had(world, clock):
    case = at_district(world)
    clock(1)
    question = asked(world, open_turn(case))
    clock(7)  # Monday: four working days of the firm
    answer(question, by=world.applicant, text="已核对。")
    clock(8)
    case = world.decide(case, world.district, "pass_review", "符合申请条件。")
    assert times(case) == [("district", 6, 4), ("body", None, None)]
    district = steps_of(case)[1]
    assert (district.used_days, district.firm_days) == (6, 4)


def test_a_question_that_nobody_answers_is_the_firm_s_until_the_turn_ends(world, clock):
    case = at_district(world)
    clock(2)
    asked(world, open_turn(case))
    clock(4)
    assert times(world.decide(case, world.district, "pass_review", "符合。"))[0] == ("district", 4, 2)


def test_the_kept_days_outlive_a_change_of_the_calendar(world, clock):
    case = world.decide(at_district(world), world.district, "pass_review", "符合。")
    Turn.objects.filter(pk=case.turns.order_by("pk").first().pk).update(used_days=9, firm_days=1)
    assert steps_of(afresh(case))[1].used_days == 9


@pytest.mark.bare
def test_waits_that_touch_are_one():
    one, two, three, four = (dt.date(2026, 3, day) for day in (2, 3, 4, 5))
    assert joined([(two, three), (one, two), (four, four)]) == [(one, three), (four, four)]
    assert joined([(one, four), (two, three)]) == [(one, four)]


def test_what_is_usual_is_made_by_night_of_the_cases_that_were_decided(world, clock):
    case = at_district(world)
    turn = open_turn(case)
    many(turn, [*range(1, ENOUGH + 1)])
    for ended in ("withdraw", "lapse", "transfer", "send_back"):
        many(turn, [300], ended_by=ended)
    many(
        turn, [300], closed_at=turn.opened_at - dt.timedelta(days=95), opened_at=turn.opened_at - dt.timedelta(days=99)
    )
    in_bulk = many(turn, [300])[0]
    decision = BulkDecision.objects.create(
        by=world.district, office=turn.office, case_type=turn.case_type, state=turn.state
    )
    BulkLine.objects.create(decision=decision, turn=in_bulk, seen=1, done=True)
    for _ in range(2):
        renew_usual_times()
        rows = UsualTime.objects.values_list("office", "state", "cases", "half", "most", "until")
        assert list(rows) == [(turn.office_id, "district", ENOUGH, 10, 16, MONDAY)]
    assert told(case, world.applicant)["通常用时"].startswith(
        f"近 90 天该单位在这个环节办结 {ENOUGH} 件：一半在 10 个工作日内，八成在 16 个工作日内"
    )


def test_fewer_cases_tell_nothing_and_what_is_no_longer_usual_goes(world, clock):
    case = at_district(world)
    turn = open_turn(case)
    made = many(turn, [3] * ENOUGH)
    renew_usual_times()
    Turn.objects.filter(pk=made[0].pk).delete()
    renew_usual_times()
    assert not UsualTime.objects.exists()
    assert "通常用时" not in told(case, world.applicant)


def test_the_days_of_a_case_are_those_of_all_rounds_at_the_office_without_the_firm_s(world, clock):
    case = at_district(world)
    clock(2)
    case = world.decide(case, world.district, "send_back", "请补充。")
    clock(9)
    case = submit_application(afresh(case), by=world.applicant)
    clock(10)
    case = world.decide(case, world.district, "pass_review", "符合。")
    assert times(case)[:2] == [("district", 2, 0), ("district", 1, 0)]
    first = case.turns.order_by("pk").first()
    many(first, [0] * (ENOUGH - 1))
    assert [row["most"] for row in usual_at(first.office)] == [0]
    Turn.objects.filter(case_id__gte=10_000).update(used_days=5)
    assert [(row["half"], row["cases"]) for row in usual_at(first.office)] == [(5, ENOUGH)]
    Turn.objects.filter(case_id__gte=10_000).update(used_days=3)
    assert [row["most"] for row in usual_at(first.office)] == [3]


def test_turns_that_were_closed_before_days_were_kept_are_counted_once(world, clock):
    case = at_district(world)
    clock(3)
    case = world.decide(case, world.district, "pass_review", "符合。")
    turn = case.turns.order_by("pk").first()
    Turn.objects.filter(pk=turn.pk).update(used_days=None, firm_days=None)
    assert steps_of(afresh(case))[1].used_days == 3
    count_missing(turn.office)
    assert times(case)[0] == ("district", 3, 0)


def test_while_an_office_is_at_work_the_applicant_reads_what_follows_what_to_do_and_whom_to_call(world, clock):
    case = at_district(world)
    words = told(case, world.applicant)
    assert set(words) == {"之后", "这段时间", "联系"}
    assert words["之后"] == "通过后进入“专业机构复审”。"
    assert "政策咨询" in words["联系"]
    assert "这段时间" not in told(case, world.district)
    turn = open_turn(case)
    type(turn.office).objects.filter(pk=turn.office_id).update(phone="022-00000000")
    assert told(afresh(case), world.applicant)["联系"].startswith(f"{turn.office} 022-00000000；")


@pytest.mark.bare
@pytest.mark.parametrize("kind", reviewed_kinds(), ids=lambda kind: kind.matter)
def test_behind_every_office_stands_a_station_and_of_each_is_said_what_to_do_meanwhile(kind):
    line = [state for state, _ in kind.model.LINE]
    offices = [state for state in line if kind.model.STATES[state].office]
    assert offices
    assert line[-1] not in offices
    assert set(kind.meanwhile) == set(offices)


@pytest.mark.parametrize("state", ["draft", "approved", "district_returned"])
def test_a_case_at_no_office_has_no_pace(world, clock, state):
    assert pace_of(drive_application(world.make_application(), state, world), world.applicant) == []


def test_the_last_station_says_what_a_pass_leads_to(world, clock):
    claim = drive_claim(world.make_claim(), "experts", world)
    assert told(claim, world.applicant)["之后"] == "通过后进入“专家评审通过”。"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("district_rejected", "进入“专业机构复审”"),
        ("body_rejected", "进入“复审通过”"),
        ("approved", "重新核定金额"),
    ],
)
def test_beside_the_line_it_says_what_becomes_of_the_decision(world, clock, client, state, words):
    application = cut(world) if state == "approved" else drive_application(world.make_application(), state, world)
    case = appealed(world, application)
    assert told(case, world.applicant)["之后"] == f"复核通过的，{words}；维持的，原决定不变。"
    client.force_login(world.applicant)
    assert words in client.get(case.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("formal_rejected", "进入“市级受理”"),
        ("experts_rejected", "进入“专家评审通过”"),
    ],
)
def test_so_it_does_of_a_redemption(world, clock, state, words):
    claim = drive_claim(world.make_claim(), state, world)
    case = appeal(claim, by=world.applicant, text=APPEAL_WORDS)
    assert told(case, world.applicant)["之后"] == f"复核通过的，{words}；维持的，原决定不变。"


def test_a_transfer_and_a_withdrawal_keep_their_days_too(world, clock):
    case = at_district(world)
    clock(1)
    office = world.other_district.offices.get()
    transfer(open_turn(case), office, by=world.district, text="属于贵区。")
    clock(3)
    end_application(afresh(case), "withdraw", by=world.applicant)
    assert times(case) == [("district", 1, 0), ("district", 2, 0)]


def test_the_page_of_a_case_shows_it_under_progress(client, world, clock):
    case = at_district(world)
    client.force_login(world.applicant)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "通过后进入“专业机构复审”" in page.split('id="progress"')[1]
