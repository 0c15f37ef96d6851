"""The shelves are kept by functions of the database, whose plans fit the rows that change, however few changed before."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection

from catalog.mall.services import refresh_laboratory
from catalog.models import LabBatch, Laboratory, LabShelf, Product, Provider, Shelf
from tests.catalog.test_deep import COPIES
from tests.catalog.test_lab_plans import COPIED
from tests.factories import make_laboratory, make_product
from tests.helpers import by_owner

FEW, MANY = 7, 400  # after five times PostgreSQL takes one plan for all values
SCAN = re.compile(
    r"(?:Seq Scan|Tuplestore Scan)[^\n]* rows=([\d.]+) loops=(\d+)\)(?:\n +(?:Filter|Rows Removed)[^\n]*)*"
)
REMOVED = re.compile(r"Rows Removed by Filter: (\d+)")
FAIR = MANY * FEW * 3  # rows that a statement over so many looks through
pytestmark = [pytest.mark.django_db, pytest.mark.heavy]


@contextmanager
def explained():
    """The plans of all statements of the database's functions meanwhile, as it tells them itself."""
    told, notices = [], connection.connection.notices
    with by_owner() as cursor:
        cursor.execute("LOAD 'auto_explain'")
        cursor.execute("SET LOCAL auto_explain.log_nested_statements = on")
        cursor.execute("SET LOCAL auto_explain.log_min_duration = 0")
        cursor.execute("SET LOCAL auto_explain.log_analyze = on")
        cursor.execute("SET LOCAL client_min_messages = log")
        notices.clear()
        yield told
        told += [*notices]
        cursor.execute("SET LOCAL client_min_messages = notice")
        cursor.execute("SET LOCAL auto_explain.log_min_duration = -1")


def run(statements, values):
    with by_owner() as cursor:
        for statement, given in zip(statements, values, strict=False):
            cursor.execute(statement, given)


EMPTY = """
UPDATE pg_class SET reltuples = 0, relpages = greatest(relpages, 1)
 WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname LIKE 'catalog%'
"""


@pytest.fixture(params=["as found", "of an empty table"])
def laboratory(request):
    """A laboratory with a service, after a session in which each act has touched one row.

    Statistics that say "no rows" are what a look at the tables leaves while their first import is not committed.
    """
    if request.param != "as found":
        run([EMPTY, "SET LOCAL seq_page_cost = 0.1"], [None, None])  # whatever is looked through seems cheap
    for _ in range(FEW):
        laboratory = make_laboratory(instruments="扫描电子显微镜")
        product = make_product(laboratory.provider, name="复合材料检测")
        refresh_laboratory(laboratory)
        for rows in (Provider.objects.filter(pk=laboratory.provider_id), Provider.objects.none()):
            rows.update(region="beijing", city="海淀区")
        Product.objects.filter(pk=product.pk).update(price=7)
        Laboratory.objects.filter(pk=laboratory.pk).update(kind="enterprise")
        Product.objects.filter(pk=make_product(laboratory.provider).pk)._raw_delete("default")
    return laboratory


def multiplied(told):
    """The plans that look through all rows for each row, or compare each with a list that the plan did not know."""
    assert len(told) > 1
    return [
        plan for plan in told if "ANY ($" in plan or any(looked_through(scan) > FAIR for scan in SCAN.finditer(plan))
    ]


def looked_through(scan):
    removed = REMOVED.search(scan[0])
    return (float(scan[1]) + int(removed[1] if removed else 0)) * int(scan[2])


def test_many_laboratories_that_come_at_once(laboratory):
    batch = LabBatch.objects.create(number=2, published_on="2026-01-05")
    with explained() as told:
        run(COPIED[:2], ([MANY, laboratory.provider_id], [batch.pk, laboratory.pk]))
    assert multiplied(told) == []
    assert LabShelf.objects.count() == FEW + MANY


def test_many_services_that_come_change_and_go_at_once(laboratory):
    product = Product.objects.filter(provider=laboratory.provider).first()
    with explained() as told:
        run([COPIES], ([MANY, product.pk],))
    assert multiplied(told) == []
    copies = Product.objects.filter(number__startswith="MM")
    with explained() as told:
        copies.update(price=8)
    assert multiplied(told) == []
    assert Shelf.objects.filter(price=8).count() == MANY
    with explained() as told:
        copies._raw_delete("default")
    assert multiplied(told) == []
    assert Shelf.objects.count() == FEW


def test_many_institutions_that_change_at_once(laboratory):
    run(COPIED[:2], ([MANY, laboratory.provider_id], [laboratory.batch_id, laboratory.pk]))
    with explained() as told:
        Provider.objects.update(region="hebei", city="石家庄市")
    assert multiplied(told) == []
    assert LabShelf.objects.filter(region="hebei").count() == FEW + MANY
