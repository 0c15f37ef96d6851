"""Who goes back and sends the equal order again is asked whether he means it; what differs is placed."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from catalog.models import Product
from orders.models import Order
from orders.services import move_order
from tests.factories import make_category, make_user
from tests.helpers import new_policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(client, world, typed):
    """Sends the form of the order."""
    client.force_login(world.applicant)

    def send(**changes):
        return client.post(reverse("order_place", args=[world.product.number]), typed(**changes))

    return send


def test_an_equal_order_is_asked_about_and_placed_on_purpose(place, world):
    place()
    first = Order.objects.get()
    page = place()
    words = page.content.decode()
    assert (page.status_code, Order.objects.count()) == (200, 1)
    assert f"提交过同样的订单 {first.number}，所以没有再提交一次。" in words
    assert (f'href="{first.get_absolute_url()}"' in words, f'name="again" value="{first.number}"' in words) == (
        True,
        True,
    )
    assert "需要检测一批新材料的力学性能。" in words
    assert place(again=first.number).status_code == 302
    assert Order.objects.count() == 2


def test_a_third_one_is_asked_about_again(place, world):
    place()
    first = Order.objects.get()
    place(again=first.number)
    assert (place(again=first.number).status_code, Order.objects.count()) == (200, 2)


@pytest.mark.parametrize(("name", "value"), [("budget", "30000"), ("contact", "李经办"), ("phone", "13900000000")])
def test_what_differs_is_another_order(place, world, name, value):
    assert [place().status_code, place(**{name: value}).status_code] == [302, 302]
    assert Order.objects.count() == 2


def test_later_after_the_first_was_cancelled_or_by_another_person_nobody_asks(client, place, world, typed):
    place()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        assert place().status_code == 302
    for order in Order.objects.all():
        move_order(order, "cancel", by=world.applicant, words="不需要了。")
    assert place().status_code == 302
    client.force_login(make_user("another", phone="13900000009"))
    assert client.post(reverse("order_place", args=[world.product.number]), typed()).status_code == 302


def test_the_policy_may_leave_it(place, world):
    new_policy(repeat_minutes=0)
    assert [place().status_code, place().status_code] == [302, 302]


def test_an_equal_product_is_asked_about_too(client, world):
    client.force_login(world.provider_member)
    words = {
        "provider": world.product.provider_id,
        "name": "新的检测",
        "category": make_category().pk,
        "description": "依据国家标准对样品做检测，需要客户提供样品和图纸。",
        "deliverable": "盖章的检测报告",
        "duration": "10 个工作日",
        "price": "100",
        "price_unit": "次",
    }
    products = Product.objects.filter(name="新的检测")
    answers = [client.post(reverse("provider_product_new"), words) for _ in range(2)]
    assert ([answer.status_code for answer in answers], products.count()) == ([302, 200], 1)
    assert f"{products.get().number}，所以没有再提交一次。" in answers[1].content.decode()
    assert client.post(reverse("provider_product_new"), words | {"again": products.get().number}).status_code == 302
    assert products.count() == 2
