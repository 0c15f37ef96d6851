import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Product
from tests.catalog.typed import words_of_product
from tests.factories import make_category, make_product, make_provider
from tests.helpers import afresh

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
    client.get(DESK)  # content types are asked for once in a process
    for rows in (5, 45):
        for _ in range(rows):
            make_product(world.provider, world.product.category, status="draft")
        with django_assert_max_num_queries(10):
            client.get(DESK)
    assert client.get(DESK, {"status": "draft"}).context["page"].count == 50
    assert client.get(DESK, {"status": "x"}).context["page"].count == 51
    assert "没有符合条件的产品" in client.get(DESK, {"status": "withdrawn"}).content.decode()


def test_several_are_taken_off_the_shelf_at_once_without_a_reason(client, world, keeper):
    drafts = [make_product(world.provider, status="draft") for _ in range(2)]
    foreign = make_product(make_provider(name="别家中心"))
    keys = [product.number for product in (*drafts, world.product, foreign)]
    page = client.get(f"{DESK}act/", {"act": "publish", "row": keys})
    lines = page.context["lines"]
    assert {line["key"] for line in lines} == {drafts[0].number, drafts[1].number, world.product.number}
    sent = {"act": "publish", "row": [line["key"] for line in lines], "was": [line["was"] for line in lines]}
    report = client.post(f"{DESK}act/", sent, follow=True)
    assert "已经是“已上架”，不用改动。" in report.content.decode()
    assert Product.objects.filter(status="on_sale", provider=world.provider).count() == 3
    assert client.get(f"{DESK}act/", {"act": "mark", "row": keys}).status_code == 404


def test_words_that_change_nothing_leave_no_line(client, world, keeper):
    url = reverse("provider_product_edit", args=[world.product.number])
    client.post(url, typed(world, price="12000"))
    client.post(url, typed(world, price="12000"))
    (line,) = world.product.events.all()
    assert (line.step, line.actor) == ("row_changed", world.provider_member)


def test_a_copy_begins_with_the_words_of_the_other_and_is_a_draft(client, world, keeper):
    form = client.get(NEW, {"like": world.product.number}).context["form"]
    assert (form["name"].value(), form["price"].value()) == (f"{world.product.name}（副本）", world.product.price)
    assert not client.get(NEW, {"like": "\0"}).context["form"]["name"].value()
    client.post(NEW, typed(world, name=form["name"].value()))
    assert Product.objects.get(name__endswith="（副本）").status == "draft"


def test_a_colleague_s_words_are_not_overwritten(client, world, keeper):
    url = reverse("provider_product_edit", args=[world.product.number])
    shown = client.get(url).context["form"].shown
    curator = Client()
    curator.force_login(world.curator)
    words = words_of_product(world.product, name="平台改的名称")
    curator.post(reverse("curator_products_row", args=[world.product.number]), words)
    refused = client.post(url, typed(world, shown=shown)).content.decode()
    assert ("平台 " in refused, "已改为“平台改的名称”" in refused, world.curator.name in refused) == (True, True, False)
    assert afresh(world.product).name == "平台改的名称"
