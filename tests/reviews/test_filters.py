"""What the lists of the desk offer to be narrowed by, and what they then show."""

import datetime as dt

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from redemption.models import Claim
from reviews.lists.choices import case_types, days_before, ending_words
from reviews.lists.filters import AllFilter, DoneFilter, ListFilter
from reviews.lists.scope import ANYWHERE, CLOSED, Scope
from reviews.models import Turn, TurnClaim
from tests.reviews.desk import pile
from ui.limited import MANY
from vouchers.models import Application

MONDAY = dt.datetime(2026, 11, 30, 10, tzinfo=dt.UTC)


@pytest.fixture
def turns(world, application):
    """Open turns that are due the day before yesterday, yesterday, today and so on to in a week."""
    return pile(application, world.other_district_office, 10)


def asked(cls=ListFilter, scope=None, **said):
    query = QueryDict(mutable=True)
    query.update(said)
    return cls(query, scope, Q())


def found(turns, **said):
    filtered = asked(scope=Scope((turns[0].office_id,), ("desk",)), **said)
    assert not filtered.form.errors
    return sorted(filtered.qs, key=lambda turn: turn.pk)


def kind(model):
    return str(ContentType.objects.get_for_model(model).pk)


def test_a_select_offers_what_occurs_and_is_not_there_where_there_is_no_choice(turns):
    scope = Scope((turns[0].office_id,), ("desk",))
    assert set(asked(scope=scope).form.fields) == {"q", "amount", "age"}
    Turn.objects.filter(pk=turns[0].pk).update(round=2, district="河西区")
    Turn.objects.filter(pk=turns[1].pk).update(district="南开区")
    scope = Scope((turns[0].office_id,), ("desk", "experts"))
    fields = asked(scope=scope).form.fields
    assert set(fields) == {"q", "amount", "age", "round", "district"}
    assert fields["round"].choices == [("", "轮次"), ("1", "第 1 轮"), ("2", "第 2 轮")]
    assert fields["district"].choices == [("", "区"), ("南开区", "南开区"), ("河西区", "河西区")]


def test_what_does_not_occur_narrows_nothing_and_is_told(turns):
    filtered = asked(scope=Scope((turns[0].office_id,), ("desk",)), stage="专家评审")
    assert "stage" in filtered.form.errors
    assert filtered.qs.count() == len(turns)


def test_turns_by_kind_and_stage(turns):
    assert found(turns, kind=kind(Application), stage="区初审") == turns
    Turn.objects.filter(pk=turns[0].pk).update(case_type=ContentType.objects.get_for_model(Claim), stage="专家评审")
    scope = Scope((turns[0].office_id,), ("desk", "returned"))
    assert list(asked(scope=scope, kind=kind(Claim)).qs) == [turns[0]]
    assert list(asked(scope=scope, stage="专家评审").qs) == [turns[0]]


@pytest.mark.parametrize(
    ("band", "amounts"), [("-1", [9_999]), ("1-5", [10_000, 49_999]), ("5-10", [50_000]), ("10-", [100_000])]
)
def test_turns_by_the_amount_that_is_asked_for(turns, band, amounts):
    for turn, amount in zip(turns, (9_999, 10_000, 49_999, 50_000, 100_000), strict=False):
        Turn.objects.filter(pk=turn.pk).update(amount=amount)
    listed = [turn.amount for turn in found(turns, amount=band) if turn.amount]
    assert listed == amounts


@time_machine.travel(MONDAY, tick=False)
def test_turns_by_the_working_days_since_they_came(world, application):
    turns = pile(application, world.other_district_office, 3)
    friday = timezone.now() - dt.timedelta(days=3)
    for turn, days in zip(turns, (0, 7, 30), strict=True):
        Turn.objects.filter(pk=turn.pk).update(opened_at=friday - dt.timedelta(days=days))
    assert days_before(1) == dt.datetime(2026, 11, 29, 0, tzinfo=timezone.get_current_timezone())
    assert [found(turns, age=band) for band in ("-5", "5-10", "10-")] == [[turns[0]], [turns[1]], [turns[2]]]


@pytest.mark.parametrize("words", ["SQ00000000007", " 样例事项 7 ", "00000000007"])
def test_turns_by_number_unit_and_title(turns, words):
    assert found(turns, q=words) == [turns[7]]
    assert found(turns, q=turns[0].unit_name) == turns
    assert found(turns, q="没有这样的词") == []


def test_words_of_very_many_rows_find_the_same(turns):
    filtered = asked(scope=Scope((turns[0].office_id,), ("desk",)), q="样例事项 7")
    assert list(filtered.in_plenty()) == list(filtered.qs) == [turns[7]]


def test_what_is_done_is_narrowed_by_its_result(world, application):
    done = pile(application, world.other_district_office, 2, by=world.district)
    Turn.objects.filter(pk=done[0].pk).update(ended_by="withdraw")
    filtered = asked(DoneFilter, Scope((done[0].office_id,), CLOSED), ended="withdraw")
    assert filtered.form.fields["ended"].choices == [
        ("", "结果"),
        ("pass_review", "通过"),
        ("withdraw", "申请单位撤回"),
    ]
    assert list(filtered.qs) == [done[0]]


def test_the_city_narrows_by_office_and_by_where_a_case_lies(turns):
    late = asked(AllFilter, Scope(None, ANYWHERE), office=str(turns[0].office_id), lying="past")
    assert late.reach == Scope((turns[0].office_id,), ("desk", "experts"))
    assert set(late.qs) == set(turns[:2])
    assert "category" not in late.form.fields


def test_the_choices_are_what_people_call_the_cases(db):
    assert sorted(label for _, label in case_types()) == sorted(
        ["单位认证", "服务机构入驻", "创新券申请", "创新券兑现"]
    )


@pytest.mark.parametrize(
    ("step", "words"), [("send_back", "退回修改"), ("lapse", "到期"), ("transfer", "转办"), ("unknown", "unknown")]
)
def test_every_end_has_its_words(step, words):
    assert ending_words(step) == words


def test_who_has_it_narrows(turns, world):
    assert "holder" not in asked(scope=Scope((turns[0].office_id,), ("desk",))).form.fields
    MANY.forget()
    soon = timezone.now() + dt.timedelta(minutes=5)
    for row, person in zip(turns, (world.district, world.other_district), strict=False):
        TurnClaim.objects.create(turn=row, person=person, alive_until=soon)
    past = timezone.now() - dt.timedelta(minutes=1)
    TurnClaim.objects.create(turn=turns[2], person=world.district, since=past, alive_until=past)  # run out
    fields = asked(scope=Scope((turns[0].office_id,), ("desk",))).form.fields
    people = sorted(str(person.pk) for person in (world.district, world.other_district))
    assert sorted(value for value, _ in fields["holder"].choices) == sorted(["", "none", "some", *people])
    assert found(turns, holder=str(world.district.pk)) == turns[:1]
    assert found(turns, holder="some") == turns[:2]
    assert found(turns, holder="none") == turns[2:]


def test_what_an_address_says_of_a_holder_is_taken_as_far_as_it_can_be_one(turns):
    scope = Scope((turns[0].office_id,), ("desk",))
    query = QueryDict("holder=x")
    assert ListFilter(query, scope, Q(), to_show=False).asked["holder"] == ""
    assert ListFilter(QueryDict("holder=12"), scope, Q(), to_show=False).asked["holder"] == "12"


def test_the_whole_city_is_narrowed_by_what_occurs_in_it(turns, application):
    done = {"district": "河西区", "round": 2, "lies": "done", "ended_by": "pass_review", "looked": "bad"}
    Turn.objects.filter(pk=turns[0].pk).update(**done)
    Turn.objects.filter(pk=turns[1].pk).update(looked="express")
    fields = asked(AllFilter, Scope(None, ANYWHERE)).form.fields
    assert {"district", "holder", "lying", "office"} <= set(fields)
    assert fields["looked"].choices == [("", "核对"), ("bad", "有不通过的核对"), ("express", "快速通道")]
    assert list(asked(AllFilter, Scope(None, ANYWHERE), looked="express").qs) == turns[1:2]
    stages = [value for value, _ in fields["stage"].choices]
    assert ("区初审" in stages, "专家评审" in stages) == (True, False)
    assert ("河西区", "河西区") in fields["district"].choices
    assert list(asked(AllFilter, Scope(None, ANYWHERE), ended="pass_review", district="河西区").qs) == turns[:1]


@pytest.mark.parametrize("sort", ["district", "-ended", "category", "stage", "round"])
def test_the_whole_city_has_the_orders_of_an_office(turns, world, signed_in, sort):
    page = signed_in(world.municipal).get(reverse("turn_all_list"), {"sort": sort})
    assert {turn.pk for turn in turns} <= {row.pk for row in page.context["page"]}
    assert [head["sort"] for head in page.context["heads"]] == [sort] * len(page.context["heads"])
