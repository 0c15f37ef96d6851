import re

import pytest
from django.urls import reverse

from accounts.own_data.deletion import forget_traces
from catalog.mall import favouring
from catalog.mall.favouring import favour
from catalog.mall.own.filters import STANDINGS
from catalog.models import Favourite, Product
from orders.kind import OrderKind
from records.rules import RuleBroken
from tests.factories import make_laboratory, make_product, make_provider, make_user
from tests.helpers import constrained

pytestmark = pytest.mark.django_db
LIST = "/center/favourites/"


@pytest.fixture
def person(client):
    user = make_user("buyer")
    client.force_login(user)
    return user


def names(page):
    return [str(row) for row in page.context["page"]]


def press(client, product, **typed):
    return client.post(reverse("product_favour", args=[product.number]), {"keep": "1", **typed})


def test_a_service_is_kept_in_sight_at_its_price_of_now_and_once(client, person, shelf):
    for _ in range(2):
        assert press(client, shelf["metal"]).url == shelf["metal"].get_absolute_url()
    assert [(row.user, row.product, row.price) for row in Favourite.objects.all()] == [(person, shelf["metal"], 20_000)]
    with constrained("favourite_once_per_person"):
        Favourite.objects.create(user=person, product=shelf["metal"], price=1)


def test_the_page_of_the_service_offers_and_takes_back(client, person, shelf):
    button = re.compile(r'name="keep" value="(\d)"')
    address = shelf["metal"].get_absolute_url()
    assert button.findall(client.get(address).content.decode()) == ["1"]
    press(client, shelf["metal"])
    assert button.findall(client.get(address).content.decode()) == ["0"]
    assert press(client, shelf["metal"], keep="0", **{"from": "list"}).url == LIST
    assert Favourite.objects.count() == 0


def test_a_visitor_is_led_to_the_sign_in_and_back(client, shelf):
    page = client.get(shelf["metal"].get_absolute_url()).content.decode()
    assert f'href="/account/login/?next={shelf["metal"].get_absolute_url()}"' in page
    assert press(client, shelf["metal"]).url.startswith("/account/login/")
    assert Favourite.objects.count() == 0


def test_the_list_is_the_person_s_own_and_marks_what_has_changed(client, person, shelf, testing):
    cheaper, dearer, gone = (
        make_product(shelf["metal"].provider, testing, name=n) for n in ("便宜了", "贵了", "下架了")
    )
    for product in (shelf["metal"], cheaper, dearer, gone):
        favour(product, by=person)
    favour(shelf["lab"], by=make_user("somebody"))
    Product.objects.filter(pk=cheaper.pk).update(price=900)
    Product.objects.filter(pk=dearer.pk).update(price=1100)
    Product.objects.filter(pk=gone.pk).update(status="withdrawn")
    rows = {str(row): row.change_words for row in client.get(LIST).context["page"]}
    assert rows == {"金属拉伸试验": "", "便宜了": "降价", "贵了": "涨价", "下架了": "已下架"}
    asked = {value: names(client.get(LIST, {"standing": value})) for value, _ in STANDINGS}
    assert asked == {
        "open": ["贵了", "便宜了", "金属拉伸试验"],
        "gone": ["下架了"],
        "cheaper": ["便宜了"],
        "dearer": ["贵了"],
    }


def test_a_paused_laboratory_says_why(person, testing):
    laboratory = make_laboratory(status="paused")
    favour(make_product(laboratory.provider, testing), by=person)
    row = Favourite.objects.with_standing().get()
    assert row.change_words == "暂停接单"


def test_the_list_is_narrowed_by_words_and_mark(client, person, shelf):
    for name in ("metal", "patent", "lab"):
        favour(shelf[name], by=person)
    assert names(client.get(LIST, {"q": "北京样例"})) == ["专利导航 100%_A"]
    assert names(client.get(LIST, {"q": shelf["lab"].number})) == ["复合材料检测"]
    assert names(client.get(LIST, {"marked": "0"})) == ["专利导航 100%_A"]
    assert "没有符合条件的服务" in client.get(LIST, {"q": "没有"}).content.decode()


def test_an_empty_list_leads_to_the_mall(client, person):
    assert "还没有收藏服务" in client.get(LIST).content.decode()


def test_a_list_has_an_end(person, testing, monkeypatch):
    monkeypatch.setattr(favouring, "MOST", 1)
    provider = make_provider()
    assert favour(make_product(provider, testing), by=person) is True
    with pytest.raises(RuleBroken) as refusal:
        favour(make_product(provider, testing), by=person)
    assert refusal.value.code == "R-MANY"


def test_a_draft_is_kept_by_nobody_who_does_not_see_it(client, person, shelf):
    assert press(client, shelf["draft"]).status_code == 404


def test_the_copy_of_one_s_data_tells_them_and_a_closed_account_has_none(person, shelf):
    favour(shelf["metal"], by=person)
    row = Favourite.objects.get()
    assert OrderKind().export(person)["收藏的服务"] == [{"产品": "金属拉伸试验", "收藏时间": row.added_at}]
    forget_traces(person)
    assert Favourite.objects.count() == 0


@pytest.mark.parametrize("many", [5, 50])
def test_the_list_costs_the_same_however_long_it_is(client, person, testing, many, django_assert_max_num_queries):
    provider = make_provider()
    rows = [Favourite(user=person, product=make_product(provider, testing), price=1) for _ in range(many)]
    Favourite.objects.bulk_create(rows)
    with django_assert_max_num_queries(10):
        client.get(LIST)
