"""Signs of a tie between applicant and provider."""

import pytest

from tests.factories import make_user
from tests.unsaved import a_provider, a_unit
from vouchers.checks import tie_warnings, ties
from vouchers.services import start_application

SHARED_PHONE = "申请单位与服务机构的联系电话相同，请核对是否存在关联关系。"


@pytest.fixture
def application(world):
    return start_application(world.make_order(), by=world.applicant)


def other_unit(**facts):
    """The unit behind a provider; nothing of it is the firm's."""
    return a_unit(**{"legal_representative": "乙样例", "address": "别路 2 号", "handler_phone": "13900000000", **facts})


def test_strangers_to_each_other_share_nothing():
    assert list(ties(a_unit(), a_provider())) == []
    assert list(ties(a_unit(), a_provider(unit=other_unit()))) == []
    assert list(ties(a_unit(legal_representative="", address="", handler_phone=""), a_provider())) == []


@pytest.mark.parametrize("side", ["provider", "unit"])
@pytest.mark.parametrize(
    ("field", "of_unit", "of_other", "word"),
    [
        ("legal_representative", "甄样例", "甄样例", "法定代表人同为“甄样例”"),
        ("address", "样例路 1 号", "样例路1号", "地址相同"),
    ],
)
def test_an_equal_person_or_place_is_told(side, field, of_unit, of_other, word):
    shared = {field: of_other}
    provider = a_provider(**shared) if side == "provider" else a_provider(unit=other_unit(**shared))
    assert [word in sentence for sentence in ties(a_unit(**{field: of_unit}), provider)] == [True]


@pytest.mark.parametrize("phone", ["13800000000", "138-0000-0000", "+86 13800000000"])
def test_an_equal_phone_is_told_however_it_is_written(phone):
    assert list(ties(a_unit(), a_provider(phone=phone))) == [SHARED_PHONE]
    assert list(ties(a_unit(), a_provider(unit=other_unit(handler_phone=phone)))) == [SHARED_PHONE]


def test_what_the_unit_was_and_what_it_is_are_compared(application):
    assert tie_warnings(application, application.order.provider) == []
    application.order.provider.phone = application.unit.handler_phone
    assert tie_warnings(application, application.order.provider) == [SHARED_PHONE]


def test_an_equal_private_mail_domain_is_told_and_a_public_one_is_not(application, world):
    for address in ("a@Sample-Group.example", "b@qq.com"):
        for unit in (application.unit, application.order.provider.unit):
            unit.members.add(make_user(email=address))
    assert tie_warnings(application, application.order.provider) == [
        "申请单位与服务机构使用同一个非公共邮箱域名“sample-group.example”，请核对是否存在关联关系。"
    ]


def test_a_provider_without_a_desk_is_no_obstacle():
    assert list(ties(a_unit(), a_provider(unit=None))) == []
