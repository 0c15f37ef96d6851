"""The list of laboratories at fifty thousand: every laboratory stands on one page, no plan reads or sorts the whole."""

import datetime as dt

import pytest
from django.urls import reverse

from catalog.mall.services import refresh_laboratory
from catalog.models import LabBatch, LabCount, LabShelf
from tests.factories import make_laboratory, make_product
from tests.helpers import by_owner
from tests.plans import nodes, plans
from ui import deep

GROWN = 50_000  # laboratories at which the plans are looked at
TABLES = ("catalog_labshelf", "catalog_laboratory", "catalog_shelf", "catalog_product", "catalog_provider")
COPIED = (
    """
INSERT INTO catalog_provider (name, name_key, uscc, region, city, address, summary, qualifications, legal_representative, contact,
       phone, is_admitted, is_active)
SELECT name || n, name_key, '', CASE WHEN n %% 3 = 0 THEN 'beijing' ELSE 'tianjin' END, CASE n %% 4 WHEN 1 THEN '西青区' ELSE '天津' END,
       address, 'copy', qualifications, legal_representative, contact, phone, is_admitted, is_active
  FROM catalog_provider, generate_series(1, %s) n WHERE id = %s
""",
    """
INSERT INTO catalog_laboratory (provider_id, number, host_name, host_uscc, kind, fields, instruments, batch_id, status, search_text)
SELECT provider.id, 'MJ' || provider.id, host_name, host_uscc, CASE provider.id %% 5 WHEN 0 THEN 'enterprise' ELSE kind END,
       CASE provider.id %% 9 WHEN 0 THEN '{energy}' ELSE fields END, instruments,
       CASE provider.id %% 100 WHEN 0 THEN %s ELSE batch_id END, 'listed',
       CASE provider.id %% 1000 WHEN 0 THEN replace(laboratory.search_text, '显微', '色谱') ELSE laboratory.search_text END
  FROM catalog_laboratory laboratory, catalog_provider provider WHERE laboratory.id = %s AND provider.summary = 'copy'
""",
    "ANALYZE catalog_labshelf",
    "ANALYZE catalog_laboratory",
    "ANALYZE catalog_provider",
)
PLACES = (
    "",
    "?page=50",
    "?end=1",
    "?sort=new",
    "?sort=new&page=50",
    "?region=tianjin",
    "?region=tianjin&city=西青区&end=1",
    "?kind=enterprise",
    "?field=energy",
    "?field=materials&sort=new",
    "?batch=2",
    "?q=显微",
    "?q=显微&end=1",
    "?q=色谱",
    "?by=instrument&q=显微",
    "?by=instrument&q=色谱",
    "?by=service&q=检测",
    "?by=institution&q=实验室&region=beijing",
    "?q=绝无此词",
)


@pytest.fixture
def laboratory(db):
    """One laboratory with a service and an instrument."""
    laboratory = make_laboratory(instruments="扫描电子显微镜")
    make_product(laboratory.provider, name="复合材料检测")
    refresh_laboratory(laboratory)
    return laboratory


def copied(laboratory, many):
    second = LabBatch.objects.create(number=2, published_on=dt.date(2026, 1, 5))
    given = ([many, laboratory.provider_id], [second.pk, laboratory.pk], [], [], [])
    with by_owner() as cursor:  # who alone may look at the tables for their statistics
        for statement, values in zip(COPIED, given, strict=True):
            cursor.execute(statement, values or None)


def walk(client, address, follow):
    """The numbers of the pages from this one on, each page's in its order."""
    found, where = [], address
    while where:
        page = client.get(where).context["page"]
        found.append([card["number"] for card in page])
        where = getattr(page, follow) and address.partition("?")[0] + getattr(page, follow)
        assert len(found) < 60
    return found


@pytest.mark.parametrize("query", ["", "?sort=new", "?q=材料"])
def test_forth_and_back_every_laboratory_stands_on_one_page(client, laboratory, monkeypatch, query):
    monkeypatch.setattr(deep, "MOST", 60)
    monkeypatch.setattr(deep, "NUMBERED", 3)
    copied(laboratory, 104)
    forth = walk(client, reverse("lab_list") + query, "next")
    flat = [key for page in forth for key in page]
    held = list(LabShelf.objects.order_by("place").values_list("laboratory__number", flat=True))
    assert flat == (held[::-1] if query == "?sort=new" else held)
    last = client.get(reverse("lab_list") + (f"{query}&end=1" if query else "?end=1")).context["page"]
    assert [card["number"] for card in last] == flat[-20:]


def test_a_count_that_is_kept_is_told_exactly_and_another_up_to_a_thousand(client, laboratory):
    copied(laboratory, 1200)
    told = {
        query: client.get(reverse("lab_list") + query).context["count"]
        for query in ("", "?region=tianjin", "?batch=2", "?q=显微", "?kind=enterprise", "?q=检测&region=beijing")
    }
    kept = LabCount.objects.filter(region="tianjin").values_list("listed", flat=True)
    rows = LabShelf.objects
    assert told == {
        "": "1201",
        "?region=tianjin": str(sum(kept)),
        "?batch=2": "12",
        "?q=显微": "1000+",
        "?kind=enterprise": str(rows.filter(kind="enterprise").count()),
        "?q=检测&region=beijing": str(rows.filter(region="beijing").count()),
    }
    assert told["?region=tianjin"] == str(rows.filter(region="tianjin").count())


@pytest.mark.heavy
def test_no_page_reads_or_sorts_all_laboratories(client, laboratory):
    copied(laboratory, GROWN)
    keyed = client.get(reverse("lab_list") + "?page=50").context["page"].next
    addresses = [reverse("lab_list") + where for where in (*PLACES, keyed)]
    addresses += [reverse("lab_batch", args=[number]) for number in (1, 2)]
    addresses += [reverse("lab_batch", args=[1]) + "?end=1", laboratory.get_absolute_url(), reverse("home")]
    addresses += [reverse("product_list") + "?q=检测"]
    for address in addresses:
        for statement, plan in plans(client, address, *TABLES):
            for node in nodes(plan):
                most = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
                whole = node["Node Type"] == "Seq Scan" and node["Relation Name"] in TABLES
                assert not (whole and most > deep.MOST + 1), (address, statement, plan)
                assert not (node["Node Type"] == "Sort" and most > deep.MOST), (address, statement, plan)
    assert LabShelf.objects.count() > GROWN
