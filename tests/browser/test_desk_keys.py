"""The desks of the catalog by the keyboard alone: the curator's on a wide screen, the provider's on a phone."""

import pytest
from playwright.sync_api import expect

from catalog.models import DeskAct, Product
from tests.browser.stage import NARROW
from tests.browser.test_desks import WORDS, shoot
from tests.browser.test_keys import Hands
from tests.factories import World, make_category, make_laboratory, make_product
from tests.helpers import afresh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "资料与实际服务不符，请补充后重新上架。"


@pytest.fixture
def world():
    world = World()
    make_category(name="材料性能测试", parent=make_category(name="检验检测", order=1))
    for number in range(22):
        make_product(world.provider, world.product.category, name=f"疲劳试验 {number:02}", is_marked=False)
    make_laboratory()
    return world


def test_the_curator_keeps_the_catalog_by_the_keyboard_alone(stage, world):
    person = stage.staff("curator").go("/curator/products/?q=疲劳试验")
    hands = Hands(person)
    hands.reach(person.page.locator("[data-all]"))
    hands.keys.press("Space")
    hands.reach(person.page.get_by_label("选中全部 22 条"))
    hands.keys.press("Space")
    hands.press("button", "下架")
    person.sees("找到的 22 行全部选中")
    hands.write(person.page.locator("[name=reason]"), REASON)
    hands.press("button", "确认下架")
    person.sees("下架的结果")
    expect(person.page.get_by_role("link", name="已改变 22")).to_be_visible()
    assert (DeskAct.objects.get().done, afresh(world.product).status) == (22, "on_sale")
    person.go(f"/curator/products/{world.product.number}/")
    for name, words in (("name", "改过的名称"), ("description", WORDS), ("deliverable", "报告"), ("duration", "3 天")):
        hands.write(person.page.locator(f"[name={name}]"), words)
    hands.press("button", "保存")
    person.sees("“改过的名称”已保存。", f"产品名称：{world.product.name} → 改过的名称")
    shoot(person, "93-curator-row")
    hands.press("link", "查看公开页面")
    person.sees("改过的名称")


def test_a_provider_keeps_its_products_on_a_phone_by_the_keyboard_alone(stage, world):
    person = stage.staff("provider_member")
    person.page.set_viewport_size(NARROW)
    hands = Hands(person.go("/provider/products/"))
    hands.press("link", "新增产品")
    hands.write(person.page.locator("[name=name]"), "冲击试验")
    hands.reach(person.page.locator("[name=category]"))
    hands.keys.press("ArrowDown")
    for name, words in (
        ("description", WORDS),
        ("deliverable", "检测报告"),
        ("duration", "5 个工作日"),
        ("price", "800"),
    ):
        hands.write(person.page.locator(f"[name={name}]"), words)
    hands.press("button", "保存")
    person.sees("“冲击试验”已保存。")
    product = Product.objects.get(name="冲击试验")
    assert (product.status, product.price) == ("draft", 800)
    shoot(person, "93-own-products")
    person.page.set_viewport_size(NARROW)
    person.go("/provider/products/?q=冲击")
    hands.press("button", "上架")
    person.sees("“冲击试验”已上架")
    shoot(person.go("/center/sheets/"), "93-own-sheets")
    assert afresh(product).status == "on_sale"
