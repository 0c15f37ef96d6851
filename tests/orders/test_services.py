import pytest

from accounts.services import set_frozen
from orders.services import move_order
from records.rules import RuleBroken

pytestmark = pytest.mark.django_db


def test_a_frozen_unit_orders_nothing(world):
    set_frozen(world.unit, frozen=True, by=world.platform, text="提供虚假材料。")
    with pytest.raises(RuleBroken, match="您的单位已被冻结"):
        world.make_order()


@pytest.mark.parametrize("step", ["decline", "cancel"])
def test_an_end_without_words_is_refused_by_the_service_too(world, step):
    order = world.make_order()
    by = world.applicant if step == "cancel" else world.provider_member
    with pytest.raises(RuleBroken, match="请写明原因"):
        move_order(order, step, by=by, words=" ")


def test_a_confirmation_says_nothing_and_keeps_no_words(world):
    order = move_order(world.make_order(), "confirm", by=world.provider_member)
    assert (order.state, order.closing_words, order.title) == ("serving", "", "材料力学性能检测")
