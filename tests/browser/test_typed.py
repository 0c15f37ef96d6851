"""What was typed stays until the person gives it up: in dialogs, in rows, when pasted, over the end of a session."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from orders.models import Order
from reviews.models import SubmissionReceipt
from tests.factories import World, drive_application, drive_order, make_user
from tests.records.papers import pdf
from tests.reviews.desk import open_turn
from vouchers.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "委托检测三批复合材料样品的力学性能，用于改进配方。"


@pytest.fixture
def world(stage):
    return World()


def answering(page, answer):
    """The next question of the browser gets this answer; what it said is in the list."""
    said = []
    page.once("dialog", lambda dialog: (said.append(dialog.message), dialog.accept() if answer else dialog.dismiss()))
    return said


def shoot(person, name):
    """Pictures of the page, where somebody asks for them."""
    if folder := os.environ.get("SHOTS"):
        for width in (1440, 390):
            person.page.set_viewport_size({"width": width, "height": 900})
            person.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        person.page.set_viewport_size({"width": 1440, "height": 900})


def test_a_dialog_asks_before_it_gives_up_what_was_typed(stage, world):
    buyer = stage.staff("applicant").go(f"/mall/{world.product.number}/")
    dialog = buyer.page.locator("#order-dialog")
    buyer.press("立刻申请", role="link", exact=False)
    expect(dialog.locator("[name=requirement]")).to_be_visible()
    buyer.page.keyboard.press("Escape")  # nothing was typed: nothing is asked
    expect(dialog).to_be_hidden()
    with buyer.page.expect_response("**/order/"):
        buyer.press("立刻申请", role="link", exact=False)
    dialog.locator("[name=requirement]").fill(WORDS)
    for way in ("Escape", "Escape", "取消"):
        said = answering(buyer.page, answer=False)
        buyer.page.keyboard.press(way) if way == "Escape" else buyer.press(way, within=dialog)
        assert "还没有提交" in "".join(said), way
        expect(dialog.locator("[name=requirement]")).to_have_value(WORDS)
    answering(buyer.page, answer=True)
    buyer.press("取消", within=dialog)
    expect(dialog).to_be_hidden()


def test_a_short_form_asks_before_its_reason_is_left(stage, world):
    order = drive_order(world.make_order(), "placed", world)
    buyer = stage.staff("applicant").go(reverse("order_move", args=[order.number, "cancel"]))
    buyer.fill(words="计划有变，暂时不需要这项服务。")
    said = answering(buyer.page, answer=False)
    buyer.page.get_by_role("main").get_by_role("link", name="返回").click()
    expect(buyer.page.locator("[name=words]")).to_have_value("计划有变，暂时不需要这项服务。")
    assert len(said) == 1
    buyer.press("取消订单")
    assert Order.objects.get(pk=order.pk).state == "cancelled"


def test_an_equal_order_is_asked_about(stage, world):
    buyer = stage.staff("applicant")
    for _ in range(2):
        buyer.go(f"/mall/{world.product.number}/order/")
        buyer.fill(requirement=WORDS, budget="20000", wanted_on=f"{timezone.localdate():%Y-%m-%d}")
        buyer.press("确认申请")
    buyer.sees("提交过同样的订单").look("97-twice")
    shoot(buyer, "97-twice")
    buyer.press("确实需要，再提交一次").sees("订单已提交")
    assert Order.objects.count() == 2


def test_the_dialog_of_an_order_saves_itself(stage, world):
    buyer = stage.staff("applicant").go(f"/mall/{world.product.number}/")
    dialog = buyer.page.locator("#order-dialog")
    buyer.press("立刻申请", role="link", exact=False)
    dialog.locator("[name=requirement]").fill(WORDS)
    expect(dialog.locator("[data-saved]")).to_contain_text("已自动保存", timeout=15_000)
    buyer.look("95-dialog")
    shoot(buyer, "95-dialog")
    again = stage.staff("applicant").go(f"/mall/{world.product.number}/")
    again.press("立刻申请", role="link", exact=False)
    again.sees("填写的内容已自动保存", WORDS)
    shoot(again, "96-dialog-offer")
    again.press("恢复这些内容")
    expect(again.page.locator("#order-dialog [name=requirement]")).to_have_value(WORDS)


def test_a_paper_is_chosen_once_and_a_long_paste_is_whole(stage, world):
    buyer = stage.staff("applicant").go(f"/mall/{world.product.number}/order/")
    buyer.fill(requirement="长" * 1200, papers=stage.paper("样品清单.pdf", pdf()))
    assert len(buyer.page.locator("[name=requirement]").input_value()) == 1200
    buyer.press("确认申请").sees("刚才选择的附件", "样品清单.pdf", "最多写 1000 个字").look("90-waiting")
    shoot(buyer, "90-waiting")


def test_the_session_ends_while_an_enterprise_types(stage, world):
    case = world.make_application()
    firm = stage.staff("applicant").go(reverse("application_edit", args=[case.number]))
    firm.fill(content=WORDS)
    firm.page.context.clear_cookies(name="sessionid")
    firm.press("保存").sees("登录已结束")
    shoot(firm, "91-over")
    firm.page.get_by_label("用户名或手机号").fill("applicant")
    firm.page.get_by_label("密码").fill("Tten-test-2026")
    firm.press("登录").sees("您输入的内容已保留", WORDS).look("91-kept")
    shoot(firm, "91-kept")
    firm.press("继续保存").sees("已保存")
    assert Application.objects.get(pk=case.pk).content == WORDS


def test_where_nobody_knows_whose_it_is_it_stands_to_be_copied(stage, world):
    firm = stage.staff("applicant").go("/center/account/edit/")
    firm.fill(name="甲样例").page.context.clear_cookies(name="sessionid")
    firm.page.context.clear_cookies(name="typist")
    stage.complaints = [words for words in stage.complaints if "403" not in words]
    firm.press("保存").sees("请先复制保存", "甲样例").look("92-signed-out")
    shoot(firm, "92-signed-out")
    stage.complaints = [words for words in stage.complaints if "403" not in words]


def test_two_people_type_at_once_and_choose(stage, world):
    case, colleague = world.make_application(), make_user("colleague", name="同事乙")
    world.unit.memberships.create(user=colleague, role="handler")
    address, before = reverse("application_edit", args=[case.number]), case.content
    one = stage.staff("applicant").go(address)
    one.fill(content=WORDS)
    expect(one.page.locator("[data-saved]")).to_contain_text("已自动保存", timeout=15_000)
    other = stage.staff("colleague").go(address)
    other.sees("也在填写这份内容", WORDS).look("93-others")
    shoot(other, "93-others")
    expect(other.page.locator(".draft-offer li")).to_have_count(1)  # what nobody has touched is no version of his
    other.press("采用这些内容")
    expect(other.page.locator("[name=content]")).to_have_value(WORDS)
    one.go(address).sees("填写的内容已自动保存，还没有提交", WORDS)
    expect(one.page.locator("[name=content]")).to_have_value(before)  # nothing is filled in by itself
    asked = []
    one.page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    one.page.get_by_role("button", name="保存", exact=True).click()
    assert "还没有恢复" in asked[0]
    one.press("恢复这些内容")
    expect(one.page.locator("[name=content]")).to_have_value(WORDS)
    one.press("保存").sees("已保存。您可以随时回来继续填写")
    assert Application.objects.get(pk=case.pk).content == WORDS


def test_an_opinion_comes_back_after_the_browser_was_closed(stage, world):
    turn = open_turn(drive_application(world.make_application(), "district", world))
    reviewer = stage.staff("district").go(f"/desk/{turn.pk}/")
    reviewer.page.locator("[name=verdict][value=send_back]").check()
    reviewer.page.locator("[name=corrections][value=content]").check()
    reviewer.fill(text=WORDS)
    expect(reviewer.page.locator("#decision [role=status].saved")).to_contain_text("已自动保存", timeout=15_000)
    again = stage.staff("district").go(f"/desk/{turn.pk}/").sees("填写的内容已自动保存", WORDS).look("94-opinion")
    shoot(again, "94-opinion")
    again.press("恢复这些内容")
    expect(again.page.locator("#decision [name=text]")).to_have_value(WORDS)
    expect(again.page.locator("[name=verdict][value=send_back]")).to_be_checked()
    expect(again.page.locator("[name=corrections][value=content]")).to_be_checked()
    expect(again.page.locator("[name=corrections]:checked")).to_have_count(1)


def test_a_receipt_stands_on_the_page_after_the_submission(stage, world):
    case = world.make_application()
    firm = stage.staff("applicant").go(reverse("application_check", args=[case.number]))
    firm.page.locator("main form [type=submit].btn-primary").click()
    firm.sees("提交回执")
    firm.press("材料", role="tab", exact=False).sees(SubmissionReceipt.objects.latest("pk").digest).look("95-receipts")
    shoot(firm, "95-receipts")
