"""What fresh eyes found at the desks: where a page stands, what a row is known by, what a pause is called, what is kept."""

import datetime as dt

import pytest
from django.urls import reverse

from catalog.models import Category, LabBatch, Laboratory, Provider
from orders.services import check_orderable
from policy.calendar import today
from tests.catalog.test_curator import PRODUCTS, REASON, carry, curator
from tests.factories import make_category, make_laboratory, make_product
from tests.helpers import afresh, refused

pytestmark = pytest.mark.django_db
__all__ = ["curator"]


def row_page(curator, room, key):
    return curator.get(reverse(f"curator_{room}_row", args=[key]))


def test_the_pages_of_spreadsheets_stand_in_the_working_frame_and_in_the_menus(client, world):
    for person in (world.curator, world.provider_member):
        client.force_login(person)
        page = client.get(reverse("sheet_list"))
        assert "base_work.html" in {template.name for template in page.templates}
        items = [item for group in page.context["menu"] for item in group["items"]]
        assert [item["label"] for item in items if item["active"]] == ["表格导入"]
    world.provider.unit.memberships.create(user=world.stranger, role="admin")
    world.provider.unit.memberships.filter(user=world.provider_member).update(role="reader")
    page = client.get(reverse("sheet_list"))
    assert (page.status_code, page.context["kinds"]) == (200, [])


def test_what_was_done_has_its_way_back(curator):
    assert [words for words, _ in curator.get(reverse("desk_act_list")).context["crumbs"]] == ["用户中心", "批量操作"]


def test_a_row_says_by_what_it_is_known_and_where_visitors_see_it(curator, world):
    laboratory, product = make_laboratory(), world.product
    page = row_page(curator, "products", product.number)
    assert page.context["facts"] == [
        ("编号", product.number, ""),
        ("机构", world.provider.name, reverse("curator_providers_row", args=[world.provider.pk])),
        ("图片", "0 张", reverse("product_pictures", args=[product.number])),
    ]
    assert f'<a href="{product.get_absolute_url()}">查看公开页面</a>' in page.content.decode()
    page = row_page(curator, "laboratories", laboratory.number)
    assert [label for label, _, _ in page.context["facts"]] == ["编号", "机构", "依托单位"]
    assert page.context["public"] == laboratory.get_absolute_url()
    page = row_page(curator, "providers", world.provider.pk)
    assert ("帐号所属单位", world.provider.unit.name, "") in page.context["facts"]


def test_what_visitors_do_not_see_has_no_way_there(curator, world):
    laboratory = make_laboratory()
    LabBatch.objects.filter(pk=laboratory.batch_id).update(published_on=None)
    draft = make_product(world.provider, status="draft", is_marked=False)
    for room, key in (
        ("products", draft.number),
        ("laboratories", laboratory.number),
        ("batches", laboratory.batch_id),
        ("categories", world.product.category.pk),
    ):
        assert row_page(curator, room, key).context["public"] == ""
    assert Provider(name="样例", uscc="").legal_uscc == ""


def test_a_paused_laboratory_is_told_as_paused(client, world):
    laboratory = make_laboratory()
    product = make_product(laboratory.provider)
    Laboratory.objects.filter(pk=laboratory.pk).update(status="paused")
    sentence = f"实验室“{laboratory}”暂停接受新订单，恢复在册后可以再下单；已有订单照常办理。"
    for page in (product.get_absolute_url(), laboratory.get_absolute_url()):
        assert sentence in client.get(page).content.decode()
    with refused("R-SHELF", "暂停接受新订单"):
        check_orderable(afresh(product), by=world.applicant)
    Laboratory.objects.filter(pk=laboratory.pk).update(status="removed")
    with refused("R-SHELF", "已经下架"):
        check_orderable(afresh(product), by=world.applicant)


def test_a_suspended_provider_reads_so_at_his_desk(client, world):
    client.force_login(world.curator)
    carry(client, "providers", "suspend", world.provider)
    client.force_login(world.provider_member)
    text = client.get(reverse("provider_product_list")).content.decode()
    assert f"平台已停用“{world.provider}”（{today()}，原因：{REASON}）" in text
    Provider.objects.filter(pk=world.provider.pk).update(is_active=True)
    assert "平台已停用" not in client.get(reverse("provider_product_list")).content.decode()
    other = Provider.objects.create(name="另一家样例中心", unit=world.provider.unit, is_active=False)
    assert f"平台已停用“{other}”：" in client.get(reverse("provider_product_list")).content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"code": "材 料"}, "code", "代码只能用英文字母、数字、- 和 _，请改正。"),
        ({"code": "TESTING"}, "code", "这个代码已经有别的类别在用，请换一个代码。"),
        ({"name": "检验 检测"}, "name", "同一级已有类别“检验检测”（代码 TESTING）"),
        ({"name": ""}, "name", "请填写名称"),
    ],
)
def test_a_category_is_refused_in_words(curator, typed, field, said):
    make_category(name="检验检测", code="TESTING")
    page = curator.post(reverse("curator_categories_new"), {"name": "新类", "code": "new", "order": 0} | typed)
    assert said in "".join(page.context["form"].errors[field])
    assert Category.objects.filter(code="new").count() == 0


def test_a_hidden_batch_keeps_its_day(curator):
    batch = make_laboratory().batch
    day = dt.date(2025, 1, 2)
    LabBatch.objects.filter(pk=batch.pk).update(published_on=day)
    carry(curator, "batches", "hide", batch)
    assert afresh(batch).published_on is None
    shown = curator.get(reverse("curator_batches_act"), {"act": "announce", "row": batch.pk})
    assert shown.context["lines"][0]["now"] == "2025-01-02 公布"
    carry(curator, "batches", "announce", batch)
    assert afresh(batch).published_on == day
    new = LabBatch.objects.create(number=99)
    carry(curator, "batches", "announce", new)
    assert afresh(new).published_on == today()


@pytest.mark.parametrize(
    ("url", "query", "said"),
    [
        ("/mall/", {"least": "900", "most": "100"}, "“最低价（元）”大于“最高价（元）”，列表没有按这两项查找"),
        (
            "/provider/orders/",
            {"since": "2026-11-02", "until": "2026-11-01"},
            "“下单自”晚于“下单至”，列表没有按这两项查找",
        ),
    ],
)
def test_a_range_the_other_way_round_is_told_and_narrows_nothing(client, world, url, query, said):
    world.make_order()
    client.force_login(world.provider_member)
    page = client.get(url, query)
    assert said in page.content.decode()
    assert page.context["page"].count == 1
    low, high = query.values()
    assert said not in client.get(url, dict(zip(query, (high, low), strict=True))).content.decode()


def test_a_condition_is_named_once(curator, world):
    text = curator.get("/orders/", {"q": "样" * 70}).content.decode()
    assert "关键词：关键词" not in text
    assert "关键词最多 60 个字" in text
    assert "编号、名称或机构：关键词最多 60 个字" in curator.get(PRODUCTS, {"q": "样" * 70}).content.decode()
