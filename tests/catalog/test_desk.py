import pytest
from django.urls import reverse

from catalog.models import Product
from tests.factories import make_category, make_product

pytestmark = pytest.mark.django_db
DESK, NEW = "/provider/products/", "/provider/products/new/"


@pytest.fixture
def keeper(client, world):
    client.force_login(world.provider_member)
    return world.provider_member


def typed(world, **changes):
    return {
        "provider": world.provider.pk,
        "name": "疲劳试验",
        "category": world.product.category.pk,
        "summary": "",
        "description": "按样例标准开展疲劳试验，客户提供试样十件以上，出具盖章报告。",
        "deliverable": "检测报告",
        "duration": "10 个工作日",
        "price": "12,000",
        "price_unit": "次",
        **changes,
    }


def test_a_new_product_is_a_draft_without_the_mark(client, world, keeper):
    response = client.post(NEW, typed(world, is_marked="on", status="on_sale"))
    assert response["Location"] == DESK
    product = Product.objects.get(name="疲劳试验")
    assert (product.status, product.is_marked, product.price) == ("draft", False, 12000)
    assert product.number.startswith("KT")


def test_bad_input_keeps_what_was_typed(client, world, keeper):
    response = client.post(NEW, typed(world, description="短", price="0"))
    assert set(response.context["form"].errors) == {"description", "price"}
    assert "疲劳试验" in response.content.decode()
    assert not Product.objects.filter(name="疲劳试验").exists()


def test_a_category_of_the_first_level_with_children_holds_no_products(client, world, keeper):
    make_category(parent=world.product.category)
    assert "category" in client.post(NEW, typed(world)).context["form"].errors


def test_another_category_takes_the_mark_away(client, world, keeper):
    url = reverse("provider_product_edit", args=[world.product.number])
    client.post(url, typed(world, name="改名"))
    world.product.refresh_from_db()
    assert (world.product.name, world.product.is_marked, world.product.status) == ("改名", True, "on_sale")
    assert "改名" in world.product.search_text
    client.post(url, typed(world, category=make_category().pk))
    world.product.refresh_from_db()
    assert (world.product.is_marked, world.product.status) == (False, "on_sale")


def test_publish_and_withdraw(client, world, keeper):
    url = reverse("provider_product_status", args=[world.product.number])
    assert client.post(url, {"status": "withdrawn"})["Location"] == DESK
    world.product.refresh_from_db()
    assert world.product.status == "withdrawn"
    client.post(url, {"status": "on_sale"})
    world.product.refresh_from_db()
    assert world.product.status == "on_sale"
    assert client.post(url, {"status": "draft"}).status_code == 404
    assert client.get(url).status_code == 405


def test_an_inactive_provider_publishes_nothing(client, world, keeper):
    world.provider.is_active = False
    world.provider.save()
    response = client.post(reverse("provider_product_status", args=[world.product.number]), {"status": "on_sale"})
    assert response.status_code == 409
    assert "已停用" in response.content.decode()


def test_what_a_stranger_may_not(client, world):
    client.force_login(world.stranger)
    assert "您的单位还不是服务机构" in client.get(DESK).content.decode()
    assert client.get(NEW).status_code == 404
    assert client.get(reverse("provider_product_edit", args=[world.product.number])).status_code == 404
    status = reverse("provider_product_status", args=[world.product.number])
    assert client.post(status, {"status": "withdrawn"}).status_code == 404
    world.product.refresh_from_db()
    assert world.product.status == "on_sale"


def test_a_foreign_provider_cannot_be_named(client, world, keeper):
    other = make_product(world.provider).provider
    other.pk, other.unit = None, None
    other.save()
    assert "provider" in client.post(NEW, typed(world, provider=other.pk)).context["form"].errors


def test_a_lost_desk_is_told_on_the_form(client, world, keeper, monkeypatch):
    monkeypatch.setattr("catalog.models.Provider.has_member", lambda *_: False)
    response = client.post(NEW, typed(world))
    assert "只有产品所属服务机构的成员" in response.content.decode()


def test_the_list_narrows_by_status_and_costs_the_same(client, world, keeper, django_assert_max_num_queries):
    for rows in (5, 45):
        for _ in range(rows):
            make_product(world.provider, world.product.category, status="draft")
        with django_assert_max_num_queries(10):
            client.get(DESK)
    assert client.get(DESK, {"status": "draft"}).context["page"].paginator.count == 50
    assert client.get(DESK, {"status": "x"}).context["page"].paginator.count == 51
    assert "没有这个状态的产品" in client.get(DESK, {"status": "withdrawn"}).content.decode()
