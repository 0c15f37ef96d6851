"""申请复核 in a browser: a firm that was refused, and one whose amount was lowered, are heard by others."""

from decimal import Decimal

import pytest

from redemption.models import Claim
from tests.factories import World, drive_application, drive_claim
from tests.records.scanned import HONEST
from tten.demo.drive import APPEAL_WORDS
from vouchers.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def asks(firm, case):
    """The firm reads the decision, writes its reasons and adds a paper."""
    firm.go(case.get_absolute_url()).sees(f"可以在 {case.due_on} 前申请复核一次").look("70-refused")
    firm.press("申请复核", role="link").sees("请在此日期前申请").look("71-asks")
    firm.agrees().press("申请复核").look("72-without-reasons").sees("请填写复核理由")
    firm.fill(text=APPEAL_WORDS, papers=firm.stage.paper("立项文件.pdf", HONEST["pdf"]))
    firm.agrees().press("申请复核").sees("复核中", "已申请复核，由没有参与原决定的人员办理").look("73-asked")


def opens(reviewer):
    """The office that had no part finds the case in its inbox, decision and reasons first."""
    reviewer.go("/desk/").look("74-inbox").page.locator("main table tbody a").first.click()
    reviewer.page.wait_for_load_state()
    reviewer.sees("复核理由", APPEAL_WORDS).look("75-desk")
    reviewer.page.locator("[name=verdict][value=pass_review]").check()


def test_a_refused_application_goes_on(stage):
    world = World()
    application = drive_application(world.make_application(), "district_rejected", world)
    firm, city = stage.staff("applicant"), stage.staff("municipal")
    asks(firm, application)
    opens(city)
    city.fill(text="立项文件与检测项目对应。").look("76-letter").press("提交决定").sees("已办理")
    firm.go(application.get_absolute_url()).sees("待复审").look("77-goes-on")
    assert Application.objects.get(pk=application.pk).state == "body"


def test_a_lowered_amount_is_set_anew(stage):
    world = World()
    claim = drive_claim(world.make_claim(), "experts", world)
    world.hear_experts(claim)
    claim = world.decide(claim, world.body_second, "pass_review", "部分成果不符。", amount=Decimal(30_000))
    firm, reviewer = stage.staff("applicant"), stage.staff("other_body")
    asks(firm, claim)
    firm.go(f"/vouchers/claims/{claim.number}/end/drop_appeal/").sees("确定要撤回吗").look("73-drops")
    opens(reviewer)
    reviewer.fill(amount="42000", text="成果均已提交。").look("78-amount").press("提交决定").sees("已办理")
    firm.go(claim.get_absolute_url()).sees("42,000").look("79-paid")
    assert Claim.objects.get(pk=claim.pk).final_amount == 42_000
