"""开始之前: six questions whose answers are kept nowhere, what the others were sent back for, and how long they took."""

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.urls import reverse

from help import telling
from help.models import FillTime
from help.start import QUESTIONS, verdict_of
from help.tasks import count_fill_times
from policy.calendar import add_months, today
from policy.models import ContractDateRule, PolicyVersion
from reviews.models import MonthReason, Office
from reviews.models.figures import month_of
from reviews.picture.counting import UNMARKED
from tests.factories import World, drive_application
from tests.helpers import new_policy
from tests.tour_of_help import fitting
from vouchers.models import Application

BY_NAME = {question.name: question for question in QUESTIONS}


def other(answer):
    return {"yes": "no", "no": "yes"}[answer]


def page_for(client, **answers):
    return client.get(reverse("start_home"), answers).content.decode()


@pytest.mark.bare
@pytest.mark.parametrize("name", BY_NAME)
def test_one_answer_that_does_not_fit_stands_against_it_with_its_rule(name):
    wrong = fitting() | {name: other(BY_NAME[name].fits)}
    assert verdict_of(wrong, PolicyVersion()).against == (BY_NAME[name],)


@pytest.mark.bare
def test_who_fits_in_all_may_apply():
    assert len(QUESTIONS) == 6
    assert verdict_of(fitting(), PolicyVersion()).against == ()


@pytest.mark.bare
@pytest.mark.parametrize(
    ("rule", "against", "noted"),
    [
        (ContractDateRule.HARD, ("contract",), ()),
        (ContractDateRule.WARN, (), ("contract",)),
        (ContractDateRule.OFF, (), ()),
    ],
)
def test_a_contract_that_is_signed_counts_as_the_policy_says(rule, against, noted):
    verdict = verdict_of(fitting() | {"contract": "yes"}, PolicyVersion(contract_date_rule=rule))
    assert (tuple(q.name for q in verdict.against), tuple(q.name for q in verdict.noted)) == (against, noted)


@pytest.mark.django_db
def test_the_page_ends_with_the_rule_or_with_the_figures_in_force(client):
    World()
    new_policy(promised_district=6)
    assert "按您的回答" not in page_for(client)
    may = page_for(client, **fitting())
    assert ("可以申请</h3>" in may, "区初审 6 个工作日" in may) == (True, True)
    refused = page_for(client, **fitting() | {"tie": "yes"})
    assert ("现在不能申请</h3>" in refused, BY_NAME["tie"].rule in refused) == (True, True)
    assert [q.name for q in QUESTIONS if q.name != "tie" and q.rule in refused] == []


@pytest.mark.django_db
def test_an_answer_that_is_missing_or_odd_is_asked_for_again(client):
    page = page_for(client, firm="yes", tie="<script>")
    assert ("按您的回答" in page, "请选择“是”或“否”。" in page, "<script>alert" in page) == (False, True, False)


@pytest.mark.django_db
def test_nothing_of_the_answers_is_kept(client):
    response = client.get(reverse("start_home"), fitting())
    assert (response.status_code, response.cookies.get("sessionid"), Session.objects.count()) == (200, None, 0)


def returned(model, reason, number, *, month=None, verdict="send_back", office=None):
    """Write what a night has counted."""
    MonthReason.objects.create(
        month=month or month_of(today()),
        office=office or Office.objects.filter(kind=Office.Kind.DISTRICT).first(),
        case_type=ContentType.objects.get_for_model(model),
        verdict=verdict,
        reason=reason,
        number=number,
    )


@pytest.mark.django_db
def test_returns_are_told_from_enough_on_the_most_frequent_first():
    world = World()
    returned(Application, "项目名称", 8)
    returned(Application, "服务内容及与研发活动的关系", 11)
    assert telling.returned_for() == {}  # one too few
    returned(Application, UNMARKED, 30)
    returned(Application, "项目名称", 5, office=world.body_office)
    returned(Application, "单位不符合申请条件", 90, verdict="reject")
    returned(Application, "合同草案", 90, month=add_months(month_of(today()), -4))
    assert telling.returned_for() == {"application": ["项目名称", "服务内容及与研发活动的关系"]}


@pytest.mark.django_db
def test_the_reasons_stand_on_the_page(client):
    returned(Application, "项目名称", telling.ENOUGH, office=World().district_office)
    page = page_for(client)
    assert ("别人最常被退回的" in page, "<li>项目名称</li>" in page) == (True, True)


def handed_in(world, minutes, *, begun=None):
    """An application that took so long."""
    application = drive_application(world.make_application(10_000, 5_000), "district", world)
    begun = begun or dt.datetime.combine(today(), dt.time(1), telling.SHANGHAI)
    Application.objects.filter(pk=application.pk).update(
        created_at=begun, submitted_at=begun + dt.timedelta(minutes=minutes)
    )


@pytest.mark.django_db
def test_minutes_are_the_median_of_those_that_were_done_within_a_day(monkeypatch):
    world = World()
    monkeypatch.setattr(telling, "ENOUGH", 3)
    for minutes in (10, 20, 60 * 24):
        handed_in(world, minutes)
    old = dt.datetime.combine(today(), dt.time(1), telling.SHANGHAI) - telling.REMEMBERED - dt.timedelta(days=2)
    handed_in(world, 500, begun=old)
    count_fill_times()
    row = FillTime.objects.get(matter="application")
    assert (row.minutes, row.cases, telling.fill_minutes()) == (15, 2, {})
    handed_in(world, 40)
    count_fill_times()
    count_fill_times()
    assert telling.fill_minutes() == {"application": 20}
    Application.objects.update(submitted_at=old)
    count_fill_times()
    assert FillTime.objects.count() == 0
