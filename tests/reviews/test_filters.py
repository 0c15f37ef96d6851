import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import QueryDict
from django.utils import timezone

from redemption.models import Claim
from reviews.filters import DoneFilter, TurnFilter, case_types, stages
from reviews.models import Turn
from tests.reviews.desk import pile
from vouchers.models import Application


@pytest.fixture
def turns(world, application):
    """Open turns that are due the day before yesterday, yesterday, today and so on to in a week."""
    return pile(application, world.other_district_office, 10)


def found(cls, **asked):
    query = QueryDict(mutable=True)
    query.update(asked)
    filtered = cls(query, Turn.objects.filter(office__district="120116").order_by("pk"))
    assert filtered.form.is_valid()
    return list(filtered.qs)


@pytest.mark.parametrize(("time", "days"), [("past", range(-2, 0)), ("soon", range(4)), ("later", range(4, 8))])
def test_turns_by_the_time_that_is_left(turns, time, days):
    today = timezone.localdate()
    assert [turn.due_on for turn in found(TurnFilter, time=time)] == [today + dt.timedelta(day) for day in days]


def test_turns_by_kind_and_stage(turns):
    kind = ContentType.objects.get_for_model
    assert found(TurnFilter, kind=kind(Application).pk, stage="区初审") == turns
    assert found(TurnFilter, kind=kind(Claim).pk) == []
    assert found(TurnFilter, stage="专家评审") == []


@pytest.mark.parametrize("words", ["SQ00000000007", " 样例事项 7 ", "00000000007"])
def test_turns_by_number_unit_and_title(turns, words):
    assert found(TurnFilter, q=words) == [turns[7]]
    assert found(TurnFilter, q=turns[0].unit_name) == turns
    assert found(TurnFilter, q="没有这样的词") == []


def test_the_choices_are_what_people_call_the_cases(db):
    assert sorted(label for _, label in case_types()) == sorted(
        ["单位认证", "服务机构入驻", "创新券申请", "创新券兑现"]
    )
    names = [name for name, _ in stages()]
    assert len(names) == len(set(names))
    first = {"单位认证审核", "服务机构入驻审核"}
    assert {*first, "区初审", "专业机构复审", "专业机构形式审查", "专家评审"} == set(names)


def test_what_is_done_has_no_time_left(db):
    assert list(DoneFilter({}, Turn.objects.all()).form.fields) == ["kind", "stage", "q"]
