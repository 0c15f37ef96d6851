"""收到的订单 of a provider with very many: each page costs the same wherever it lies, and is narrowed by what one sees."""

import pytest
from django.urls import reverse

from orders.models import Order
from tests.factories import make_product, make_provider
from tests.helpers import by_owner
from tests.plans import heavy
from ui import deep

pytestmark = pytest.mark.django_db
RECEIVED = reverse("provider_order_list")
GROWN = 43_000  # orders of one firm
COPIES = """
INSERT INTO orders_order (number, version, created_at, updated_at, state, product_id, provider_id, buyer_id, unit_id, product_name,
       category_name, category_may_be_marked, price, price_unit, is_marked, requirement, budget, budget_words, wanted_on, contact,
       phone, closing_words)
SELECT 'DX' || n, version, created_at, updated_at, CASE n %% 50 WHEN 0 THEN 'placed' ELSE 'completed' END, product_id, provider_id,
       buyer_id, unit_id, product_name || n, category_name, category_may_be_marked, price, price_unit, n %% 3 = 0, requirement, budget,
       budget_words, wanted_on, contact, phone, closing_words
  FROM orders_order, generate_series(1, %s) n WHERE id = %s
"""


def copied(order, many):
    with by_owner() as cursor:
        cursor.execute(COPIES, [many, order.pk])
        cursor.execute("ANALYZE orders_order")


@pytest.fixture
def seller(client, world):
    client.force_login(world.provider_member)
    return client


def walk(client, where, follow):
    """The keys of the pages from this one on, each page's in its order."""
    found = []
    while where:
        page = client.get(RECEIVED + where).context["page"]
        found.append([order.pk for order in page])
        where = getattr(page, follow)
        assert len(found) < 60
    return found


def test_every_order_stands_on_one_page_the_newest_first(seller, world, monkeypatch):
    monkeypatch.setattr(deep, "MOST", 60)
    monkeypatch.setattr(deep, "NUMBERED", 3)
    copied(world.make_order(), 104)
    forth = [key for page in walk(seller, "?", "next") for key in page]
    assert forth == sorted(Order.objects.values_list("pk", flat=True), reverse=True)
    back = [key for page in reversed(walk(seller, "?end=1", "previous")) for key in page]
    assert back[-20:] == forth[-20:]
    assert "共 60+ 条" in seller.get(RECEIVED).content.decode()


def test_orders_are_found_by_day_state_mark_and_words(seller, world):
    order = world.make_order()
    copied(order, 6)
    Order.objects.filter(number="DX1").update(created_at="2026-01-05T12:00+08:00")

    def numbers(**query):
        return {found.number for found in seller.get(RECEIVED, query).context["page"]}

    assert numbers(since="2026-01-05", until="2026-01-05") == {"DX1"}
    assert numbers(until="2026-01-04") == set()
    assert numbers(since="2026-01-06") == {order.number, *(f"DX{n}" for n in range(2, 7))}
    assert numbers(state="placed") == {order.number}
    assert {"DX3", "DX6"} <= numbers(marked="1")
    assert numbers(q="DX4") == {"DX4"}
    assert len(numbers(since="x")) == 7


def test_several_providers_of_a_unit_are_told_apart(seller, world):
    first = world.make_order()
    assert "provider" not in seller.get(RECEIVED).context["filter"].form.fields
    other = make_provider(world.provider_member, name="样例第二中心")
    other.unit = world.provider.unit
    other.save()
    product = make_product(other)
    copied(first, 1)
    Order.objects.filter(number="DX1").update(provider=other, product=product)
    assert {order.number for order in seller.get(RECEIVED).context["page"]} == {first.number, "DX1"}
    assert [order.number for order in seller.get(RECEIVED, {"provider": other.pk}).context["page"]] == ["DX1"]


@pytest.mark.heavy
def test_no_page_of_43000_orders_reads_or_sorts_them_all(seller, world):
    copied(world.make_order(), GROWN)
    keyed = seller.get(RECEIVED + "?page=50").context["page"].next
    for where in (
        "",
        "?page=50",
        keyed,
        "?end=1",
        "?state=completed",
        "?state=placed",
        "?state=completed&end=1",
        "?marked=1",
    ):
        assert heavy(seller, RECEIVED + where, "orders_order") == []
