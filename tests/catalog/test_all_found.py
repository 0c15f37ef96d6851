"""An act on all that was found: a worker does it, piece by piece, none twice, and says of each row what became of it."""

import datetime as dt

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from catalog.desk import carrying, tasks, work
from catalog.desk.acts import ANNOUNCE, WITHDRAW
from catalog.desk.services import ask_for_all
from catalog.models import DeskAct, DeskLine, Product, Provider
from notifications.models import Notice
from tests.catalog.test_curator import ACT, PRODUCTS, REASON, curator
from tests.factories import drive_order, make_laboratory, make_product, make_provider
from tests.helpers import afresh, refused

pytestmark = pytest.mark.django_db
__all__ = ["curator"]


@pytest.fixture
def many(world):
    """Four more products on sale, of which the last is off the shelf already."""
    products = [make_product(world.provider, world.product.category, name=f"第{n}种检测") for n in "一二三四"]
    Product.objects.filter(pk=products[-1].pk).update(status="withdrawn")
    return products


@pytest.fixture
def pieces(monkeypatch):
    """Pieces of two rows."""
    monkeypatch.setattr(work, "MOST", 2)


def asked(world, rows=None, act=WITHDRAW):
    """An act that waits for its worker."""
    rows = Product.objects.all() if rows is None else rows
    return ask_for_all(act, rows, by=world.curator, reason=REASON)


def outcomes(act):
    return list(act.rows.values_list("done", flat=True))


def test_the_box_for_all_is_there_where_there_are_further_pages(curator, world, many):
    assert 'name="all"' not in curator.get(PRODUCTS).content.decode()
    for n in range(20):
        make_product(world.provider, world.product.category, name=f"检测{n}")
    text = curator.get(PRODUCTS, {"q": "检测", "status": "on_sale"}).content.decode()
    assert "选中全部 24 条" in text
    assert 'name="found" value="q=%E6%A3%80%E6%B5%8B&amp;status=on_sale"' in text


def test_it_is_shown_first_with_counts_and_the_first_rows(curator, many):
    page = curator.get(ACT, {"act": "withdraw", "all": "1", "found": "q=第"})
    assert [page.context[name] for name in ("total", "same", "changes")] == [4, 1, 3]
    assert "找到的 4 行全部选中" in page.content.decode()
    assert {line["name"] for line in page.context["lines"]} == {product.name for product in many}
    assert (DeskAct.objects.count(), DeskLine.objects.count()) == (0, 0)


def test_from_the_page_to_the_report(curator, world, many, django_capture_on_commit_callbacks):
    Notice.objects.all().delete()
    sent = {"act": "withdraw", "all": "1", "found": "q=第", "total": "4", "reason": REASON}
    with django_capture_on_commit_callbacks(execute=True):
        report = curator.post(ACT, sent)["Location"]
    page = curator.get(report)
    act = page.context["act"]
    assert (act.stage, act.total, act.done, act.left, act.reason) == ("done", 4, 3, 1, REASON)
    assert (afresh(world.product).status, Product.objects.filter(status="withdrawn").count()) == ("on_sale", 4)
    assert [line.said for line in curator.get(report, {"show": "left"}).context["page"]] == [
        "已经是“已下架”，不用改动。"
    ]
    assert curator.get(report, {"show": "done"}).context["page"].paginator.count == 3
    assert many[0].events.get().text == REASON
    told = Notice.objects.get(recipient=world.curator)
    assert (told.kind, told.url, "已改变 3 行，未改变 1 行" in told.body) == ("desk_act_ended", report, True)
    assert Notice.objects.filter(recipient=world.provider_member, kind="products_off").count() == 1


def test_what_is_found_otherwise_by_now_is_shown_again(curator, many):
    sent = {"act": "withdraw", "all": "1", "found": "q=第", "total": "3", "reason": REASON}
    page = curator.post(ACT, sent)
    assert "核对之后，找到的行变为 4 行，请再核对一次。" in page.content.decode()
    assert not DeskAct.objects.exists()


def test_a_condition_that_is_none_takes_nothing(curator, many):
    page = curator.get(ACT, {"act": "withdraw", "all": "1", "found": "status=zzz"}, follow=True)
    assert "筛选条件有误" in page.content.decode()


def test_more_than_one_act_may_have_are_refused_with_the_way_out(curator, world, many, settings):
    settings.DESK_ACT_ROWS = 3
    page = curator.get(ACT, {"act": "withdraw", "all": "1", "found": "q=第"}, follow=True)
    assert page.redirect_chain[-1][0] == f"{PRODUCTS}?q=%E7%AC%AC"
    assert "一次最多办理 3 行" in page.content.decode()
    with refused("R-MANY", "请增加筛选条件"):
        asked(world)
    with refused("R-WORDS"):
        ask_for_all(WITHDRAW, Product.objects.all(), by=world.curator, reason=" ")
    assert not DeskAct.objects.exists()


def test_a_worker_that_was_killed_is_gone_on_from_and_nothing_is_done_twice(world, many, pieces):
    act = asked(world)
    assert work.carry_out_piece(act.pk) == 2
    assert outcomes(act) == [True, True, None, None, None]
    DeskAct.objects.filter(pk=act.pk).update(seen_at=timezone.now())
    assert not work.carry_on(act.pk)
    DeskAct.objects.filter(pk=act.pk).update(seen_at=timezone.now() - work.SILENT - dt.timedelta(seconds=1))
    tasks.sweep_acts()
    act = afresh(act)
    assert (act.stage, act.done, act.left, outcomes(act)) == ("done", 4, 1, [True] * 4 + [False])
    assert [product.events.count() for product in (world.product, *many)] == [1, 1, 1, 1, 0]
    assert not work.carry_on(act.pk)
    assert not work.finish(act.pk, "")
    assert Notice.objects.filter(kind="desk_act_ended").count() == 1


def test_what_stands_otherwise_by_then_or_is_gone_stays(world, many):
    gone = make_product(world.provider, world.product.category, name="要删的")
    act = asked(world)
    Product.objects.filter(pk=many[0].pk).update(status="draft")
    gone.delete()
    work.carry_on(act.pk)
    said = dict(act.rows.filter(done=False).values_list("key", "said"))
    assert "这一行已变为“未上架”" in said[many[0].number]
    assert said[gone.number] == "这一行已不在平台上，没有改动。"


def test_who_may_not_any_more_stops_and_what_was_done_is_told(world, many, pieces):
    drive_order(world.make_order(), "placed", world)
    act = asked(world)
    work.carry_out_piece(act.pk)
    Notice.objects.all().delete()
    type(world.curator).objects.filter(pk=world.curator.pk).update(duty="")
    DeskAct.objects.filter(pk=act.pk).update(seen_at=None)
    work.carry_on(act.pk)
    act = afresh(act)
    assert (act.stage, act.done, act.worked_off, "没有继续" in act.sentence) == ("stopped", 2, 2, True)
    assert set(Notice.objects.values_list("kind", flat=True)) == {"desk_act_ended", "order_product_off", "products_off"}


def test_what_was_tried_too_often_is_given_up(world, many):
    act = asked(world)
    DeskAct.objects.filter(pk=act.pk).update(tries=work.MOST_TRIES)
    tasks.sweep_acts()
    assert (afresh(act).stage, settings.SUPPORT_PHONE in afresh(act).sentence) == ("stopped", True)


def test_a_provider_takes_all_of_its_own_off_the_shelf(client, world, many, django_capture_on_commit_callbacks):
    foreign = make_product(make_provider(name="别家样例中心"))
    client.force_login(world.provider_member)
    url = reverse("provider_product_list_act")
    sent = {"act": "withdraw", "all": "1", "found": "status=on_sale", "total": "4"}
    with django_capture_on_commit_callbacks(execute=True):
        report = client.post(url, sent)["Location"]
    assert (DeskAct.objects.get().done, afresh(foreign).status) == (4, "on_sale")
    assert client.get(report).context["crumbs"][1][0] == "我的产品"
    with django_capture_on_commit_callbacks() as waiting:
        client.post(url, {"act": "publish", "all": "1", "found": "", "total": "5"})
    Provider.objects.filter(pk=world.provider.pk).update(unit=world.other_unit)
    for callback in waiting:
        callback()
    assert "只有产品所属服务机构的成员" in DeskAct.objects.first().sentence


def test_the_page_waits_while_a_worker_is_at_it(curator, world, many):
    act = asked(world)
    progress = reverse("desk_act_progress", args=[act.pk])
    assert 'hx-trigger="every 2s"' in curator.get(act.get_absolute_url()).content.decode()
    assert "HX-Refresh" not in curator.get(progress).headers
    work.carry_on(act.pk)
    assert curator.get(progress).headers["HX-Refresh"] == "true"
    curator.force_login(world.provider_member)
    assert curator.get(progress).status_code == 404


def test_all_batches_that_were_never_published_are_announced(world):
    batch = make_laboratory().batch
    type(batch).objects.filter(pk=batch.pk).update(published_on=None)
    act = asked(world, type(batch).objects.all(), ANNOUNCE)
    work.carry_on(act.pk)
    assert (afresh(batch).published_on, afresh(act).done) == (timezone.localdate(), 1)
    assert ANNOUNCE.as_it_is != WITHDRAW.as_it_is
    assert carrying.key_field(type(batch)) == "pk"
    assert str(act.rows.get()) == str(batch)
