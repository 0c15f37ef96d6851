"""The mall by completed orders and by ratings: figures that are kept where they arise, and lists that say what they count."""

import pytest
from django.urls import reverse

from catalog.models import Product, Rating, Shelf
from catalog.ratings import services
from catalog.shelf import amiss
from tests.factories import World, drive_order, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def rate(product, *stars):
    for number, each in enumerate(stars, Rating.objects.count()):
        whose = type("Ordered", (), {"product_id": product.pk, "provider_id": product.provider_id})
        services.rate_service(whose, f"DX2026{number:07d}", each)


def figures(product):
    assert amiss() == []
    assert Shelf.objects.filter(pk=product.pk).values_list("orders_done", "stars_mean").get() == (
        Product.objects.filter(pk=product.pk).values_list("orders_done", "stars_mean").get()
    )
    return Product.objects.filter(pk=product.pk).values_list("orders_done", "stars_mean").get()


def listed(client, **query):
    page = client.get(reverse("product_list"), query)
    return [card.pk for card in page.context["page"]], page.content.decode()


def test_an_order_counts_when_it_is_completed_and_only_then(world):
    drive_order(world.make_order(), "serving", world)
    assert figures(world.product)[0] == 0
    drive_order(world.make_order(), "completed", world)
    drive_order(world.make_order(), "cancelled", world)
    assert figures(world.product)[0] == 1


def test_ratings_count_from_three_on_and_without_what_is_hidden(world):
    rate(world.product, 5, 4)
    assert figures(world.product)[1] == 0
    rate(world.product, 2, 4)
    assert figures(world.product)[1] == 375
    services.hide_rating(Rating.objects.get(stars=2), "与服务无关", by=world.curator)
    assert figures(world.product)[1] == 433
    services.hide_rating(Rating.objects.get(stars=2), "", by=world.curator)
    assert figures(world.product)[1] == 375


def test_a_product_that_was_read_earlier_writes_no_figure_back(world):
    stale = Product.objects.get(pk=world.product.pk)
    drive_order(world.make_order(), "completed", world)
    stale.name = "改了名称"
    stale.save()
    assert figures(stale)[0] == 1
    assert Product.objects.get(pk=stale.pk).name == "改了名称"


def test_the_list_puts_first_what_has_most_and_last_what_has_none(client, world):
    none, some = (make_product(world.provider, name=name) for name in ("没有评价", "评价好"))
    rate(world.product, 3, 3, 3)
    rate(some, 5, 5, 4)
    newest = make_product(world.provider, name="最新")
    order, words = listed(client, sort="rating")
    assert order == [some.pk, world.product.pk, newest.pk, none.pk]
    assert "不足 3 条的不计分" in words
    drive_order(world.make_order(), "completed", world)
    order, words = listed(client, sort="orders")
    assert order == [world.product.pk, newest.pk, some.pk, none.pk]
    assert "已完成的订单数" in words
    assert "从多到少排列" not in listed(client)[1]
