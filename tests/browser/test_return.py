"""退回修改 in a browser: the firm reads why and what, mends the marked field, and the case goes back."""

import pytest

from tests.browser.test_journey import CONTENT
from tests.factories import World, drive_application
from vouchers.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "请写清楚检测数据用于哪个研发环节。"


def test_a_returned_application_names_the_field_and_the_deadline_and_comes_back_mended(stage):
    world = World()
    application = drive_application(world.make_application(), "district", world)
    reviewer, firm = stage.staff("district"), stage.staff("applicant")
    reviewer.go("/desk/").page.locator("main table tbody a").first.click()
    reviewer.page.wait_for_load_state()
    reviewer.page.locator("[name=verdict][value=send_back]").check()
    reviewer.page.locator("[name=corrections][value=content]").check()
    reviewer.fill(text=WORDS).sees("请修改创新券申请").look("60-letter").press("提交决定").sees("已办理")
    application = Application.objects.get(pk=application.pk)
    firm.go("/center/").look("61-center").go(f"/vouchers/applications/{application.number}/edit/")
    firm.sees(WORDS, f"{application.due_on:%Y-%m-%d}").look("62-returned")
    firm.fill(content=CONTENT, pledge=True).press("申请").press("确认提交").sees("待初审")
    application = Application.objects.get(pk=application.pk)
    assert (application.state, application.content, application.due_on) == ("district", CONTENT, None)
