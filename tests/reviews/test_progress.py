import datetime as dt

import pytest
from django.utils import timezone

from reviews.models import Turn
from reviews.progress import DECIDED, header_of, next_sentence, opinions_of, steps_of
from tests.factories import (
    World,
    drive_application,
    drive_claim,
    drive_order,
    drive_unit,
    make_unit,
    make_user,
)
from tten.demo.drive import RETURN_WORDS
from vouchers.services import submit_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def states(case):
    return [step.state for step in steps_of(case)]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("draft", ["current", "todo", "todo", "todo", "todo"]),
        ("district", ["done", "current", "todo", "todo", "todo"]),
        ("district_returned", ["done", "returned", "todo", "todo", "todo"]),
        ("district_rejected", ["done", "ended", "todo", "todo", "todo"]),
        ("body", ["done", "done", "current", "todo", "todo"]),
        ("body_returned", ["done", "done", "returned", "todo", "todo"]),
        ("body_rejected", ["done", "done", "ended", "todo", "todo"]),
        ("approved", ["done", "done", "done", "done", "todo"]),
        ("redeemed", ["done", "done", "done", "done", "done"]),
        ("withdrawn", ["done", "ended", "todo", "todo", "todo"]),
        ("lapsed", ["done", "done", "ended", "todo", "todo"]),
        ("voided", ["done", "done", "done", "done", "ended"]),
    ],
)
def test_steps_of_an_application(world, state, expected):
    assert states(drive_application(world.make_application(), state, world)) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("draft", ["current", "todo", "todo", "todo", "todo", "todo"]),
        ("formal", ["done", "done", "current", "todo", "todo", "todo"]),
        ("formal_returned", ["done", "done", "returned", "todo", "todo", "todo"]),
        ("accepted", ["done", "done", "done", "current", "todo", "todo"]),
        ("experts", ["done", "done", "done", "done", "current", "todo"]),
        ("form_returned", ["done", "done", "done", "done", "returned", "todo"]),
        ("experts_rejected", ["done", "done", "done", "done", "ended", "todo"]),
        ("passed", ["done", "done", "done", "done", "done", "done"]),
        ("withdrawn", ["done", "ended", "todo", "todo", "todo", "todo"]),
        ("lapsed", ["done", "done", "ended", "todo", "todo", "todo"]),
    ],
)
def test_steps_of_a_claim(world, state, expected):
    assert states(drive_claim(world.make_claim(), state, world)) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("uncertified", ["current", "todo", "todo"]),
        ("pending", ["done", "current", "todo"]),
        ("returned", ["done", "returned", "todo"]),
        ("rejected", ["done", "ended", "todo"]),
        ("certified", ["done", "done", "done"]),
        ("expired", ["current", "todo", "todo"]),
        ("frozen", ["done", "done", "ended"]),
    ],
)
def test_steps_of_a_certification(world, state, expected):
    unit = make_unit(make_user(), "91120222MA00000312", "样例新材料有限公司")
    assert states(drive_unit(unit, state, world)) == expected


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("placed", ["done", "current", "todo"]),
        ("serving", ["done", "done", "current"]),
        ("completed", ["done", "done", "done"]),
        ("declined", ["done", "ended", "todo"]),
        ("cancelled", ["done", "ended", "todo"]),
    ],
)
def test_steps_of_an_order(world, state, expected):
    assert states(drive_order(world.make_order(), state, world)) == expected


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
        ("请在此日期前", str(case.due_on)),
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
        ("下一步", f"南开区科技局正在办理区初审，预计 {turn.due_on} 前办结。"),
    ]


def test_an_overdue_office_is_said_to_be_late_with_its_phone(world):
    case = drive_application(world.make_application(), "district", world)
    world.district_office.phone = "022-00000000"
    world.district_office.save()
    case.turns.update(due_on=dt.date(2026, 1, 5))
    assert next_sentence(case) == "南开区科技局正在办理区初审，已超过承诺日期 2026-01-05，可致电 022-00000000 询问。"


@pytest.mark.parametrize("state", ["accepted", "form_returned"])
def test_the_stamped_form_is_asked_for_until_its_day(world, state):
    case = drive_claim(world.make_claim(), state, world)
    assert next_sentence(case) == f"请在 {case.due_on} 前导出兑现申请表，签字盖章后上传扫描件。"


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
    case.turns.get(state="experts").seats.update(text="不可外传的个人意见")
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
