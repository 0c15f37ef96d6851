"""What every case of a unit shares."""

import pytest

from accounts.cases.querysets import UnitCaseQuerySet
from accounts.cases.services import save_case, take
from notifications.models import Notice
from records.rules import RuleBroken
from tests.factories import World
from vouchers.models import Application

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def new_case(world):
    """A case that was never saved."""
    return Application(order=world.make_order(), unit=world.unit, district=world.unit.district)


def test_a_new_case_is_kept_for_who_writes_in_its_unit(world):
    assert save_case(new_case(world), by=world.applicant).number.startswith("SQ")


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("stranger", "只有申请单位的成员可以修改这份创新券申请。"),
        ("reader", "您在这个单位的角色是“只读”，"),
    ],
)
def test_a_new_case_is_refused_to_anybody_else(world, role, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        save_case(new_case(world), by=world.people[role])


def test_nothing_is_kept_of_a_case_that_an_office_has(world):
    application = take(world.make_application(), "submit", by=world.applicant)
    with pytest.raises(RuleBroken, match="创新券申请现在的状态是“待初审”，不能修改。"):
        save_case(application, by=world.applicant)


def test_a_step_tells_whom_it_concerns(world):
    application = take(world.make_application(), "withdraw", by=world.applicant)
    assert Notice.objects.filter(url=application.get_absolute_url(), kind="application_withdrawn").exists()


def test_a_kind_that_says_no_more_is_read_with_what_its_steps_read(world):
    rows = UnitCaseQuerySet(Application)
    assert rows.to_read().query.select_related == rows.select_related(*Application.BESIDE).query.select_related
