"""The shelf holds what can be ordered, whatever is changed on which way, and says where it does not."""

import datetime as dt

import pytest
from django.db import connection

from catalog.models import Category, LabBatch, Laboratory, Product, Provider, Shelf
from catalog.shelf import amiss
from tests.factories import World
from tests.helpers import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def product(world):
    return world.product


def shelved():
    assert amiss() == []
    return set(Shelf.objects.values_list("product_id", flat=True))


def as_laboratory(provider, *, published=True, status="listed"):
    batch = LabBatch.objects.create(number=7, published_on=dt.date(2026, 1, 5) if published else None)
    return Laboratory.objects.create(
        provider=provider, number="SY7", host_name=provider.name, kind="national", batch=batch, status=status
    )


def update(model, **values):
    model.objects.update(**values)


WAYS_OFF = {
    "product": lambda: update(Product, status="withdrawn"),
    "provider": lambda: update(Provider, is_active=False),
    "laboratory": lambda: update(Laboratory, status="paused"),
    "batch": lambda: update(LabBatch, published_on=None),
}
WAYS_ON = {
    "product": lambda: update(Product, status="on_sale"),
    "provider": lambda: update(Provider, is_active=True),
    "laboratory": lambda: update(Laboratory, status="listed"),
    "batch": lambda: update(LabBatch, published_on=dt.date(2026, 2, 1)),
}


@pytest.mark.parametrize("way", WAYS_OFF)
def test_what_cannot_be_ordered_leaves_the_shelf_and_comes_back(product, way):
    as_laboratory(product.provider)
    assert product.pk in shelved()
    WAYS_OFF[way]()
    assert product.pk not in shelved()
    WAYS_ON[way]()
    assert product.pk in shelved()


@pytest.mark.parametrize("values", [{"published": False}, {"status": "removed"}])
def test_a_provider_that_becomes_a_laboratory_is_ordered_as_one(product, values):
    laboratory = as_laboratory(product.provider, **values)
    assert product.pk not in shelved()
    laboratory.delete()
    assert product.pk in shelved()


def test_a_laboratory_that_passes_to_another_provider_takes_its_state_along(world, product):
    other = Provider.objects.create(name="海河样例检测所（演示）", uscc="")
    laboratory = as_laboratory(other, status="paused")
    Laboratory.objects.filter(pk=laboratory.pk).update(provider=product.provider)
    assert product.pk not in shelved()
    Laboratory.objects.filter(pk=laboratory.pk).update(provider=other)
    assert product.pk in shelved()


def test_a_row_follows_price_mark_region_and_category(world, product):
    Product.objects.filter(pk=product.pk).update(price=7)
    Provider.objects.filter(pk=product.provider_id).update(region="hebei")
    top = Category.objects.create(code="other-top", name="其他一级", may_be_marked=True)
    Category.objects.filter(pk=product.category_id).update(parent=top)
    row = Shelf.objects.get(pk=product.pk)
    assert (row.price, row.region, row.top, amiss()) == (7, "hebei", top, [])


def test_a_new_product_is_shelved_and_a_deleted_one_is_not(world, product):
    new = Product.objects.create(
        provider=product.provider, category=product.category, name="涂层附着力测试", price=800, status="on_sale"
    )
    assert new.pk in shelved()
    key = new.pk
    new.delete()
    assert key not in shelved()


def test_the_general_order_is_institutions_marked_new(world, product):
    Product.objects.exclude(pk=product.pk).update(status="withdrawn")
    rows = [
        Product.objects.create(
            provider=product.provider, category=product.category, name=f"服务{n}", price=800, status="on_sale"
        )
        for n in range(2)
    ]
    ordered = list(Shelf.objects.order_by("place").values_list("pk", flat=True))
    assert ordered == [
        *([product.pk] if product.is_marked else []),
        rows[1].pk,
        rows[0].pk,
        *([] if product.is_marked else [product.pk]),
    ]
    assert not Shelf.objects.of_laboratories(True).exists()
    as_laboratory(product.provider)
    assert list(Shelf.objects.of_laboratories(True).order_by("place").values_list("pk", flat=True)) == ordered


def test_a_shelf_that_was_spoilt_is_told(product):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalog_shelf WHERE product_id = %s", [product.pk])
    assert amiss() == [product.number]


@pytest.mark.django_db(transaction=True)
def test_a_product_put_up_while_its_provider_is_closed_is_not_left_on_the_shelf():
    product = World().product
    Product.objects.update(status="withdrawn")
    at_once(
        lambda: Product.objects.filter(pk=product.pk).update(status="on_sale"),
        lambda: Provider.objects.filter(pk=product.provider_id).update(is_active=False),
    )
    assert amiss() == []
