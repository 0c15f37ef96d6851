import datetime as dt
import itertools

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Unit
from orders.models import Order
from records.models import Event
from redemption.models import Claim
from reviews.course import Course
from reviews.models import Office, Turn
from reviews.progress import (
    DECIDED,
    common_words,
    header_of,
    next_sentence,
    office_words,
    opinions_of,
    state_of,
    steps_of,
)
from tests.factories import World, drive_application, drive_claim, drive_order
from tests.unsaved import a_claim, a_voucher
from tten.demo.drive import RETURN_WORDS
from vouchers.models import Application
from vouchers.services import submit_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def states(case):
    return [step.state for step in steps_of(case)]


def stations(model, way):
    """How the line of a case looks that has come this way: states, the last one where it stands."""
    way = way.split()
    course = Course(model(state=way[-1]))
    course.moves = [Event(from_state=before, to_state=after) for before, after in itertools.pairwise(way)]
    return " ".join(state_of(course, index) for index in range(len(course.line)))


TO_APPROVED = "draft district body approved"
TO_EXPERTS = "draft district formal accepted experts"


@pytest.mark.bare
@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("draft", "current todo todo todo todo"),
        ("draft district", "done current todo todo todo"),
        ("draft district district_returned", "done returned todo todo todo"),
        ("draft district district_returned district", "done current todo todo todo"),
        ("draft district district_rejected", "done ended todo todo todo"),
        ("draft district body", "done done current todo todo"),
        ("draft district body body_returned", "done done returned todo todo"),
        ("draft district body body_returned district", "done current todo todo todo"),
        ("draft district body body_rejected", "done done ended todo todo"),
        (TO_APPROVED, "done done done done todo"),
        (f"{TO_APPROVED} redeemed", "done done done done done"),
        ("draft district withdrawn", "done ended todo todo todo"),
        ("draft district body body_returned lapsed", "done done ended todo todo"),
        (f"{TO_APPROVED} voided", "done done done done ended"),
    ],
)
def test_stations_of_an_application(way, expected):
    assert stations(Application, way) == expected


@pytest.mark.bare
@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("draft", "current todo todo todo todo todo"),
        ("draft district formal", "done done current todo todo todo"),
        ("draft district formal formal_returned", "done done returned todo todo todo"),
        ("draft district formal accepted", "done done done current todo todo"),
        (TO_EXPERTS, "done done done done current todo"),
        (f"{TO_EXPERTS} form_returned", "done done done done returned todo"),
        (f"{TO_EXPERTS} experts_rejected", "done done done done ended todo"),
        (f"{TO_EXPERTS} passed", "done done done done done done"),
        ("draft district withdrawn", "done ended todo todo todo todo"),
        ("draft district formal formal_returned lapsed", "done done ended todo todo todo"),
    ],
)
def test_stations_of_a_claim(way, expected):
    assert stations(Claim, way) == expected


@pytest.mark.bare
@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("uncertified", "current todo todo"),
        ("uncertified pending", "done current todo"),
        ("uncertified pending returned", "done returned todo"),
        ("uncertified pending rejected", "done ended todo"),
        ("uncertified pending certified", "done done done"),
        ("uncertified pending certified expired", "current todo todo"),
        ("uncertified pending certified frozen", "done done ended"),
    ],
)
def test_stations_of_a_certification(way, expected):
    assert stations(Unit, way) == expected


@pytest.mark.bare
@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("placed", "done current todo"),
        ("placed serving", "done done current"),
        ("placed serving completed", "done done done"),
        ("placed declined", "done ended todo"),
        ("placed cancelled", "done ended todo"),
    ],
)
def test_stations_of_an_order(way, expected):
    assert stations(Order, way) == expected


def test_the_steps_of_a_driven_case_are_its_stations(world):
    for case, expected in (
        (drive_application(world.make_application(), "voided", world), "done done done done ended"),
        (drive_order(world.make_order(), "serving", world), "done done current"),
        (world.unit, "done done done"),
    ):
        assert states(case) == expected.split()


def test_a_station_names_office_times_promise_and_used_days(world):
    case = drive_application(world.make_application(), "body", world)
    arrived = timezone.now() - dt.timedelta(days=14)  # two weeks hold ten working days, or fewer by a holiday
    Turn.objects.filter(case_id=case.pk, state="body").update(opened_at=arrived)
    draft, district, body, approved, _ = steps_of(case)
    assert (draft.arrived, draft.decided is None) == (case.created_at, False)
    assert (district.office, district.promised_days, district.used_days) == ("南开区科技局", 5, 0)
    assert district.decided >= district.arrived
    assert (body.office, body.promised_days, body.decided, body.arrived) == ("样例专业机构", 10, None, arrived)
    assert 7 <= body.used_days <= 10
    assert (approved.promised_days, approved.next) == (None, "")


def test_a_case_that_comes_back_to_the_district_shows_the_body_as_not_begun(world):
    case = drive_application(world.make_application(), "body_returned", world)
    case.applied_amount -= 1000
    case.save()
    case = submit_application(case, by=world.applicant)
    assert case.state == "district"
    assert states(case) == ["done", "current", "todo", "todo", "todo"]


def test_the_returned_station_says_until_when_the_applicant_mends(world):
    case = drive_application(world.make_application(), "district_returned", world)
    words = f"请在 {case.due_on} 前按审核意见补充材料并重新提交。"
    assert steps_of(case)[1].next == words
    assert header_of(case, world.applicant).facts == [
        ("所属单位", case.unit.name),
        ("当前办理", "您的单位"),
        ("下一步", words),
    ]


def test_a_reviewer_reads_that_the_unit_is_awaited(world):
    case = drive_application(world.make_application(), "district_returned", world)
    header = header_of(case, world.district)
    assert header.holder == case.unit.name
    assert header.next_sentence == f"等待申请单位在 {case.due_on} 前按审核意见补充材料并重新提交。"


def test_an_office_at_work_is_named_with_its_day_and_never_a_person(world):
    case = drive_application(world.make_application(), "district", world)
    turn = case.turns.get()
    header = header_of(case, world.applicant)
    assert header.facts == [
        ("所属单位", case.unit.name),
        ("当前办理", "南开区科技局"),
        ("预计办结", str(turn.due_on)),
    ]


def at_the_district(**facts):
    office = Office(name="南开区科技局", phone="022-00000000")
    return Turn(stage="区初审", office=office, due_on=dt.date(2026, 1, 5), **facts)


LATE = "南开区科技局正在办理区初审，已超过承诺日期 2026-01-05，可致电 022-00000000 询问。"


@pytest.mark.bare
@pytest.mark.parametrize(
    ("day", "words"), [("2026-01-05", "南开区科技局正在办理区初审，预计 2026-01-05 前办结。"), ("2026-01-06", LATE)]
)
def test_an_office_is_said_to_be_late_with_its_phone_from_the_day_after(day, words):
    with time_machine.travel(f"{day} 10:00 +0800", tick=False):
        assert office_words(at_the_district(opened_at=timezone.now())) == words


def test_an_overdue_office_speaks_on_the_page(world):
    case = drive_application(world.make_application(), "district", world)
    world.district_office.phone = "022-00000000"
    world.district_office.save()
    case.turns.update(due_on=dt.date(2026, 1, 5))
    assert next_sentence(case) == LATE


@pytest.mark.bare
@pytest.mark.parametrize("state", ["accepted", "form_returned"])
@time_machine.travel("2026-11-24 10:00 +0800", tick=False)
def test_the_stamped_form_is_asked_for_until_its_day(state):
    claim = Claim(state=state, due_on=dt.date(2026, 12, 8))
    assert next_sentence(claim) == "请在 2026-12-08 前导出兑现申请表，签字盖章后上传扫描件。"
    assert next_sentence(claim, own=False) == "等待申请单位在 2026-12-08 前导出兑现申请表，签字盖章后上传扫描件。"


@pytest.mark.bare
@time_machine.travel("2026-11-24 10:00 +0800", tick=False)
def test_a_refused_claim_says_until_when_the_voucher_still_holds():
    claim = a_claim(state="formal_rejected")
    claim.pk = None
    assert next_sentence(claim) == "创新券仍然有效，可在 2028-02-24 前重新申请兑现。"
    assert next_sentence(claim, own=False) == "本事项已结束：形式审查不通过。"


@pytest.mark.bare
@time_machine.travel("2026-11-24 10:00 +0800", tick=False)
def test_a_voucher_says_its_two_days_to_its_own_people():
    voucher = a_voucher(pk=None)
    assert next_sentence(voucher) == "请在 2027-11-24 前完成服务，在 2028-02-24 前申请兑现。"
    assert next_sentence(voucher, own=False) == "等待：兑现。"


@pytest.mark.bare
@pytest.mark.parametrize(
    ("state", "own", "words"),
    [
        ("draft", True, "请填写完整并提交。"),
        ("draft", False, "等待申请单位提交。"),
        ("district_returned", True, "请在 2026-12-08 前按审核意见补充材料并重新提交。"),
        ("district_returned", False, "等待申请单位在 2026-12-08 前按审核意见补充材料并重新提交。"),
        ("body_rejected", True, "本事项已结束：复审不通过。"),
        ("redeemed", True, DECIDED),
    ],
)
@time_machine.travel("2026-11-24 10:00 +0800", tick=False)
def test_what_comes_next_where_no_office_is_at_work(state, own, words):
    assert common_words(Application(state=state, due_on=dt.date(2026, 12, 8)), own=own) == words


def test_what_ended_well_says_that_nothing_is_left(world):
    assert header_of(world.unit, world.applicant).facts[0] == ("当前办理", "已办结")
    assert next_sentence(drive_claim(world.make_claim(), "passed", world).application) == DECIDED


def test_opinions_of_all_rounds_in_order_with_offices_reasons_in_words_and_no_code(world):
    case = drive_application(world.make_application(), "district_returned", world)
    case = submit_application(case, by=world.applicant)
    case = world.decide(case, world.district, "reject", "服务内容不符。", reason="R-SCOPE")
    rows = [(row.sequence, row.round, row.stage, row.office, row.result, row.text) for row in opinions_of(case)]
    first = f"{RETURN_WORDS}\n请修改：服务内容及与研发活动的关系。"
    last = "原因：服务内容不属于支持范围。\n服务内容不符。"
    assert rows == [
        (1, 1, "区初审", "南开区科技局", "退回修改", first),
        (2, 2, "区初审", "南开区科技局", "不通过", last),
    ]


def test_of_the_experts_only_the_groups_opinion_is_shown(world):
    case = drive_claim(world.make_claim(), "passed", world)
    told = [row.text for row in opinions_of(case)]
    assert told == ["材料齐全，情况属实。", "发票、回单与合同一致，形式审查合格。", "专家组一致同意兑现。"]


def test_marks_are_shown_by_their_labels(world):
    case = drive_application(world.make_application(), "district", world)
    case = world.decide(case, world.district, "send_back", "请补充。", corrections=["content", "发票"])
    assert opinions_of(case)[0].text == "请补充。\n请修改：服务内容及与研发活动的关系、发票。"


def test_progress_and_opinions_cost_few_queries(world, django_assert_max_num_queries):
    case = drive_claim(world.make_claim(), "passed", world)
    with django_assert_max_num_queries(8):
        steps_of(case, world.applicant)
        opinions_of(case)
        header_of(case, world.applicant)
