"""What search engines are told: the map, robots.txt, canonical addresses, what a page is about."""

import json
import re

import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as Away

from catalog.models import Product
from help.book import articles as manual
from help.guides import guides
from tests.factories import World, make_laboratory, make_product
from tests.news.writing import shown, withdrawn
from tten.crawled import maps

pytestmark = pytest.mark.django_db
LOC = re.compile("<loc>([^<]+)</loc>")
SITE = "http://testserver"


@pytest.fixture(autouse=True)
def _forgotten():
    cache.clear()


@pytest.fixture
def world():
    return World()


def found(client, path):
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    return [place.removeprefix(SITE) for place in LOC.findall(answer.content.decode())]


def structured(page):
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.DOTALL)
    assert len(blocks) == 1
    return json.loads(blocks[0])["@graph"]


def test_the_map_names_every_public_page_of_each_kind(client, world):
    laboratory, article = make_laboratory(), shown(world)
    withdrawn(world, title="撤回的文章")
    make_product(world.provider, status="draft")
    files = found(client, "/sitemap.xml")
    assert [path.split("-")[1] for path in files] == ["pages", "products", "providers", "labs", "batches", "news"]
    told = {path.split("-")[1]: found(client, path) for path in files}
    assert told["pages"][:2] == ["/", "/mall/"]
    assert told["products"] == [world.product.get_absolute_url()]
    assert told["providers"] == [world.provider.get_absolute_url()]
    assert told["labs"] == [laboratory.get_absolute_url()]
    assert told["batches"] == [laboratory.batch.get_absolute_url()]
    assert told["news"] == [article.get_absolute_url()]


def test_every_address_of_the_map_is_open_to_everybody(client, world):
    make_laboratory()
    shown(world)
    addresses = [path for file in found(client, "/sitemap.xml") for path in found(client, file)]
    assert {text.get_absolute_url() for text in (*manual(), *guides().values())} <= set(addresses)
    assert len(addresses) == 10 + len(manual()) + len(guides()) + 5
    assert {path: client.get(path).status_code for path in addresses} == dict.fromkeys(addresses, 200)


def test_files_end_at_their_size_and_go_on_behind_a_key(client, world, monkeypatch):
    monkeypatch.setattr(maps, "MOST", 2)
    more = [make_product(world.provider, world.product.category) for _ in range(3)]
    files = [path for path in found(client, "/sitemap.xml") if "products" in path]
    assert files == ["/sitemap-products-0.xml", f"/sitemap-products-{more[0].pk}.xml"]
    pages = [found(client, path) for path in files]
    assert pages == [[one.get_absolute_url() for one in part] for part in ([world.product, more[0]], more[1:])]


def test_a_file_is_remembered_and_without_the_cache_made_each_time(client, world, monkeypatch, caplog):
    assert len(found(client, "/sitemap-products-0.xml")) == 1
    make_product(world.provider, world.product.category)
    assert len(found(client, "/sitemap-products-0.xml")) == 1

    def away(_key):
        raise Away("gone")

    monkeypatch.setattr(cache, "get", away)
    assert len(found(client, "/sitemap-products-0.xml")) == 2
    assert "the map of the site is not remembered" in caplog.text


def test_a_kind_that_is_none_is_not_there(client):
    assert client.get("/sitemap-secrets-0.xml").status_code == 404


def test_robots_are_told_where_the_map_is_and_what_is_none_of_theirs(client):
    text = client.get("/robots.txt").content.decode()
    assert text.startswith("User-agent: *\nDisallow: /account/\n")
    assert text.endswith(f"Sitemap: {SITE}/sitemap.xml\n")
    assert "Disallow: /mall/\n" not in text


def test_a_service_says_what_it_is_what_it_costs_and_the_way_to_it(client, world):
    Product.objects.filter(pk=world.product.pk).update(summary="</script><b>拉伸 & 弯曲")
    page = client.get(world.product.get_absolute_url())
    product, way = structured(page)
    assert (product["@type"], product["sku"], product["description"]) == (
        "Product",
        world.product.number,
        "</script><b>拉伸 & 弯曲",
    )
    assert product["url"] == SITE + world.product.get_absolute_url()
    assert product["offers"]["price"] == f"{world.product.price:.2f}"
    assert product["offers"]["availability"] == "https://schema.org/InStock"
    assert product["offers"]["seller"]["url"] == SITE + world.provider.get_absolute_url()
    assert way["itemListElement"][0] == {"@type": "ListItem", "position": 1, "name": "首页", "item": f"{SITE}/"}
    assert way["itemListElement"][-1]["name"] == world.product.name
    assert f'<link rel="canonical" href="{SITE}{world.product.get_absolute_url()}">' in page.content.decode()


def test_a_withdrawn_service_says_that_it_is_no_more(client, world):
    Product.objects.filter(pk=world.product.pk).update(status="withdrawn")
    product, _ = structured(client.get(world.product.get_absolute_url()))
    assert product["offers"]["availability"] == "https://schema.org/Discontinued"


def test_an_institution_says_who_it_is_without_its_contact(client, world):
    type(world.provider).objects.filter(pk=world.provider.pk).update(contact="甲样例", phone="13800001234")
    provider, _ = structured(client.get(world.provider.get_absolute_url()))
    assert (provider["@type"], provider["name"]) == ("Organization", world.provider.name)
    assert "description" not in provider  # nothing is said of what is empty
    assert not {"甲样例", "13800001234"} & set(re.split(r'"', json.dumps(provider, ensure_ascii=False)))


def test_an_article_says_when_it_was_published_and_one_that_was_taken_back_nothing(client, world):
    article = shown(world)
    told, _ = structured(client.get(article.get_absolute_url()))
    assert (told["@type"], told["headline"]) == ("NewsArticle", article.title)
    assert told["datePublished"] == article.shown_from.isoformat()
    gone = client.get(withdrawn(world, title="撤回的文章").get_absolute_url())
    assert "ld+json" not in gone.content.decode()


@pytest.mark.parametrize(("query", "here"), [("?q=检测&page=2&sort=new", "/mall/"), ("?category=nothing", "/mall/")])
def test_a_list_has_one_address_whatever_narrows_it(client, world, query, here):
    assert f'<link rel="canonical" href="{SITE}{here}">' in client.get("/mall/" + query).content.decode()


def test_a_category_is_an_address_of_its_own(client, world):
    address = f"/mall/?category={world.product.category.code}"
    assert f'<link rel="canonical" href="{SITE}{address}">' in client.get(address + "&page=1").content.decode()


def test_the_feed_is_named_where_articles_stand(client, world):
    assert 'type="application/atom+xml"' in client.get("/").content.decode()


def test_a_laboratory_says_its_number_its_fields_and_on_whom_it_rests(client):
    laboratory = make_laboratory()
    page = client.get(laboratory.get_absolute_url())
    told, way = structured(page)
    assert (told["@type"], told["name"]) == ("Organization", laboratory.provider.name)
    assert (told["identifier"], told["knowsAbout"]) == (laboratory.number, laboratory.field_labels)
    assert told["parentOrganization"] == {"@type": "Organization", "name": laboratory.host_name}
    assert told["url"] == SITE + laboratory.get_absolute_url()
    assert [step["name"] for step in way["itemListElement"]] == ["首页", "京津冀", laboratory.provider.name]
    assert f'<link rel="canonical" href="{SITE}{laboratory.get_absolute_url()}">' in page.content.decode()


def test_the_page_of_the_map_names_what_there_is_now(client, world):
    laboratory, page = make_laboratory(), client.get("/map/").content.decode()
    top = world.product.category.parent or world.product.category
    named = [*manual(), *guides().values(), laboratory.batch]
    assert [str(one) for one in named if f'href="{one.get_absolute_url()}"' not in page] == []
    assert f"?category={top.code}" in page
    assert '<li><a href="/mall/">科淘平台</a></li>' in page
    type(laboratory.batch).objects.update(published_on=None)
    assert laboratory.batch.get_absolute_url() not in client.get("/map/").content.decode()


def test_every_address_of_the_page_of_the_map_is_there(client, world):
    make_laboratory()
    main = client.get("/map/").content.decode().partition("<main")[2].partition("</main>")[0]
    addresses = {path.partition("#")[0] for path in re.findall(r'href="(/[^"]*)"', main)}
    assert len(addresses) > 60
    kinds = {path: client.get(path).status_code for path in addresses}
    assert {path: status for path, status in kinds.items() if status not in {200, 302}} == {}
