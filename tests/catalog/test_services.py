import pytest

from catalog.mall.services import refresh_provider, set_mark, set_status
from catalog.models import LabShelf
from records.rules import RuleBroken
from tests.factories import make_category, make_laboratory, make_product, make_provider

pytestmark = pytest.mark.django_db


def test_the_mark_needs_a_category_that_may_bear_it():
    product = make_product(make_provider(), make_category(may_be_marked=False), is_marked=False)
    with pytest.raises(RuleBroken, match="不在创新券支持范围内"):
        set_mark(product, marked=True)


def test_the_mark_needs_an_admitted_provider():
    product = make_product(make_provider(is_admitted=False), is_marked=False)
    with pytest.raises(RuleBroken, match="现在不是创新券服务机构"):
        set_mark(product, marked=True)


def test_a_mark_is_given_and_taken():
    product = make_product(make_provider(), is_marked=False)
    assert set_mark(product, marked=True).is_marked
    assert not set_mark(product, marked=False).is_marked


def test_only_keepers_of_the_desk_and_of_the_catalog_publish(world):
    with pytest.raises(RuleBroken, match="只有产品所属服务机构的成员"):
        set_status(world.product, "withdrawn", by=world.stranger)
    assert set_status(world.product, "withdrawn", by=world.curator).status == "withdrawn"


def test_a_stale_copy_overwrites_nothing(world):
    stale = type(world.product).objects.get(pk=world.product.pk)
    set_mark(world.product, marked=False)
    set_status(stale, "withdrawn", by=world.provider_member)
    world.product.refresh_from_db()
    assert (world.product.is_marked, world.product.status) == (False, "withdrawn")


def test_a_laboratory_is_found_by_the_services_on_its_shelf(world):
    laboratory = make_laboratory()
    product = make_product(laboratory.provider, name="激光共聚焦")
    refresh_provider(laboratory.provider)
    assert [row.pk for row in LabShelf.objects.search("共聚焦")] == [laboratory.pk]
    set_status(product, "withdrawn", by=world.curator)
    assert not LabShelf.objects.search("共聚焦").exists()
