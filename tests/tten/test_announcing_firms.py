"""Which firms a condition finds, and who reads there."""

import pytest

from accounts.models import UnitMember
from tests.factories import drive_application, make_unit, make_user
from tten.announcing.firms import firms, in_words, people

pytestmark = pytest.mark.django_db


def found(world, **conditions):
    """The names of the firms, in short."""
    names = {world.unit.pk: "firm", world.other_unit.pk: "other", world.provider.unit_id: "provider"}
    return {names.get(unit.pk, unit.name) for unit in firms(conditions)}


def test_nothing_asked_finds_all_but_those_refused_for_good(world):
    gone = make_unit(make_user("gone"), "", "")
    type(gone).objects.filter(pk=gone.pk).update(state="rejected")
    assert found(world) == {"firm", "other", "provider"}


@pytest.mark.parametrize(
    ("conditions", "names"),
    [
        ({"side": "provider"}, {"provider"}),
        ({"side": "applicant"}, {"firm", "other"}),
        ({"districts": ["120116"]}, {"other"}),
        ({"districts": ["120104", "120116"], "side": "applicant"}, {"firm", "other"}),
        ({"standing": "yes", "side": "applicant"}, {"firm", "other"}),
        ({"standing": "no", "side": "applicant"}, set()),
        ({"voucher": True}, set()),
        ({"draft": True}, set()),
    ],
)
def test_each_condition_narrows(world, conditions, names):
    assert found(world, **conditions) == names


def test_vouchers_drafts_and_categories(world):
    application = world.make_application()
    category = world.product.category
    top = category.parent_id or category.pk
    assert found(world, draft=True) == {"firm"}
    assert found(world, categories=[top], side="applicant") == {"firm"}
    world.provider.scope.add(category)
    assert found(world, categories=[top]) == {"firm", "provider"}
    drive_application(application, "approved", world)
    assert (found(world, draft=True), found(world, voucher=True)) == (set(), {"firm"})
    world.make_claim(application)
    assert found(world, draft=True) == {"firm"}


def test_a_person_of_two_firms_is_one_reader_and_who_cannot_sign_in_is_none(world):
    UnitMember.objects.create(unit=world.unit, user=world.stranger)
    type(world.reader).objects.filter(pk=world.reader.pk).update(is_active=False)
    readers = people({"side": "applicant"})
    assert [person.username for person in readers] == ["applicant", "stranger"]


def test_the_conditions_in_words(world):
    assert in_words({}) == ["全部单位"]
    category = world.product.category
    told = in_words(
        {"side": "provider", "standing": "no", "districts": ["120104"], "categories": [category.pk], "voucher": True}
        | {"draft": True}
    )
    assert told == [
        "单位类型：创新券服务机构",
        "单位认证：没有通过单位认证，或需重新认证",
        "所属区：南开区",
        f"服务类别：{category}",
        "创新券：有可以使用的创新券",
        "草稿：有尚未提交的申请或兑现草稿",
    ]
