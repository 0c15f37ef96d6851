"""询问 and 更正建议 in two browsers, wide and narrow: asked at the desk, answered and accepted on the page of the case."""

import pytest
from playwright.sync_api import expect

from tests.browser.stage import NARROW, WIDE
from tests.factories import World, drive_application
from tests.helpers import afresh
from tests.reviews.desk import open_turn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WHY = "请说明样品由谁寄送，并补一份合同首页。"


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1440", "390"])
def test_a_case_is_cleared_up_without_a_return(stage, size):
    world = World()
    case = drive_application(world.make_application(), "district", world)
    desk = stage.staff("district").go(f"/desk/{open_turn(case).pk}/")
    desk.page.set_viewport_size(size)
    part = desk.page.locator("#questions")
    part.locator("summary", has_text="询问企业").click()
    part.get_by_label("要询问的内容").fill(WHY)
    part.get_by_role("button", name="发出询问").click()
    expect(desk.page.locator("#questions")).to_contain_text("等待企业答复")
    desk.page.locator("#questions summary", has_text="更正建议").click()
    desk.page.get_by_label("要更正的内容").select_option("project_name")
    desk.page.get_by_role("button", name="填写建议").click()
    desk.fill(value="新材料疲劳寿命研究", text="以合同为准。").press("发出").sees("更正建议已发给企业")
    firm = stage.staff("applicant").go(case.get_absolute_url())
    firm.page.set_viewport_size(size)
    part = firm.page.locator("#questions")
    expect(part.get_by_role("button", name="提交答复")).to_be_visible()
    assert firm.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    part.get_by_label("答复").fill("由我单位寄送。")
    part.get_by_role("button", name="提交答复").click()
    firm.page.locator("#questions").get_by_role("button", name="接受更正").click()
    firm.sees("审核在本轮继续")
    assert (afresh(case).state, afresh(case).project_name) == ("district", "新材料疲劳寿命研究")
    desk.go(f"/desk/{open_turn(case).pk}/").page.locator("#questions summary", has_text="往来记录").click()
    desk.sees("由我单位寄送。")
    assert desk.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
