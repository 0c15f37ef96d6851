"""Signs of a tie between applicant and provider."""

import pytest

from tests.factories import make_user
from vouchers.checks import tie_warnings
from vouchers.services import start_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(world):
    return start_application(world.make_order(), by=world.applicant)


def test_strangers_to_each_other_share_nothing(application):
    assert tie_warnings(application, application.order.provider) == []


@pytest.mark.parametrize("side", ["provider", "unit"])
@pytest.mark.parametrize(
    ("field", "of_unit", "of_other", "word"),
    [
        ("legal_representative", "甄样例", "甄样例", "法定代表人同为“甄样例”"),
        ("address", "样例路 1 号", "样例路1号", "地址相同"),
    ],
)
def test_an_equal_person_or_place_is_told(application, world, side, field, of_unit, of_other, word):
    setattr(application.unit, field, of_unit)
    provider = application.order.provider
    setattr(provider if side == "provider" else provider.unit, field, of_other)
    assert [word in sentence for sentence in tie_warnings(application, application.order.provider)] == [True]


@pytest.mark.parametrize("phone", ["13800000000", "138-0000-0000", "+86 13800000000"])
def test_an_equal_phone_is_told_however_it_is_written(application, phone):
    application.order.provider.phone = phone
    assert tie_warnings(application, application.order.provider) == [
        "申请单位与服务机构的联系电话相同，请核对是否存在关联关系。"
    ]


def test_an_equal_private_mail_domain_is_told_and_a_public_one_is_not(application, world):
    for address in ("a@Sample-Group.example", "b@qq.com"):
        for unit in (application.unit, application.order.provider.unit):
            unit.members.add(make_user(email=address))
    assert tie_warnings(application, application.order.provider) == [
        "申请单位与服务机构使用同一个非公共邮箱域名“sample-group.example”，请核对是否存在关联关系。"
    ]


def test_a_provider_without_a_desk_is_no_obstacle(application):
    application.order.provider.unit = None
    assert tie_warnings(application, application.order.provider) == []
