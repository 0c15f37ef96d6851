"""The page on which photographs are kept, the file that everybody fetches, and where the mall shows them."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog.gallery import making
from catalog.models import Picture, Provider
from records.pictures.services import storage
from tests.catalog.gallery.photos import added, upload
from tests.factories import make_product
from tests.helpers import afresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client, world):
    client.force_login(world.provider_member)
    return client


def page_of(product):
    return reverse("product_pictures", args=[product.number])


def sent(picture, **said):
    return {f"picture-{picture.pk}-{name}": value for name, value in said.items()}


def file_at(picture, size="card"):
    return reverse("mall_picture", args=[size, picture.key])


def test_several_are_uploaded_at_once(keeper, world):
    typed = {"role": "product", "product-pictures": [upload("一.jpg"), upload("二.png", form="PNG")]}
    response = keeper.post(page_of(world.product), typed)
    assert response["Location"] == page_of(world.product)
    assert world.product.pictures.count() == 2
    page = keeper.get(page_of(world.product)).content.decode()
    assert "2 / 8 张" in page
    assert "正在生成" in page
    assert 'hx-trigger="every 3s"' in page


def test_what_is_refused_keeps_nothing_and_says_why(keeper, world):
    for files, said in (([], "请"), ([upload(f"{n}.jpg", size=(9, 9)) for n in range(9)], "最多上传 8 个文件")):
        page = keeper.post(page_of(world.product), {"role": "product", "product-pictures": files}).content.decode()
        assert said in page
        assert "error-summary" in page
    assert keeper.post(page_of(world.product), {"role": "site", "site-pictures": [upload()]}).status_code == 404
    assert not Picture.objects.exists()


def test_one_more_than_there_may_be_is_told_at_its_box(keeper, world):
    added(world, *(f"{n}.jpg" for n in range(7)), size=(40, 30))
    typed = {"role": "product", "product-pictures": [upload("一.jpg"), upload("二.jpg")]}
    page = keeper.post(page_of(world.product), typed).content.decode()
    assert "产品图片最多 8 张，现在已有 7 张" in page
    assert world.product.pictures.count() == 7


def test_words_order_and_removal(keeper, world):
    one, two = added(world, "一.jpg", "二.jpg", size=(40, 30))
    act = reverse("picture_act", args=[two.pk])
    assert keeper.post(act, {"act": "first"})["Location"].endswith(f"#picture-{two.pk}")
    assert list(world.product.pictures.all()) == [two, one]
    keeper.post(act, {"act": "keep", **sent(two, alt="冲击试验机")})
    assert afresh(two).alt == "冲击试验机"
    keeper.post(act, {"act": "keep", **sent(two, alt="冲击试验机", file=upload(size=(50, 50)))})
    assert afresh(two).key != two.key
    page = keeper.post(act, {"act": "keep", **sent(two, alt="字" * 61)}).content.decode()
    assert "最多写 60 个字" in page
    keeper.post(act, {"act": "remove"})
    assert list(world.product.pictures.all()) == [one]
    assert keeper.post(act, {"act": "remove"}).status_code == 404


def test_who_keeps_none_of_it_finds_nothing(world):
    (picture,) = added(world)
    places = [page_of(world.product), reverse("provider_pictures", args=[world.provider.pk])]
    for name in ("applicant", "platform", "stranger", "auditor"):
        other = Client()
        other.force_login(world.people[name])
        assert {other.get(place).status_code for place in places} == {404}
        assert other.post(reverse("picture_act", args=[picture.pk]), {"act": "remove"}).status_code == 404
    curator = Client()
    curator.force_login(world.curator)
    assert [curator.get(place).status_code for place in places] == [200, 200]
    assert (
        "图片</dt><dd><a" in curator.get(reverse("curator_products_row", args=[world.product.number])).content.decode()
    )
    assert curator.post(reverse("picture_act", args=[picture.pk]), {"act": "remove"}).status_code == 302


def test_everybody_fetches_what_is_on_the_shelf_and_keeps_it(world):
    (picture,) = added(world)
    answer = Client().get(file_at(picture))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    signed_in = Client()
    signed_in.force_login(world.applicant)
    assert signed_in.get(file_at(picture))["Cache-Control"] == "private, max-age=31536000, immutable"
    assert (answer.content[8:12], len(answer.content) <= 25_000) == (b"WEBP", True)
    assert Client().get(file_at(picture, "original")).status_code == 404
    assert Client().get(reverse("mall_picture", args=["card", "0" * 32])).status_code == 404


def test_off_the_shelf_its_keeper_alone_sees_it(keeper, world):
    (picture,) = added(world)
    type(world.product).objects.filter(pk=world.product.pk).update(status="withdrawn")
    other = Client()
    other.force_login(world.applicant)
    assert [client.get(file_at(picture)).status_code for client in (Client(), other)] == [404, 404]
    mine = keeper.get(file_at(picture))
    assert (mine.status_code, mine["Cache-Control"]) == (200, "private, no-store")
    assert picture.key not in other.get(world.product.get_absolute_url()).content.decode()
    assert picture.key in keeper.get(world.product.get_absolute_url()).content.decode()


def test_of_an_institution_while_it_is_in_use(world):
    (logo,) = added(world, owner=world.provider, role="logo", size=(300, 300))
    assert Client().get(file_at(logo)).status_code == 200
    Provider.objects.filter(pk=world.provider.pk).update(is_active=False)
    assert Client().get(file_at(logo)).status_code == 404


def test_the_original_is_for_its_keeper_alone(world):
    (picture,) = added(world)
    address, seen = reverse("document", args=[picture.paper_id]), {}
    for name in ("provider_member", "curator", "applicant", "platform", "municipal"):
        client = Client()
        client.force_login(world.people[name])
        response = client.get(address)
        seen[name] = response.status_code
        b"".join(response)
    assert seen == {"provider_member": 200, "curator": 200, "applicant": 404, "platform": 404, "municipal": 404}


def test_a_size_that_is_lost_is_made_anew(world, django_capture_on_commit_callbacks):
    (picture,) = added(world)
    making.forget_made(picture.key)
    with django_capture_on_commit_callbacks(execute=True):
        assert Client().get(file_at(picture)).status_code == 404
    assert Client().get(file_at(picture)).status_code == 200
    assert storage().exists(f"gallery/{picture.key[:2]}/{picture.key}-large.webp")


def test_card_and_page_show_the_first_one_that_is_made(client, world):
    one, two = added(world, "一.jpg", "二.jpg")
    plain = make_product(world.provider, world.product.category, name="没有图片的服务")
    cards = client.get(reverse("product_list")).content.decode()
    assert f'<img src="{file_at(one)}" width="480" height="320" alt="" decoding="async">' in cards
    assert two.key not in cards
    assert 'class="drawing' in cards
    page = client.get(world.product.get_absolute_url()).content.decode()
    assert page.index(file_at(one, "page")) < page.index(file_at(two, "page"))
    assert 'width="960" height="640"' in page
    assert page.count('fetchpriority="high"') == 1
    assert "gallery-strip" not in client.get(plain.get_absolute_url()).content.decode()
    Picture.objects.filter(pk=one.pk).update(made_at=None)
    assert file_at(two) in client.get(reverse("product_list")).content.decode()


def test_a_page_of_cards_asks_for_all_pictures_at_once(client, world, django_assert_max_num_queries):
    for number in range(6):
        product = make_product(world.provider, world.product.category, name=f"服务{number}")
        added(world, owner=product, size=(40, 30))
    client.get(reverse("product_list"))
    with django_assert_max_num_queries(10):
        page = client.get(reverse("product_list")).content.decode()
    assert page.count('decoding="async"') == 6
    assert page.count('loading="lazy"') >= 2
