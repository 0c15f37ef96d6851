"""What an order tells of its voucher."""

import pytest
from django.urls import reverse

from orders.facts import acts_for, facts_for
from tests.factories import drive_application

pytestmark = pytest.mark.django_db


def test_a_draft_is_the_applicant_s_alone(world):
    application = world.make_application()
    order = application.order
    assert facts_for([order]) == {order.pk: []}
    assert acts_for([order], world.applicant)[order.pk] == [
        {"label": "继续填写创新券申请", "url": reverse("application_edit", args=[application.number])}
    ]


def test_the_voucher_is_told_with_amount_and_date(world):
    voucher = drive_application(world.make_application(), "approved", world)
    facts = facts_for([voucher.order])[voucher.order_id]
    assert facts == [("创新券", f"复审通过，50,000 元，使用截止 {voucher.use_by}")]
    assert acts_for([voucher.order], world.applicant)[voucher.order_id][0]["label"] == "查看创新券进度"


def test_a_returned_application_is_to_be_mended_and_a_dead_one_leaves_the_way_open(world):
    returned = drive_application(world.make_application(), "district_returned", world)
    assert acts_for([returned.order], world.applicant)[returned.order_id][0]["label"] == "修改创新券申请"
    dead = drive_application(world.make_application(), "withdrawn", world)
    assert acts_for([dead.order], world.applicant)[dead.order_id][0]["label"] == "申请创新券"


def test_many_orders_cost_one_query_for_both(world, django_assert_num_queries):
    orders = [drive_application(world.make_application(2000, 1000), "district", world).order for _ in range(3)]
    with django_assert_num_queries(1):
        facts_for(orders)
        acts_for(orders, world.applicant)
