"""工作情况: what is counted of a month and what not, who sees it, that it is the same when it is counted again, and what it costs."""

import datetime as dt
import io

import pytest
import python_calamine as calamine
from django.urls import reverse
from django.utils import timezone

from policy.calendar import add_months, today
from policy.models import CalendarDay
from reviews.claims import services as claims
from reviews.models import MonthPerson, MonthReason, MonthTimes, Office, Turn
from reviews.models.figures import month_of
from reviews.picture.counting import KEPT, SHOWN, UNMARKED, count_month, renew
from reviews.picture.figures import Asked, month_rows, open_rows, people_rows, reason_rows, reasons_told, times_rows
from reviews.services import give_opinion
from reviews.tasks import count_months
from tests.factories import drive_application
from tests.reviews.desk import open_turn, pile, queries

PAGES = ("picture", "picture_open", "picture_months", "picture_reasons", "picture_people")


@pytest.fixture
def head(world):
    """The reviewer of the body, at its head."""
    world.body_office.memberships.filter(user=world.body).update(role="lead")
    return world.body


@pytest.fixture
def turn(world):
    return open_turn(drive_application(world.make_application(10_000, 5_000), "body", world))


def asked(world, months=SHOWN):
    return Asked([world.body_office.pk], months)


def decided(turns, *days, due=0):
    """The turns as decided today, each having come so many days ago; due: days from today to the promised one."""
    now = timezone.now()
    for turn, ago in zip(turns, days, strict=True):
        Turn.objects.filter(pk=turn.pk).update(
            opened_at=now - dt.timedelta(days=ago), closed_at=now, due_on=today() + dt.timedelta(days=due)
        )


def always_working():
    """Each of the last days is a working day, whatever the calendar says."""
    days = [today() - dt.timedelta(days=number) for number in range(30)]
    CalendarDay.objects.bulk_create(CalendarDay(date=day, is_working=True, note="样例") for day in days)


def test_the_days_of_what_was_decided_are_counted_by_stage(world, turn):
    always_working()
    decided(pile(turn.case, world.body_office, 5, by=world.body), 0, 1, 2, 2, 9)
    count_month(month_of(today()))
    [row] = MonthTimes.objects.filter(office=world.body_office)
    assert row.days == {"0": 1, "1": 1, "2": 2, "9": 1}
    assert (row.decided, row.in_time, row.share, row.median, row.eighty) == (5, 5, "100%", 2, 2)


def test_what_came_after_the_promised_day_is_not_in_time(world, turn):
    first, second = pile(turn.case, world.body_office, 2, by=world.body)
    decided([first], 1)
    decided([second], 1, due=-1)
    count_month(month_of(today()))
    [row] = MonthTimes.objects.filter(office=world.body_office)
    assert (row.decided, row.in_time, row.share) == (2, 1, "50%")
    assert MonthPerson.objects.get(reviewer=world.body).in_time == 1


def test_what_nobody_decided_is_not_counted(world, turn):
    turns = pile(turn.case, world.body_office, 3, by=world.body)
    decided(turns, 1, 1, 1)
    Turn.objects.filter(pk=turns[0].pk).update(ended_by="withdraw")
    Turn.objects.filter(pk=turns[1].pk).update(ended_by="lapse")
    count_month(month_of(today()))
    assert [row.decided for row in MonthTimes.objects.filter(office=world.body_office)] == [1]


def test_a_month_ends_at_midnight_in_tianjin(world, turn):
    [one] = pile(turn.case, world.body_office, 1, by=world.body)
    this = month_of(today())
    begins = timezone.make_aware(dt.datetime.combine(this, dt.time.min))
    for closed, month in ((begins, this), (begins - dt.timedelta(seconds=1), add_months(this, -1))):
        Turn.objects.filter(pk=one.pk).update(opened_at=closed - dt.timedelta(days=1), closed_at=closed)
        renew()
        assert list(MonthTimes.objects.filter(office=world.body_office).values_list("month", flat=True)) == [month]


def test_a_month_that_is_counted_again_is_the_same(world, turn):
    decided(pile(turn.case, world.body_office, 3, by=world.body), 1, 2, 3)
    give_opinion(turn, by=world.body, verdict="send_back", text="请补充合同。", corrections=["description"])
    pictures = []
    for _ in range(2):
        count_months()
        rows = [model.objects.order_by("pk") for model in (MonthTimes, MonthReason, MonthPerson)]
        pictures.append([[str(row) for row in found] for found in rows])
    assert pictures[0] == pictures[1]
    assert all(pictures[0])


def test_the_first_count_reaches_back_as_far_as_the_picture_and_old_months_go(world, turn):
    [one] = pile(turn.case, world.body_office, 1, by=world.body)
    long_ago = timezone.now() - dt.timedelta(days=300)
    Turn.objects.filter(pk=one.pk).update(opened_at=long_ago - dt.timedelta(days=1), closed_at=long_ago)
    old = MonthPerson.objects.create(
        month=add_months(month_of(today()), -KEPT),
        office=world.body_office,
        reviewer=world.body,
        decided=1,
        in_time=1,
        returned=0,
        refused=0,
    )
    renew()
    assert MonthTimes.objects.get(office=world.body_office).month == month_of(timezone.localdate(long_ago))
    assert not MonthPerson.objects.filter(pk=old.pk).exists()


def test_for_what_cases_were_returned_and_refused(world, turn):
    Office.objects.filter(pk=world.other_body_office.pk).update(is_active=False)
    give_opinion(turn, by=world.body, verdict="send_back", text="请补充。", corrections=["description", "documents"])
    refused, plain = (open_turn(drive_application(world.make_application(10_000, 5_000), "body", world)) for _ in "ab")
    give_opinion(refused, by=world.body, verdict="reject", text="属于日常检验。", reason="R-SCOPE")
    give_opinion(plain, by=world.body, verdict="send_back", text="请补充。")
    renew()
    rows = reasons_told(reason_rows(asked(world)))
    told = {(row.result, row.reason): row.number for row in rows}
    assert told.pop(("不通过", "服务内容不属于支持范围")) == 1
    assert told.pop(("退回修改", UNMARKED)) == 1
    assert set(told.values()) == {1}
    assert len(told) == 2
    assert {row.matter for row in rows} == {"创新券申请"}


def test_who_decided_how_much_and_what_he_has(world, turn):
    decided(pile(turn.case, world.body_office, 2, by=world.body), 1, 1)
    claims.claim(turn, by=world.body_second)
    renew()
    first, second = people_rows(asked(world))
    assert (first.user, first.decided, first.has) == (world.body, 2, 0)
    assert (second.user, second.decided, second.has) == (world.body_second, 0, 1)


def test_what_lies_open_by_age(world, turn):
    always_working()
    turns = pile(turn.case, world.body_office, 3)
    for one, ago in zip(turns, (1, 7, 20), strict=True):
        Turn.objects.filter(pk=one.pk).update(opened_at=timezone.now() - dt.timedelta(days=ago))
    Turn.objects.filter(pk=turn.pk).delete()
    [row] = open_rows(asked(world))
    assert (row.young, row.middle, row.old, row.total, row.overdue) == (1, 1, 1, 3, 2)
    assert row.oldest.date() == (timezone.now() - dt.timedelta(days=20)).date()


def test_months_of_all_offices_together(world, turn):
    always_working()
    decided(pile(turn.case, world.body_office, 2, by=world.body), 1, 1)
    decided(pile(turn.case, world.other_body_office, 2, by=world.body), 9, 9)
    renew()
    months = month_rows(Asked([world.body_office.pk, world.other_body_office.pk], 3))
    assert [month.decided for month in months] == [4, 0, 0]
    assert (months[0].median, months[0].eighty, months[0].share) == (1, 9, "100%")
    assert (months[1].median, months[1].share) == (None, "")


def test_who_sees_the_work_of_an_office(world, client, head):
    found = {}
    for person in ("body", "municipal", "district", "platform", "applicant", "auditor", "administrator"):
        client.force_login(getattr(world, person))
        found[person] = {client.get(reverse(page)).status_code for page in PAGES}
    assert {person for person, codes in found.items() if codes == {200}} == {"body", "municipal"}
    assert {person for person, codes in found.items() if codes == {404}} == set(found) - {"body", "municipal"}


def test_what_the_city_decides_itself_is_counted_with_all_offices(world, client, turn):
    city = world.municipal.office_memberships.get().office
    decided(pile(turn.case, city, 2, by=world.municipal), 1, 1)
    pile(turn.case, city, 3)
    renew()
    client.force_login(world.municipal)
    everything = client.get(reverse("picture")).context["form"].asked
    assert city.pk in everything.offices
    assert sum(row.total for row in open_rows(everything)) == 4  # with the one of the body
    assert [row.decided for row in times_rows(everything) if row.office == city] == [2]


def test_a_head_sees_his_own_office_alone(world, client, head, turn):
    decided(pile(turn.case, world.other_body_office, 2, by=world.body), 1, 1)
    renew()
    client.force_login(head)
    page = client.get(reverse("picture_months"), {"office": world.other_body_office.pk})
    assert list(page.context["page"]) == []
    client.force_login(world.municipal)
    page = client.get(reverse("picture_months"), {"office": world.other_body_office.pk})
    assert [row.decided for row in page.context["page"]] == [2]


@pytest.mark.parametrize("query", [{"months": "5"}, {"months": "x"}, {"office": "999999"}, {"office": "x"}])
def test_what_cannot_be_asked_is_said_and_narrows_nothing(world, client, query):
    client.force_login(world.municipal)
    response = client.get(reverse("picture"), query)
    assert response.context["form"].errors
    assert response.context["form"].asked.months == SHOWN
    assert len(response.context["form"].asked.offices) > 1


def test_a_table_is_taken_away_as_it_is_read(world, client, turn, head):
    decided(pile(turn.case, world.body_office, 2, by=world.body), 0, 0)
    renew()
    client.force_login(head)
    found = {}
    for page in PAGES[1:]:
        response = client.post(reverse("export_start"), {"path": reverse(page), "query": ""})
        rows = (
            calamine.CalamineWorkbook.from_filelike(io.BytesIO(response.getvalue())).get_sheet_by_index(0).to_python()
        )
        found[page] = rows
    assert found["picture_months"][-1][1:7] == ["样例专业机构", "创新券申请", "区初审", 2.0, 2.0, "100%"]
    assert found["picture_open"][-1][0] == "创新券申请"
    assert found["picture_people"][1][0] == str(world.body)
    assert len(found["picture_reasons"]) == 1


def test_the_picture_costs_the_same_with_fifty_as_with_five(world, client, turn):
    client.force_login(world.municipal)
    costs = []
    for count in (5, 45):
        turns = pile(turn.case, world.body_office, count, by=world.body)
        decided(turns, *[number % 7 for number in range(count)])
        pile(turn.case, world.body_office, count)
        renew()
        client.get(reverse("picture"))
        costs.append(queries(lambda: client.get(reverse("picture"))))
    assert costs[0] == costs[1] <= 15
