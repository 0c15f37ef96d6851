"""A list is taken away as its person reads it: with its conditions, and nothing else."""

import datetime as dt
import io

import pytest
import python_calamine as calamine
from django.conf import settings
from django.urls import get_resolver, resolve, reverse
from django.utils import timezone

from accounts.exports import work
from accounts.exports.services import take_list
from accounts.models import ListExport
from notifications.models import Notice
from orders.models import Order
from tests.factories import World, make_product, make_unit, make_user
from tests.helpers import afresh, constrained, copied, refused
from tests.test_house import patterns

pytestmark = pytest.mark.django_db
NO_EXPORT = {  # a list of pages → why it cannot be taken away
    "desk_act_list": "reports, each of which is a page to read",
    "duty_list": "a form with the few people who have a duty",
    "inquiry_list": "questions, each to be answered",
    "keeper_list": "one person is looked for, no list of people is kept",
    "invitation_list": "what is answered there and then",
    "member_list": "the few people of one unit",
    "rating_list": "stars without names, each to be answered or hidden",
    "seat_list": "an expert's own seats, each a case to read",
    "session_list": "the devices that are signed in now",
    "sheet_list": "files; the rows of each can be taken away",
    "view_list": "the person's own views of lists, each to be opened",
    "unit_list": "the few units of one person",
}
MORE = {"join_desk", "sheet_rows", "desk_act_report", "bulk_detail"}  # lists that are called otherwise


@pytest.fixture
def world():
    return World()


@pytest.fixture
def take(client):
    """Press 导出表格 on a list."""

    def taken(path, query=""):
        return client.post(reverse("export_start"), {"path": path, "query": query})

    return taken


def cells(content):
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    heads, *rows = book.get_sheet_by_index(0).to_python()
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_every_list_can_be_taken_away_or_says_why_not():
    lists = {entry for entry in patterns(get_resolver()) if entry.name.endswith("_list") or entry.name in MORE}
    without = {entry.name for entry in lists if not hasattr(entry.callback, "listing")}
    assert without == NO_EXPORT.keys()


def test_the_orders_of_a_unit_come_with_their_conditions(client, world, take):
    client.force_login(world.applicant)
    first, second = world.make_order(), world.make_order()
    Order.objects.filter(pk=second.pk).update(product_name="=1+1")
    response = take("/orders/")
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%88%91")
    assert [row["编号"] for row in cells(response.content)] == [second.number, first.number]
    assert [row["产品"] for row in cells(response.content)] == ["=1+1", first.product_name]
    assert [row["编号"] for row in cells(take("/orders/", f"q={first.number}").content)] == [first.number]
    kept = ListExport.objects.latest("pk")
    assert (kept.title, kept.total, kept.query, kept.user) == ("我买到的产品", 1, f"q={first.number}", world.applicant)


def test_nobody_takes_away_what_he_cannot_read(client, world, take):
    world.make_order()
    client.force_login(world.stranger)
    assert cells(take("/orders/").content) == []
    for path in ("/desk/all/", "/desk/admissions/", "/nowhere/", f"/orders/{Order.objects.first().number}/", "", "/"):
        assert take(path).status_code == 404
    client.force_login(world.municipal)
    assert take("/desk/all/").status_code == 200
    client.logout()
    assert take("/orders/").status_code == 403


def test_a_page_that_shows_no_list_gives_nothing_to_take_away(client, world, take):
    found = {}
    for person in (world.applicant, world.district):
        client.force_login(person)
        found[person] = [take("/find/", query).status_code for query in ("", f"q={world.unit.name}")]
    assert found == {world.applicant: [404, 404], world.district: [404, 200]}


def test_a_person_of_two_units_takes_the_list_of_the_one_that_he_acts_for(client, world, take):
    order = world.make_order()
    other = make_unit(world.applicant, "91120222MA00000312", "另一样例公司")
    client.force_login(world.applicant)
    type(world.applicant).objects.filter(pk=world.applicant.pk).update(acting_for=other)
    assert cells(take("/orders/").content) == []
    type(world.applicant).objects.filter(pk=world.applicant.pk).update(acting_for=order.unit)
    assert len(cells(take("/orders/").content)) == 1


def test_the_mall_and_the_laboratories_come_in_their_order(client, world, take):
    cheap, dear = (make_product(world.provider, world.product.category, price=price) for price in (5, 50_000))
    client.force_login(world.applicant)
    rows = cells(take("/mall/", "sort=price").content)
    assert [row["编号"] for row in rows] == [cheap.number, world.product.number, dear.number]
    assert rows[0]["服务机构"] == world.provider.name
    assert cells(take("/labs/").content) == []


def test_the_button_stands_where_there_is_a_list_and_somebody_to_take_it(client, world):
    assert "导出表格" not in client.get("/mall/").content.decode()
    client.force_login(world.applicant)
    assert "导出表格" in client.get("/mall/").content.decode()
    world.make_order()
    page = client.get("/orders/?q=样例").content.decode()
    assert '<input type="hidden" name="path" value="/orders/">' in page
    assert resolve("/orders/").func.listing.title == "我买到的产品"


@pytest.fixture
def long(monkeypatch):
    monkeypatch.setattr(work, "AT_ONCE", 1)


def test_a_long_list_is_made_by_a_worker(client, world, take, long, django_capture_on_commit_callbacks):
    client.force_login(world.applicant)
    world.make_order(), world.make_order()
    with django_capture_on_commit_callbacks(execute=True):
        assert take("/orders/")["Location"] == reverse("export_list")
    export = ListExport.objects.get()
    assert (export.done, export.total, export.is_running) == (2, 2, False)
    told = Notice.objects.get(kind="list_ready")
    assert (told.recipient, told.subject) == (world.applicant, "“我买到的产品”已导出，可以下载")
    page = client.get(reverse("export_list")).content.decode()
    download = reverse("export_download", args=[export.pk])
    assert download in page
    assert len(cells(b"".join(client.get(download).streaming_content))) == 2
    client.force_login(world.stranger)
    assert client.get(download).status_code == 404


def test_one_is_made_at_a_time(client, world, take, long):
    client.force_login(world.applicant)
    world.make_order(), world.make_order()
    take("/orders/")
    assert "正在导出" in client.get(reverse("export_progress")).content.decode()
    response = take("/orders/")
    assert (response.status_code, "另一个列表正在导出" in response.content.decode()) == (409, True)
    with constrained("list_export_one_at_a_time"):
        copied(ListExport.objects.get())


def test_a_list_that_is_too_long_says_so(world, monkeypatch):
    monkeypatch.setattr(work, "MOST", 1)
    world.make_order(), world.make_order()
    with refused("R-EXPORT", "超过 1 行"):
        take_list("/orders/", "", by=world.applicant)


def test_who_may_no_longer_read_gets_nothing(client, world, take, long):
    client.force_login(world.applicant)
    world.make_order(), world.make_order()
    take("/orders/")
    export = ListExport.objects.get()
    type(world.applicant).objects.filter(pk=world.applicant.pk).update(is_active=False)
    assert work.make_export(export.pk) is False
    assert afresh(export).failed_at
    assert not afresh(export).file
    assert not work.give_up(export.pk)


def test_what_a_worker_has_left_is_taken_up_and_given_up_in_the_end(client, world, take, long):
    client.force_login(world.applicant)
    world.make_order(), world.make_order()
    take("/orders/")
    export = ListExport.objects.get()
    assert work.lost() == []
    early = timezone.now() - dt.timedelta(minutes=5)
    ListExport.objects.update(asked_at=early, seen_at=early)
    assert work.lost() == [export.pk]
    ListExport.objects.update(tries=work.MOST_TRIES)
    assert (work.lost(), afresh(export).is_running) == ([], False)
    told = Notice.objects.get(recipient=world.applicant, kind="list_failed")
    assert (told.url, "没有导出成" in told.subject, settings.SUPPORT_PHONE in told.body) == (
        reverse("export_list"),
        True,
        True,
    )


def test_old_files_go_and_the_row_stays(client, world, take, long, django_capture_on_commit_callbacks):
    client.force_login(world.applicant)
    world.make_order(), world.make_order()
    with django_capture_on_commit_callbacks(execute=True):
        take("/orders/")
    ListExport.objects.update(expires_at=timezone.now() - dt.timedelta(days=1))
    assert (work.tidy(), work.tidy()) == (1, 0)
    assert not ListExport.objects.get().file


def test_an_export_of_nobody_else_is_shown(client, world):
    ListExport.objects.create(user=make_user(), title="别人的", path="/orders/", ready_at=timezone.now())
    client.force_login(world.applicant)
    assert "还没有导出过表格" in client.get(reverse("export_list")).content.decode()
