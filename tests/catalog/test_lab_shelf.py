"""The list of laboratories and its counts follow laboratories, providers and batches, whatever is changed on which way."""

import datetime as dt

import pytest
from django.db import connection

from catalog.laboratories.pages import Batches
from catalog.laboratories.places import AREAS, UNKNOWN, WHOLE, Atlas, counted_at
from catalog.mall.services import refresh_laboratory
from catalog.models import LabBatch, LabCount, Laboratory, LabShelf, Provider
from catalog.shelf import labs_amiss
from reviews.models import District
from tests.factories import make_laboratory
from tests.helpers import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def laboratory(db):
    return make_laboratory()


def held():
    assert labs_amiss() == []
    return {row.pk: row for row in LabShelf.objects.all()}


def counted():
    """(region, area) → (named, listed) of what is counted."""
    assert labs_amiss() == []
    return {(row.region, row.area): (row.named, row.listed) for row in LabCount.objects.exclude(named=0)}


def at(provider, region, city="", address=""):
    Provider.objects.filter(pk=provider.pk).update(region=region, city=city, address=address)


def test_a_laboratory_is_listed_while_its_batch_is_published_and_it_has_not_left(laboratory):
    assert held()[laboratory.pk].is_listed
    Laboratory.objects.update(status="paused")
    assert not held()[laboratory.pk].is_listed
    assert counted() == {("beijing", "北京"): (1, 0)}
    for gone in ({"status": "removed"}, {"status": "listed"}):
        Laboratory.objects.update(**gone)
        assert bool(held()) is (gone["status"] == "listed")
    LabBatch.objects.update(published_on=None)
    assert (held(), counted()) == ({}, {})
    LabBatch.objects.update(published_on=dt.date(2026, 1, 5), number=3)
    assert held()[laboratory.pk].place == 3 * 10**12 + laboratory.pk
    laboratory.delete()
    assert (held(), counted()) == ({}, {})


@pytest.mark.parametrize(
    ("region", "city", "address", "area"),
    [
        ("beijing", "", "", "北京"),
        ("tianjin", "西青区", "", "西青区"),
        ("tianjin", "西青", "", "西青区"),
        ("tianjin", "天津市滨海新区", "", "滨海新区"),
        ("tianjin", "天津", "天津市河北区样例路 3 号", "河北区"),
        ("tianjin", "", "天津市南开区河西区里 1 号", "南开区"),
        ("tianjin", "天津", "样例路 3 号", ""),
        ("hebei", "石家庄", "", "石家庄"),
        ("hebei", "石家庄市", "", "石家庄"),
        ("hebei", "河北省雄安新区", "", "雄安新区"),
        ("hebei", "", "河北省保定市样例路 3 号", "保定"),
        ("hebei", "定州", "", ""),
    ],
)
def test_where_a_laboratory_lies_is_read_from_its_city_else_from_its_address(laboratory, region, city, address, area):
    at(laboratory.provider, region, city, address)
    assert (held()[laboratory.pk].region, held()[laboratory.pk].area) == (region, area)
    assert counted() == {(region, area): (1, 1)}


def test_the_tiles_name_the_districts_of_tianjin():
    districts = set(District.objects.filter(code__regex="^1201[0-9]{2}$").values_list("name", flat=True))
    assert {name for name, region in AREAS.items() if region == "tianjin"} == districts


def test_another_batch_kind_and_text_come_along(laboratory):
    other = LabBatch.objects.create(number=9, published_on=dt.date(2026, 1, 5))
    Laboratory.objects.update(batch=other, kind="enterprise", fields=["energy"], instruments="扫描电镜")
    laboratory.refresh_from_db()
    refresh_laboratory(laboratory)
    row = held()[laboratory.pk]
    assert (row.batch, row.kind, row.fields, row.instruments, row.services) == (
        other,
        "enterprise",
        ["energy"],
        "扫描电镜",
        "",
    )
    assert row.institution == f"{laboratory.provider.name} {laboratory.host_name}"
    assert "新能源与节能" in row.document
    assert [count.batch for count in LabCount.objects.exclude(named=0)] == [other]


def test_counts_of_many_changes_at_once_are_the_sum(laboratory):
    for region, city in (("tianjin", "西青区"), ("tianjin", "西青区"), ("hebei", "唐山"), ("tianjin", "")):
        at(make_laboratory().provider, region, city)
    counts = Batches().counts()
    assert [
        counted_at(counts, *place) for place in ((), ("tianjin",), ("tianjin", "西青区"), ("tianjin", UNKNOWN))
    ] == [5, 3, 2, 1]
    Laboratory.objects.filter(provider__region="tianjin").update(status="paused")
    assert counted() == {
        ("beijing", "北京"): (1, 1),
        ("tianjin", "西青区"): (2, 0),
        ("hebei", "唐山"): (1, 1),
        ("tianjin", ""): (1, 0),
    }


def test_a_list_or_a_count_that_was_spoilt_is_told(laboratory):
    LabCount.objects.update(listed=7)
    assert labs_amiss() == ["beijing 北京"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM catalog_labshelf")
    assert laboratory.number in labs_amiss()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "other",
    [
        lambda: Provider.objects.update(region="hebei", city="唐山"),
        lambda: LabBatch.objects.update(published_on=None),
        lambda: LabBatch.objects.update(number=5),
    ],
)
def test_two_who_change_what_one_row_is_made_of_leave_it_true(other):
    make_laboratory()
    at_once(lambda: Laboratory.objects.update(status="paused"), other)
    at_once(lambda: Provider.objects.update(region="tianjin", city="西青区"), other)
    assert labs_amiss() == []


def test_every_tile_has_its_place(rf):
    drawn = [tile.name for drawing in Atlas(rf.get("/").GET, None).drawings() for tile in drawing.tiles if tile.name]
    assert sorted(drawn) == sorted({*AREAS, *WHOLE})
