"""冻结 and 解冻: who may, what stops and what goes on, for a unit that buys and for one that provides."""

import pytest
from django.urls import reverse

from accounts.certification.services import set_frozen
from orders.services import check_orderable, move_order
from tests.factories import drive_application, drive_unit, make_unit, make_user
from tests.helpers import afresh, refused
from vouchers.services import end_application, start_application

pytestmark = pytest.mark.django_db
OTHER = ("91120222MA00000312", "雍阳样例工贸有限公司", "120114")
WHY = "样例：提交虚假材料"
ROLES = {
    "platform": True,
    "applicant": False,
    "stranger": False,
    "provider_member": False,
    "district": False,
    "body": False,
    "municipal": False,
    "administrator": False,
    "expert_1": False,
    "clock": False,
}


def freeze(world, unit=None, *, frozen=True):
    return set_frozen(unit or world.unit, frozen=frozen, by=world.platform, text=WHY)


@pytest.mark.parametrize(("role", "may"), ROLES.items())
@pytest.mark.parametrize("frozen", [True, False])
def test_who_may_freeze_and_who_may_lift_it(world, role, may, frozen):
    unit = world.unit if frozen else freeze(world)
    if may:
        assert set_frozen(unit, frozen=frozen, by=world.people[role], text=WHY).is_frozen is frozen
    else:
        with refused("R-PERM"):
            set_frozen(unit, frozen=frozen, by=world.people[role], text=WHY)


def test_a_reviewer_does_not_freeze_the_unit_he_belongs_to(world):
    world.unit.memberships.create(user=world.platform, role="reader")
    with refused("R-PERM"):
        freeze(world)


@pytest.mark.parametrize("state", ["pending", "expired"])
def test_only_a_certified_unit_is_frozen(world, state):
    unit = drive_unit(make_unit(make_user(), *OTHER), state, world)
    with refused("R-STATE"):
        freeze(world, unit)


def test_lifting_it_brings_back_what_was_before_without_a_new_snapshot(world):
    before = world.unit.snapshots.count()
    assert freeze(world, freeze(world), frozen=False).state == "certified"
    assert world.unit.snapshots.count() == before


def test_a_frozen_unit_begins_nothing(world):
    order = world.make_order()
    freeze(world)
    for begin in (world.make_order, lambda: start_application(order, by=world.applicant)):
        with refused("R-FROZEN", match="冻结原因见【我的帐号】-【安全认证】"):
            begin()


def test_what_runs_goes_on_and_can_be_withdrawn(world):
    first = drive_application(world.make_application(contract=20_000, applied=10_000), "district", world)
    second = drive_application(world.make_application(contract=20_000, applied=10_000), "district", world)
    freeze(world)
    assert world.decide(afresh(first), world.district, "pass_review").state == "body"
    assert end_application(afresh(second), "withdraw", by=world.applicant).state == "withdrawn"


def test_its_pages_say_so_with_the_reason_and_what_it_still_may(client, world):
    freeze(world)
    client.force_login(world.applicant)
    page = client.get(world.unit.get_absolute_url()).content.decode()
    assert f"冻结原因：{WHY}。冻结期间不能新下订单" in page
    assert "已提交的事项照常办理，可以查看、撤回和按期补正" in page
    assert "单位已被冻结，不能提交新的事项" in client.get(reverse("user_center")).content.decode()


def test_the_reason_stays_that_of_the_freeze_after_a_small_change(client, world):
    freeze(world)
    client.force_login(world.applicant)
    url = reverse("certification_particulars", args=[world.unit.number])
    client.post(url, {"handler_name": "新经办", "handler_phone": "13800000009"})
    page = client.get(world.unit.get_absolute_url()).content.decode()
    assert (f"冻结原因：{WHY}" in page, "新经办" in page) == (True, True)


def test_nobody_orders_of_a_frozen_provider_and_its_running_orders_go_on(world):
    order = world.make_order()
    freeze(world, drive_unit_of(world.provider, world))
    with refused("R-FROZEN", match="这家服务机构已被平台冻结"):
        world.make_order()
    with refused("R-FROZEN"):
        check_orderable(world.product, by=world.stranger)
    assert move_order(order, "confirm", by=world.provider_member).state == "serving"


def drive_unit_of(provider, world):
    """The unit behind the provider, certified."""
    unit, owner = provider.unit, provider.unit.members.get()
    if unit.state == "certified":
        return unit
    whole = make_unit(owner, OTHER[0], "别的样例中心", kind="institution")
    type(unit).objects.filter(pk=unit.pk).update(
        **{name: getattr(whole, name) for name in ("address", "founded_on", "legal_representative", "handler_name")},
        handler_phone="13800000001",
        licence=whole.licence,
        licence_permanent=True,
        district=whole.district,
    )
    return drive_unit(afresh(unit), "certified", world)


def test_the_page_of_an_order_says_so_to_the_buyer(client, world):
    freeze(world, drive_unit_of(world.provider, world))
    client.force_login(world.applicant)
    response = client.get(reverse("order_place", args=[world.product.number]))
    assert response.status_code == 409
    assert "这家服务机构已被平台冻结" in response.content.decode()
