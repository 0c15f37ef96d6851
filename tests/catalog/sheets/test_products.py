"""Products come in by the rules of the form of 我的产品: off the shelf, without the mark."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from catalog.desk.pages import history_of
from catalog.mall.services import save_product
from catalog.models import Product, Shelf
from catalog.sheets.services import publish_import, undo_import
from records.models import Event
from tests.factories import make_category, make_laboratory, make_product, make_provider
from tests.helpers import afresh, refused

pytestmark = pytest.mark.django_db
HEADS = ("名称", "产品类别", "服务说明", "交付成果", "服务周期", "价格（元）", "计价单位")
ABOUT = "按样例标准开展疲劳试验，客户提供试样十件以上，出具盖章报告。"
ONE = ("疲劳试验", "材料性能测试", ABOUT, "检测报告", "10 个工作日", "12,000", "项")
KNOWN = {"deliverable": ONE[3], "duration": ONE[4], "price_unit": "次"}
TWO = ("冲击试验", "检验检测/材料性能测试", ABOUT, "检测报告", "5 个工作日", 800, "")


@pytest.fixture
def offer(bring, world, testing):
    """Bring products in, as the provider's own person."""

    def offered(*rows, heads=HEADS, **options):
        own = {"by": world.provider_member, "unit": world.provider.unit, "kind": "products", "batch": None}
        return bring(*rows, heads=heads, **own | options)

    return offered


def told(sheet):
    return [(row.verdict, row.words) for row in sheet.rows.all()]


def test_new_products_are_drafts_without_the_mark(offer, carry_out, world):
    sheet = offer(ONE, TWO)
    assert told(sheet) == [("new", "材料性能测试，¥\xa012,000.00/项"), ("new", "材料性能测试，¥\xa0800.00/次")]
    assert not Product.objects.filter(name=ONE[0]).exists()
    carry_out(publish_import, sheet, by=world.provider_member)
    product = Product.objects.get(name=ONE[0])
    assert (product.status, product.is_marked, product.price) == ("draft", False, 12000)
    assert (product.provider, product.category.name) == (world.provider, "材料性能测试")
    assert "疲劳试验" in product.search_text
    assert product.number.startswith("KT")
    assert not Shelf.objects.filter(product=product).exists()


def test_the_form_judges_each_row(offer, world):
    make_category(name="材料性能测试", parent=make_category(name="另一类"))
    rows = [
        ("甲\ue000", "材料性能测试", "太短", "", "3 天", "0", "次"),
        ("乙项", "炼金术", ABOUT, "报告", "3 天", "1.234", "次"),
        ("丙项", "检验检测/材料性能测试", ABOUT, "报告", "3 天", "100", "次"),
    ]
    first, second, third = told(offer(*rows))
    assert first[0] == second[0] == "wrong"
    assert [line[:6] for line in first[1].split("\n")] == [
        "产品名称：名",
        "有几个类别都",
        "服务说明：至",
        "请填写交付成",
        "参考价格：金",
    ]
    assert "有几个类别都叫“材料性能测试”" in first[1]
    assert "没有“炼金术”这个类别" in second[1]
    assert "最多两位小数" in second[1]
    assert third[0] == "new"


def test_a_known_product_changes_and_its_mark_goes_with_the_category(offer, carry_out, world, testing):
    product = make_product(world.provider, make_category(name="旧类"), name="疲劳试验", description=ABOUT)
    cheaper = (*ONE[:5], "900", "次")
    sheet = offer(cheaper)
    assert told(sheet)[0][0] == "changed"
    assert "类别：旧类 → 材料性能测试" in told(sheet)[0][1]
    assert "参考价格：¥\xa01,000.00 → ¥\xa0900.00" in told(sheet)[0][1]
    sheet = carry_out(publish_import, sheet, by=world.provider_member)
    product = afresh(product)
    assert (product.price, product.is_marked, product.status) == (900, False, "on_sale")
    assert Shelf.objects.get(product=product).price == 900
    carry_out(undo_import, sheet, by=world.provider_member)
    assert (afresh(product).price, afresh(product).category.name) == (1000, "旧类")


def test_a_provider_that_the_unit_has_given_up_keeps_its_products(offer, carry_out, world):
    product = make_product(world.provider, world.product.category, name="疲劳试验", description=ABOUT)
    sheet = offer((*ONE[:5], "900", "次"))
    type(world.provider).objects.filter(pk=world.provider.pk).update(unit=world.other_unit)
    make_provider(name="另一家样例中心").__class__.objects.filter(name="另一家样例中心").update(unit=sheet.unit)
    sheet = carry_out(publish_import, sheet, by=world.provider_member)
    assert (sheet.rows.get().outcome, afresh(product).price) == ("left", 1000)


def test_the_whole_batch_is_taken_back_but_for_what_was_published(offer, carry_out, world):
    sheet = carry_out(publish_import, offer(ONE, TWO), by=world.provider_member)
    Product.objects.filter(name=ONE[0]).update(status="on_sale")
    sheet = carry_out(undo_import, sheet, by=world.provider_member)
    assert list(Product.objects.filter(name__in=(ONE[0], TWO[0])).values_list("name", "status")) == [
        ("疲劳试验", "withdrawn")
    ]
    assert "状态改为“已下架”" in sheet.rows.get(outcome="kept").outcome_words


def test_a_provider_names_no_product_of_another(offer, world):
    other = make_product(make_provider(name="别家样例中心"), name="别家的")
    heads = ("编号", "服务机构", *HEADS)
    first, second = told(offer((other.number, "", *ONE), ("", "别家样例中心", *TWO), heads=heads))
    assert "没有找到编号为" in first[1]
    assert "没有找到您可以维护的服务机构“别家样例中心”" in second[1]


def test_the_curator_names_providers_and_laboratories(offer, carry_out, world):
    laboratory = make_laboratory()
    heads = ("服务机构", *HEADS)
    rows = [(world.provider.uscc, *ONE), (laboratory.number, *TWO), ("", "丙项", *TWO[1:])]
    sheet = offer(*rows, heads=heads, by=world.curator, unit=None)
    assert [row.verdict for row in sheet.rows.all()] == ["new", "new", "wrong"]
    assert "不止一家" in told(sheet)[2][1]
    carry_out(publish_import, sheet)
    assert Product.objects.get(name=TWO[0]).provider == laboratory.provider


def test_equal_names_of_one_provider_are_told(offer):
    sheet = offer(ONE, ("疲 劳 试 验", *ONE[1:]))
    assert told(sheet)[1] == ("wrong", "与工作表“名单”第 2 行是同一家机构的同名产品，请只留一行。")


def test_a_product_that_came_in_meanwhile_is_not_made_twice(offer, carry_out, world):
    sheet = offer(ONE, TWO)
    made = make_product(world.provider, name=ONE[0])
    sheet = carry_out(publish_import, sheet, by=world.provider_member)
    assert [(row.outcome, made.number in row.outcome_words) for row in sheet.rows.all()] == [
        ("left", True),
        ("written", False),
    ]


def test_who_only_reads_brings_nothing_in(offer, world):
    sheet = offer(ONE)
    world.provider.unit.memberships.create(user=world.stranger, role="admin")
    world.provider.unit.memberships.filter(user=world.provider_member).update(role="reader")
    with refused("R-PERM"):
        publish_import(sheet, by=world.provider_member)


def test_what_a_file_has_changed_stands_in_the_history(offer, carry_out, world, testing):
    product = make_product(world.provider, testing, name="疲劳试验", description=ABOUT, **KNOWN)
    sheet = carry_out(publish_import, offer((*ONE[:5], "900", "次")), by=world.provider_member)
    assert (
        product.events.latest("sequence").text == f"按表格“{sheet.name}”修改：\n参考价格：¥\xa01,000.00 → ¥\xa0900.00"
    )
    carry_out(undo_import, sheet, by=world.provider_member)
    last = product.events.latest("sequence")
    assert (last.text, last.actor) == (
        f"撤销表格“{sheet.name}”的修改：\n参考价格：¥\xa0900.00 → ¥\xa01,000.00",
        world.provider_member,
    )


def test_what_a_file_has_made_says_so_and_goes_without_a_trace(client, offer, carry_out, world):
    sheet = carry_out(publish_import, offer(ONE, TWO), by=world.provider_member)
    made = Product.objects.get(name=ONE[0])
    client.force_login(world.curator)
    page = client.get(reverse("curator_products_row", args=[made.number]))
    (line,) = page.context["history"]
    told = f"按表格“{sheet.name}”工作表“名单”第 2 行新增"
    assert (line["what"], line["by"], line["text"]) == ("新增", str(world.provider_member), told)
    assert sheet.get_absolute_url() in page.content.decode()
    carry_out(undo_import, sheet, by=world.provider_member)
    kind = ContentType.objects.get_for_model(Product)
    orphans = Event.objects.filter(case_type=kind).exclude(case_id__in=Product.objects.values("pk"))
    assert (Product.objects.filter(name__in=(ONE[0], TWO[0])).count(), orphans.count()) == (0, 0)


def test_what_somebody_has_worked_with_is_kept_with_its_history(offer, carry_out, world):
    sheet = carry_out(publish_import, offer(ONE, TWO), by=world.provider_member)
    made = Product.objects.get(name=ONE[0])
    made.deliverable = "另一种报告"
    save_product(made, by=world.provider_member)
    sheet = carry_out(undo_import, sheet, by=world.provider_member)
    assert sheet.stage == "undone"
    assert Product.objects.filter(name__in=(ONE[0], TWO[0])).get().status == "withdrawn"
    assert "没有删除" in sheet.rows.get(outcome="kept").outcome_words
    assert [line["what"] for line in history_of(made)] == ["下架", "修改", "新增"]


def test_there_is_no_template_of_what_is_no_list(client, world):
    client.force_login(world.curator)
    assert client.get("/center/sheets/template/zzz/").status_code == 404
