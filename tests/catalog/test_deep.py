"""Long lists: each page is found by the keys of a stored order, each row stands on exactly one page, no plan reads the whole."""

import re

import pytest
from django.urls import reverse

from catalog.models import Category, Product, Shelf
from tests.factories import World
from tests.helpers import by_owner
from tests.plans import nodes, plans
from ui import deep

MOST, NUMBERED = 60, 3  # of these tests: rows that are counted, and pages with a number
MANY = 105  # products
GROWN = 50_000  # rows at which the plans are looked at
COPIES = """
INSERT INTO catalog_product (number, provider_id, category_id, name, summary, description, deliverable, price, price_unit,
       duration, is_marked, mark_rests, status, search_text, created_at, updated_at)
SELECT 'MM' || n, provider_id, category_id, name || n, summary, description, deliverable, 100 + n %% 7, price_unit,
       duration, false, false, 'on_sale', search_text || n, created_at, updated_at
  FROM catalog_product, generate_series(1, %s) n WHERE id = %s
"""
SORTS = ["", "price", "-price", "new", "orders", "rating"]


def copied(product, many):
    with by_owner() as cursor:
        cursor.execute(COPIES, [many, product.pk])
        cursor.execute("ANALYZE catalog_product")
        cursor.execute("ANALYZE catalog_shelf")


@pytest.fixture
def world(db, monkeypatch):
    monkeypatch.setattr(deep, "MOST", MOST)
    monkeypatch.setattr(deep, "NUMBERED", NUMBERED)
    world = World()
    copied(world.product, MANY)
    return world


def walk(client, where, follow):
    """The keys of the pages from this one on, each page's in its order."""
    found = []
    while where:
        page = client.get(reverse("product_list") + where).context["page"]
        found.append([product.pk for product in page])
        where = getattr(page, follow)
        assert len(found) < 60
    return found


def test_each_page_says_which_it_is(client, world):
    def said(where):
        page = client.get(reverse("product_list") + where).content.decode()
        pager = page.partition('<nav class="pager"')[2].partition("</nav>")[0]
        return re.findall(r'aria-current="page">([^<]+)<', pager)

    third = client.get(reverse("product_list") + "?page=3").context["page"]
    end = client.get(reverse("product_list") + "?end=1").context["page"]
    shown = [said(where) for where in ("?page=1", "?page=3", third.next, end.previous, "?end=1")]
    assert shown == [["1"], ["3"], ["第 3 页以后"], ["末页之前"], ["末页"]]


@pytest.mark.parametrize("sort", SORTS)
def test_forth_and_back_every_product_stands_on_one_page(client, world, sort):
    forth = walk(client, f"?sort={sort}", "next")
    flat = [key for page in forth for key in page]
    assert sorted(flat) == sorted(Shelf.objects.values_list("pk", flat=True))
    back = walk(client, f"?sort={sort}&end=1", "previous")
    assert back.pop() == flat[:20]
    told = [key for page in reversed(back) for key in page]
    assert told == flat[-len(told) :]
    assert len(flat) - len(told) <= 20
    prices = Shelf.objects.in_bulk()
    told = [prices[key].price for key in flat]
    assert sort.lstrip("-") != "price" or told == sorted(told, reverse=sort.startswith("-"))


def test_numbers_reach_the_fiftieth_page_and_say_so(client, world):
    page = client.get(reverse("product_list"), {"page": "4"})
    assert page.context["page"].number == NUMBERED
    assert "按页码最多到第 3 页" in page.content.decode()
    assert f"共 {MOST}+ 个服务" in page.content.decode()
    assert page.context["page"].next.startswith("?after=")
    assert page.context["page"].end == "?end=1"


@pytest.mark.parametrize("key", ["x", "", "1~2", "9" * 19, "-1.5", "1e3", "NaN"])
def test_a_key_that_is_none_gives_the_first_page(client, world, key):
    for where in ("after", "before"):
        page = client.get(reverse("product_list"), {where: key})
        assert (page.status_code, page.context["page"].number) == (200, 1)


def test_a_list_of_less_is_counted_and_numbered_to_its_end(client, world):
    page = client.get(reverse("product_list"), {"most": "100", "page": "99"}).context["page"]
    assert (page.count, page.number, page.pages, page.end) == (15, 1, 1, "")


PLACES = (
    "",
    "?page=50",
    "?end=1",
    "?sort=price",
    "?sort=-price&page=50",
    "?sort=new&end=1",
    "?category={}",
    "?category={}&sort=price",
    "?q=材料",
    "?q=材料&sort=-price&page=50",
    "?q=材&end=1",
    "?q=绝无此词",
    "?q=材料 力学",
    "?q=材料力学&page=50",
    "?q=材料&end=1",
    "?q=材料&sort=new&end=1",
    "?q=材料&category={}",
    "?q=样例检测",  # of the provider's name
    "?q=cailiao",
    "?q=才料",
    "?q=材料绝无此词",
    "?region=tianjin&source=mall",
    "?sort=orders",
    "?sort=rating&page=50",
    "?sort=orders&category={}",
    "?sort=rating&end=1",
    "?q=材料&sort=orders&end=1",
)


@pytest.mark.heavy
@pytest.mark.django_db
def test_no_page_reads_or_sorts_the_whole_shelf(client):
    world = World()
    copied(world.product, GROWN)
    code = Category.objects.get(pk=world.product.category_id).code
    keyed = client.get(reverse("product_list") + "?page=50").context["page"].next
    addresses = [reverse("product_list") + where.format(code) for where in (*PLACES, keyed)]
    addresses += [world.product.provider.get_absolute_url(), world.product.get_absolute_url(), reverse("home")]
    for address in addresses:
        for statement, plan in plans(client, address, "catalog_shelf", "catalog_product"):
            for node in nodes(plan):
                most = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
                whole = node["Node Type"] == "Seq Scan" and node["Relation Name"] in {
                    "catalog_shelf",
                    "catalog_product",
                }
                assert not (whole and most > deep.MOST + 1), (address, statement, plan)
                assert not (node["Node Type"] == "Sort" and most > deep.MOST), (address, statement, plan)
                listed = node["Node Type"] == "Bitmap Index Scan" and "cailiao" in address
                assert not (listed and most > deep.MOST), (address, statement, plan)  # of what is offered one is enough
    assert Product.objects.count() > GROWN
