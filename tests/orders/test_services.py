"""Verbs of orders: what is copied when one is placed, who may order, which end needs words, who sees it."""

from decimal import Decimal

import pytest

from accounts.certification.services import set_frozen
from accounts.models import UnitMember
from catalog.models import Laboratory, Product, Provider
from orders.models import Order
from orders.services import move_order
from tests.factories import drive_order, make_category, make_laboratory, make_product, make_user
from tests.helpers import afresh, refused

pytestmark = pytest.mark.django_db
WORDS = "项目计划有变。"


def test_price_category_and_mark_are_copied_and_stay(world):
    category = make_category(name="材料性能测试")
    product = make_product(world.provider, category, name="拉伸试验", price=Decimal("1999.99"), price_unit="件")
    order = world.make_order(product=product)
    Product.objects.update(price=1, is_marked=False, name="改名")
    type(category).objects.update(may_be_marked=False, name="改类")
    order = afresh(order)
    assert (order.product_name, order.category_name, order.price, order.price_unit) == (
        "拉伸试验",
        "材料性能测试",
        Decimal("1999.99"),
        "件",
    )
    assert (order.is_marked, order.category_may_be_marked, order.provider) == (True, True, world.provider)


def test_placing_is_the_first_line_of_the_trail(world):
    event = world.make_order().events.get()
    assert (event.step, event.from_state, event.to_state, event.actor) == ("place", "", "placed", world.applicant)


def test_an_account_without_a_unit_may_order(world):
    person = make_user()
    order = world.make_order(by=person)
    assert (order.unit, order.buyer, order.buyer_name) == (None, person, str(person))
    assert move_order(order, "cancel", by=person, words=WORDS).state == "cancelled"


def test_a_frozen_unit_orders_nothing(world):
    set_frozen(world.unit, frozen=True, by=world.platform, text="提供虚假材料。")
    with refused("R-FROZEN", match="您的单位已被冻结"):
        world.make_order()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lab: Product.objects.update(status="draft"),
        lambda lab: Product.objects.update(status="withdrawn"),
        lambda lab: Provider.objects.update(is_active=False),
        lambda lab: Laboratory.objects.update(status="paused"),
        lambda lab: Laboratory.objects.update(status="removed"),
        lambda lab: type(lab.batch).objects.update(published_on=None),
    ],
    ids=["draft", "withdrawn", "inactive", "paused", "removed", "unpublished"],
)
def test_what_is_off_the_shelf_is_not_ordered_however_old_the_page(world, spoil):
    lab = make_laboratory()
    product = make_product(lab.provider)
    spoil(lab)
    assert not afresh(product).can_be_ordered
    with refused("R-SHELF"):
        world.make_order(product=product)


def test_nobody_orders_from_himself(world):
    with refused("R-REL"):
        world.make_order(by=world.provider_member)


@pytest.mark.parametrize("step", ["decline", "cancel"])
def test_an_end_without_words_is_refused_by_the_service_too(world, step):
    by = world.applicant if step == "cancel" else world.provider_member
    with refused("R-WORDS"):
        move_order(world.make_order(), step, by=by, words=" ")


def test_the_words_of_an_end_are_kept(world):
    order = move_order(world.make_order(), "decline", by=world.provider_member, words="设备检修。")
    assert (order.closing_words, order.events.last().text, order.is_alive) == ("设备检修。", "设备检修。", False)


def test_a_confirmation_says_nothing_and_keeps_no_words(world):
    order = move_order(world.make_order(), "confirm", by=world.provider_member)
    assert (order.state, order.closing_words, order.title) == ("serving", "", "材料力学性能检测")


def test_a_colleague_cancels_for_the_unit(world):
    order, colleague = world.make_order(), make_user()
    UnitMember.objects.create(unit=world.unit, user=colleague)
    assert move_order(order, "cancel", by=colleague, words=WORDS).state == "cancelled"


def test_who_is_buyer_and_provider_at_once_confirms_nothing(world):
    order = world.make_order()
    UnitMember.objects.create(unit=world.provider.unit, user=world.applicant)
    with refused("R-PERM"):
        move_order(order, "confirm", by=world.applicant)


def test_an_order_of_a_provider_without_a_desk_waits(world):
    order = world.make_order(product=make_product(make_laboratory().provider))
    for role in ("provider_member", "applicant", "administrator", "platform"):
        with refused("R-PERM"):
            move_order(order, "confirm", by=world.people[role])


@pytest.mark.parametrize("state", ["placed", "serving", "completed", "declined", "cancelled"])
def test_who_sees_an_order_in_any_state(world, state):
    order = drive_order(world.make_order(), state, world)
    seen = {role for role, person in world.people.items() if order in Order.objects.visible_to(person)}
    assert seen == {"applicant", "reader", "provider_member", "municipal"}


def test_bought_and_received_are_two_lists(world):
    order = world.make_order()
    lists = {"bought": Order.objects.bought_by, "received": Order.objects.received_by}
    found = {name: {role for role, person in world.people.items() if order in of(person)} for name, of in lists.items()}
    assert found == {"bought": {"applicant", "reader"}, "received": {"provider_member"}}
