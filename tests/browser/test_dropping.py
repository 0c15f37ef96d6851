"""A firm redeems by dropping seven files: what it types or chooses is counted; a refused file, and a phone."""

import os
import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from papers import tasks
from records.pictures.services import draw
from redemption.models import Claim
from tests.browser.stage import NARROW, WIDE
from tests.factories import World
from tests.redemption.dropped import PAYER, photographed, read_all, seven
from tten.demo import papers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_FIELDS = 12
EFFECT = "检测数据用于材料选型，样机通过评审。" * 8


class Counting:
    """The firm's person; `fields` is what he has typed or chosen, one for each field."""

    def __init__(self, firm):
        self.firm, self.fields = firm, []

    def fill(self, **values):
        for name, value in values.items():
            self.fields.append(name)
            self.firm.fill(**{name: value})


@pytest.fixture
def bare(settings, monkeypatch):
    """A redemption that has just begun: no row, nothing filled in."""
    world = World()
    claim = world.make_claim()
    for rows in (claim.invoices, claim.receipts, claim.contracts):
        rows.all().delete()
    claim.result_papers.clear()
    Claim.objects.filter(pk=claim.pk).update(completed_on=None, effect="", bank_name="", account_number="", rating=None)
    settings.READ_PAPERS = True
    monkeypatch.setattr(tasks.read, "delay", lambda _paper: None)  # the queue is slow: a test says when a worker reads
    return Claim.objects.get(pk=claim.pk)


@pytest.fixture
def firm(stage, bare):
    return stage.staff("applicant").go(f"/vouchers/claims/{bare.number}/edit/")


def shoot(firm, name, size):
    """A picture for whoever wants to look: SHOTS=folder."""
    if folder := os.environ.get("SHOTS"):
        firm.page.set_viewport_size(size)
        firm.page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)


def dropped(firm, named, kind="invoice"):
    """Choose the files at once."""
    paths = [firm.stage.paper(name, content) for name, content in named.items()]
    firm.page.locator(f"#rows-{kind} form[data-drop-now] input[type=file]").set_input_files(paths)
    expect(firm.page.locator(".row-waiting")).to_have_count(len(paths))


def read(firm, claim):
    """The worker reads, and the page hears of it."""
    read_all(claim)
    expect(firm.page.locator(".row-waiting")).to_have_count(0)
    for kind, count in (("invoice", 3), ("receipt", 3), ("contract", 1)):
        expect(firm.page.locator(f"#table-{kind} .row-dropped")).to_have_count(count)


def finished(firm, claim):
    """The rest of the form, and the way to the district; the fields that were typed or chosen."""
    person = Counting(firm)
    report = firm.stage.paper("检测报告.pdf", papers.report_pdf("检测报告", "样例检测服务中心", claim.unit.name))
    expect(firm.page.locator("#claim-missing")).to_be_visible()
    person.fill(
        result_papers=report, completed_on=f"{timezone.localdate()}", effect=EFFECT, bank_name="示例银行天津分行"
    )
    firm.page.locator("#known-accounts").get_by_role("button").first.click()
    firm.page.get_by_role("radio", name="5 分").check()
    firm.press("申请").sees("核对后提交兑现申请").press("确认提交").sees("待初审")
    kept = Claim.objects.get(pk=claim.pk)
    assert (kept.state, kept.account_number) == ("district", PAYER)
    return [*person.fields, "account_number", "rating"]


def test_seven_files_and_at_most_twelve_fields(firm, bare):
    dropped(firm, seven(bare))
    shoot(firm, "80-waiting", WIDE)
    read(firm, bare)
    firm.look("81-read")
    shoot(firm, "81-read", WIDE)
    firm.press("全部保存").sees("与合同金额一致")
    expect(firm.page.locator(".row-dropped")).to_have_count(0)
    assert len(["the files", *finished(firm, bare)]) <= MOST_FIELDS


def test_photographed_invoices_on_a_phone_and_at_most_twelve_fields(firm, bare):
    firm.page.set_viewport_size(NARROW)
    dropped(firm, photographed(bare))
    read(firm, bare)
    shoot(firm, "84-photographed", NARROW)
    bills = firm.page.locator("#table-invoice .row-dropped")
    for n, net in enumerate(("31132.08", "31132.08", "32075.47")):
        expect(bills.nth(n)).to_contain_text("还缺：不含税金额、税额")
        bills.nth(n).get_by_role("link", name="填写").click()
        expect(bills.nth(n).locator("[name$=net]")).to_be_focused()
        bills.nth(n).locator("[name$=net]").fill(net)
        expect(bills.nth(n).locator("[name$=tax]")).not_to_have_value("")
    shoot(firm, "85-filled", NARROW)
    firm.press("全部保存").sees("与合同金额一致")
    expect(firm.page.locator(".row-dropped")).to_have_count(0)
    assert [f"{row.tax}" for row in bare.invoices.order_by("pk")] == ["1867.92", "1867.92", "1924.53"]
    assert len(["the files", "net", "net", "net", *finished(firm, bare)]) <= MOST_FIELDS


def test_a_form_with_nothing_missing_is_not_called_complete_while_files_wait(stage, settings, monkeypatch):
    settings.READ_PAPERS = True
    monkeypatch.setattr(tasks.read, "delay", lambda _paper: None)
    claim = World().make_claim()
    firm = stage.staff("applicant").go(f"/vouchers/claims/{claim.number}/edit/").sees("可以核对并提交了")
    dropped(firm, dict([*seven(claim).items()][:1]))
    expect(firm.page.locator("#claim-missing")).to_be_hidden()
    firm.page.once("dialog", lambda dialog: dialog.accept())
    firm.page.locator(".row-waiting").get_by_role("button", name="移除").click()
    expect(firm.page.locator("#claim-missing")).to_be_visible()


def test_what_is_typed_stays_while_others_are_read_and_is_marked_at_once(firm, bare):
    dropped(firm, seven(bare))
    firm.page.locator("#table-invoice .row-waiting").first.get_by_role("link", name="自己填写").click()
    row = firm.page.locator(".row-open")
    row.locator("[name$=buyer]").fill("手打的名称")
    read_all(bare)
    expect(firm.page.locator(".row-waiting")).to_have_count(0)
    expect(row.locator("[name$=buyer]")).to_have_value("手打的名称")
    second = firm.page.locator("#table-invoice .row-dropped:not(.row-open)").first
    second.get_by_role("link", name="修改").click()
    expect(firm.page.locator(".row-open")).to_have_count(2)
    row = firm.page.locator(".row-open").last
    shown = row.locator("[data-read-differs]:visible")
    expect(shown).to_have_count(0)
    row.locator("[name$=gross]").fill("1")
    row.locator("[name$=gross]").press("Tab")
    expect(shown).to_have_text(re.compile("材料上是“¥.33,000.00”"))
    shoot(firm, "82-open", WIDE)
    firm.look("82-open")
    firm.press("全部保存")
    expect(firm.page.locator(".row-open")).to_have_count(2)  # one has no number, of the other the sum is wrong
    expect(row).to_contain_text("价税合计应等于不含税金额加税额")
    expect(firm.page.locator(".row-open").first.locator("[name$=buyer]")).to_have_value("手打的名称")
    expect(firm.page.locator("#table-receipt .row-dropped")).to_have_count(0)
    shoot(firm, "83-refused", WIDE)
    shoot(firm, "83-refused", NARROW)
    firm.page.set_viewport_size(WIDE)
    firm.press("申请")
    expect(firm.page.locator(".row-open").first.locator(".is-invalid").first).to_be_focused()


def test_the_place_of_what_was_read_is_marked_beside_its_row(firm, bare):
    dropped(firm, dict([*seven(bare).items()][:1]))
    read_all(bare)
    firm.page.locator(".row-dropped").get_by_role("link", name="修改").click()
    draw(bare.dropped.get().document_id)
    firm.page.locator(".row-open [data-read]").get_by_role("link", name="标出位置").first.click()
    expect(firm.page.locator(".viewer-side .viewer-mark")).to_be_visible()
    expect(firm.page.locator(".viewer-side").get_by_role("button", name="关闭")).to_be_in_viewport()
    expect(firm.page.locator(".viewer-side strong")).to_have_text("发票1.pdf")


def test_one_click_saves_a_row_whose_box_was_just_changed(firm, bare):
    dropped(firm, dict([*seven(bare).items()][:1]))
    read_all(bare)
    firm.page.locator(".row-dropped").get_by_role("link", name="修改").click()
    row = firm.page.locator(".row-open")
    row.locator("[name$=seller]").fill("别家样例检测有限公司")
    row.get_by_role("button", name="保存").click()
    expect(row).to_have_count(0, timeout=8_000)
    assert bare.invoices.get().seller == "别家样例检测有限公司"


def test_too_many_files_do_not_leave_and_a_refused_one_is_told(firm, bare, settings):
    settings.DROPPED_AT_ONCE = 2
    firm.go(f"/vouchers/claims/{bare.number}/edit/")
    box = firm.page.locator("#rows-receipt form[data-drop-now] input[type=file]")
    named = [firm.stage.paper(f"{n}.txt", b"no paper") for n in range(3)]
    box.set_input_files(named)
    firm.sees("一次最多 2 个文件，您选了 3 个")
    box.set_input_files(named[:1])
    firm.sees("“0.txt”")
    assert not bare.dropped.exists()
