"""An application and a row of a redemption by the keyboard alone, on a desk and on a phone; and without script."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import TimeoutError as NothingOpened
from playwright.sync_api import expect

from tests.browser.stage import NARROW, PATIENCE, WIDE, Person
from tests.factories import World
from tests.records.papers import pdf
from vouchers.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST = 150  # presses of Tab from one act to the next
PRESSES = 3  # of the space bar, until the choice of files opens
HELD = "node => node === document.activeElement"
RECEIPTS = "#rows-receipt"
SERIAL, ACCOUNT = "LS-2026-0099", "1200000000000077"


@pytest.fixture
def world():
    return World()


class Hands:
    """Somebody who has a keyboard and nothing else."""

    def __init__(self, person):
        self.page, self.keys = person.page, person.page.keyboard

    def reach(self, target):
        """Press Tab until the first of these has the focus."""
        target = target.first
        for _ in range(MOST):
            if target.evaluate(HELD):
                return target
            self.keys.press("Tab")
        raise AssertionError(f"{target} is not reached by {MOST} Tabs")

    def press(self, role, name, within="main"):
        """Reach a link or a button and press Enter."""
        self.reach(self.page.locator(within).get_by_role(role, name=re.compile(f"^{name}")))
        self.keys.press("Enter")
        self.page.wait_for_load_state()

    def write(self, box, text):
        """Reach a box, and type over what stands in it."""
        self.reach(box)
        self.keys.press("Control+a")
        self.keys.type(text)

    def write_day(self, box, day):
        """Type a day in whichever order the browser's own box takes its parts."""
        for text in (f"{day:%m%d%Y}", f"{day:%Y%m%d}", f"{day:%d%m%Y}"):
            self.reach(box)
            self.keys.type(text)
            if box.input_value() == day.isoformat():
                return
            self.keys.press("Shift+Tab")
        raise AssertionError("the day was not taken")

    def choose(self, box, path):
        """Reach the place for a paper and open the browser's own choice with the space bar."""
        self.press_for_choice(box, PRESSES).set_files(path)

    def press_for_choice(self, box, times):
        """The browser's choice of files; a busy browser may not open it, and whoever waits presses again."""
        self.reach(box)
        try:
            with self.page.expect_file_chooser() as chooser:
                self.keys.press("Space")
        except NothingOpened:
            if times == 1:
                raise
            return self.press_for_choice(box, times - 1)
        return chooser.value


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1440", "390"])
def test_an_application_and_a_row_by_the_keyboard_alone(stage, world, size):
    application, claim = world.make_application(), world.make_claim()
    firm = stage.staff("applicant")
    firm.page.set_viewport_size(size)
    hands = Hands(firm.go(f"/vouchers/applications/{application.number}/"))
    hands.press("link", "继续填写")
    hands.write(firm.page.locator("[name=project_name]"), "只用键盘填写的项目")
    hands.press("button", "申请")
    firm.sees("核对后提交申请", "只用键盘填写的项目")
    hands.press("button", "确认提交")
    firm.sees("待初审")
    add_a_row(stage, hands, firm.go(f"/vouchers/claims/{claim.number}/edit/"))
    assert Application.objects.get(pk=application.pk).state == "district"
    assert claim.receipts.filter(serial=SERIAL).exists()


def add_a_row(stage, hands, firm):
    """A bank receipt: refused once, corrected, saved; the focus is never lost on the way."""
    hands.press("link", "添加", RECEIPTS)
    row = firm.page.locator(".row-open")
    expect(row.locator("[name=paid_on]")).to_be_focused()
    hands.write_day(row.locator("[name=paid_on]"), timezone.localdate())
    hands.write(row.locator("[name=serial]"), SERIAL)
    hands.write(row.locator("[name=amount]"), "三万")
    hands.write(row.locator("[name=payee_account]"), ACCOUNT)
    hands.choose(row.locator("[name=file]"), stage.paper("回单.pdf", pdf()))
    hands.press("button", "保存", RECEIPTS)
    expect(row.locator("[name=amount]")).to_be_focused()
    hands.write(row.locator("[name=amount]"), "100")
    hands.press("button", "保存", RECEIPTS)
    expect(row).to_have_count(0)
    expect(firm.page.locator(RECEIPTS).get_by_role("link", name=re.compile(f"编辑.*{SERIAL}"))).to_be_focused()


def without_script(stage):
    """Somebody whose browser runs no script."""
    context = stage.browser.new_context(viewport=WIDE, locale="zh-CN", java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    stage.contexts.append(context)
    return Person(stage, context.new_page(), "without script").sign_in("applicant")


def test_an_application_and_a_row_without_script(stage, world):
    application, claim = world.make_application(), world.make_claim()
    stage.staff("applicant")
    firm = without_script(stage).go(f"/vouchers/applications/{application.number}/edit/")
    firm.fill(project_name="没有脚本的项目").press("申请").sees("核对后提交申请", "没有脚本的项目")
    firm.press("确认提交").sees("待初审")
    firm.go(f"/vouchers/claims/{claim.number}/edit/").press(
        "添加", role="link", within=firm.page.locator(RECEIPTS), exact=False
    )
    firm.press("申请").sees("还有一行没有保存")
    paper = stage.paper("回单.pdf", pdf())
    firm.fill(paid_on=str(timezone.localdate()), serial=SERIAL, amount="三万", payee_account=ACCOUNT, file=paper)
    firm.press("保存", within=firm.page.locator(RECEIPTS), exact=False).sees("已有文件：回单.pdf")
    expect(firm.page.locator(".row-open [name=amount]")).to_be_focused()
    firm.fill(amount="100").press("保存", within=firm.page.locator(RECEIPTS), exact=False).sees("银行回单已保存。")
    assert claim.receipts.filter(serial=SERIAL).exists()
