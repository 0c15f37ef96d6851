"""The desks in a browser: the curator chooses rows, reads what changes, gives a reason, reads the report; the provider copies."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from catalog.models import Product
from notifications.models import Notice
from tests.browser.stage import NARROW, WIDE
from tests.factories import World, make_category, make_laboratory, make_product

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HIGHEST = 120  # pixels of a phone that the head may take
FRAME = 290  # pixels above the first row: head, title and filters
WORDS = "按样例标准开展力学性能试验，客户提供试样十件以上，出具盖章报告。"


@pytest.fixture
def world():
    world = World()
    top = make_category(name="检验检测", order=1)
    leaf = make_category(name="材料性能测试", parent=top)
    for number in range(24):
        make_product(world.provider, leaf, name=f"复合材料力学性能检测 {number:02}", is_marked=bool(number % 3))
    make_laboratory()
    return world


def shoot(person, name):
    """Look at the page at both widths; keep pictures where somebody asks for them."""
    folder = os.environ.get("SHOTS")
    for size in (WIDE, NARROW):
        person.page.set_viewport_size(size)
        if folder:
            person.page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png")
    person.look(name)


def test_all_that_was_found_is_withdrawn_by_a_worker(stage, world):
    person = stage.staff("curator").go("/curator/products/?q=复合材料")
    whole = person.page.get_by_label("选中全部 24 条")
    expect(whole).to_be_hidden()
    person.page.get_by_label("选择本页全部").check()
    whole.check()
    expect(person.page.locator(".bulk")).to_contain_text("已选全部")
    shoot(person, "94-curator-all")
    person.press("下架…").sees("找到的 24 行全部选中")
    shoot(person, "94-curator-all-act")
    person.fill(reason="资料与实际服务不符，请补充后重新上架。").press("确认下架").sees("下架的结果")
    expect(person.page.get_by_role("link", name="已改变 24")).to_be_visible()
    shoot(person, "94-curator-all-report")
    assert Product.objects.filter(status="withdrawn").count() == 24


def test_the_curator_withdraws_several_with_a_reason_and_reads_the_report(stage, world):
    order = world.make_order()
    person = stage.staff("curator").go("/curator/products/")
    shoot(person, "95-curator-products")
    assert person.page.locator(".table-list").bounding_box()["y"] <= FRAME
    expect(person.page.locator(".bulk")).to_be_hidden()
    person.go("/curator/products/?q=" + world.product.number)
    person.page.get_by_label(f"选择 {world.product.name}", exact=True).check()
    expect(person.page.locator(".bulk")).to_contain_text("已选 1 项")
    shoot(person, "96-curator-chosen")
    person.press("下架…")
    shoot(person, "97-curator-act")
    person.press("确认下架").sees("请填写原因")
    person.fill(reason="资料与实际服务不符，请补充后重新上架。").press("确认下架").sees("下架的结果", "已下架")
    shoot(person, "98-curator-report")
    assert Product.objects.get(pk=world.product.pk).status == "withdrawn"
    notice = Notice.objects.get(recipient=world.applicant, kind="order_product_off")
    assert (order.number in notice.body, "资料与实际服务不符" in notice.body) == (True, True)
    person.go(f"/curator/products/{world.product.number}/").sees("历史", "下架")
    shoot(person, "99-curator-row")


def test_the_other_lists_of_the_curator(stage, world):
    person = stage.staff("curator")
    for name in ("providers", "laboratories", "batches", "categories"):
        shoot(person.go(f"/curator/{name}/"), f"95-curator-{name}")
    shoot(person.go("/desk/acts/"), "95-acts")


def test_the_provider_copies_a_product_and_finds_its_orders(stage, world):
    world.make_order()
    person = stage.staff("provider_member").go("/provider/products/")
    shoot(person, "95-own-products")
    person.press("复制", role="link", exact=True)
    shoot(person, "95-copy")
    person.fill(description=WORDS, deliverable="检测报告", duration="10 个工作日")
    person.fill(name="复制来的检测").press("保存").sees("复制来的检测")
    copied = Product.objects.get(name="复制来的检测")
    assert (copied.status, copied.is_marked) == ("draft", False)
    shoot(person.go("/provider/orders/?state=placed"), "95-received")
    person.page.locator("#work-find").fill(world.product.number)
    person.page.keyboard.press("Enter")
    expect(person.page).to_have_url(stage.url + world.product.get_absolute_url())
    shoot(person.go("/find/?q=nothing"), "95-find")


def test_the_menu_folds_to_icons_and_the_browser_remembers_it(stage, world):
    person = stage.staff("provider_member").go("/provider/products/")
    wide = person.page.locator(".desk-nav").bounding_box()["width"]
    person.page.get_by_role("button", name="折叠左侧导航").click()
    assert person.page.locator(".desk-nav").bounding_box()["width"] < wide / 2
    person.go("/provider/orders/")
    assert person.page.locator(".desk-nav").bounding_box()["width"] < wide / 2
    shoot(person, "95-folded")
    person.page.set_viewport_size(NARROW)
    assert person.page.locator(".work-head").bounding_box()["height"] <= HIGHEST
