"""A site that is alive: compared and ordered on a phone, pictures and answers, a policy sent to a district, help with a return."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from catalog.models import Inquiry, Picture, Product
from news.models import Article
from notifications.models import Announcement, Notice
from orders.models import Order
from policy.calendar import today
from tests.browser.test_journey import CONTENT
from tests.browser.test_typed import shoot
from tests.catalog.gallery.photos import photo
from tests.factories import World, drive_application, make_product
from tests.helpers import afresh
from tten.announcing import work
from tten.announcing.addresses import desk_of
from tten.demo import papers
from vouchers.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOX = "[role=textbox].ProseMirror"
WORDS = "委托检测三批铝合金样品的疲劳性能，用于改进配方。"
FITS = "document.documentElement.scrollWidth <= 390"
ROOM = "node => Math.round(node.getBoundingClientRect().height)"


def test_a_buyer_compares_three_services_and_orders_from_the_phone(stage):
    world = World()
    for price in (800, 1200):
        make_product(world.provider, world.product.category, name=f"样例检测服务{price}", price=price, duration="5 天")
    buyer = stage.staff("applicant", phone=True).go(reverse("product_list"))
    for box in buyer.page.locator(".card-choice").all():
        box.tap()
    buyer.press("对比所选").sees("服务对比")
    names = buyer.page.locator(".compare-table thead a").all_inner_texts()
    assert sorted(names) == sorted(["样例检测服务800", "样例检测服务1200", world.product.name])
    prices = buyer.page.locator(".compare-table tbody tr", has_text="参考价格").locator("td").all_inner_texts()
    assert "800.00" in prices[names.index("样例检测服务800")]
    order = buyer.page.locator(".compare-table tfoot td").nth(names.index("样例检测服务800"))
    assert order.get_by_role("link", name="立刻申请").evaluate(ROOM) >= 44
    buyer.press("立刻申请", role="link", within=order, exact=False)
    dialog = buyer.page.locator("#order-dialog")
    expect(dialog.locator("[name=requirement]")).to_be_visible()
    assert buyer.page.evaluate(FITS)
    day = today() + dt.timedelta(days=30)
    buyer.fill(requirement=WORDS, budget="2400", wanted_on=f"{day}")
    assert dialog.get_by_role("button", name="确认申请").evaluate(ROOM) >= 44
    buyer.press("确认申请", within=dialog).sees("订单已提交")
    assert buyer.page.evaluate(FITS)
    made = Order.objects.get()
    assert (made.product_name, made.budget, made.wanted_on, made.state) == ("样例检测服务800", 2400, day, "placed")
    assert Notice.objects.filter(kind__startswith="order", recipient=world.provider_member).count() == 1


def test_a_provider_fills_a_product_with_pictures_and_answers_a_question(stage):
    world = World()
    product = world.product
    desk = stage.staff("provider_member").go(reverse("provider_product_edit", args=[product.number]))
    desk.fill(standards="GB/T 228.1-2021", samples="棒材，长 120 mm，三件", duration="5 个工作日")
    desk.fill(description="按国家标准做室温拉伸和高周疲劳试验，需要客户提供棒材。", deliverable="检测报告").press(
        "保存"
    ).sees("已保存")
    desk.go(reverse("product_pictures", args=[product.number]))
    files = [stage.paper(f"{name}.jpg", photo(turned=True)) for name in ("试验机", "夹具")]
    desk.page.locator("input[type=file][name='product-pictures']").set_input_files(files)
    desk.press("上传产品图片").sees("2 / 8 张")
    first = Picture.objects.filter(product=product).first()
    desk.fill(**{f"picture-{first.pk}-alt": "万能试验机和夹具"}).press("保存").look("产品图片")
    buyer = stage.staff("applicant").go(reverse("product_ask", args=[product.number]))
    buyer.fill(text="样品最短要多长？").press("提交问题").sees("机构回答后会通知您")
    desk.go(reverse("inquiry_list")).press("样品最短要多长", role="link", exact=False)
    desk.fill(answer="不短于 120 毫米。").press("保存").sees("已回答，并通知了提问人")
    visitor = stage.enter("visitor").go(product.get_absolute_url()).look("产品页")
    visitor.press("标准、样品与交付", role="tab", exact=False).sees("GB/T 228.1-2021", "棒材，长 120 mm，三件")
    visitor.press("咨询", role="tab", exact=False).sees("样品最短要多长？", "不短于 120 毫米。")
    shown = visitor.page.get_by_role("main").get_by_alt_text("万能试验机和夹具").first
    assert shown.evaluate(
        "image => image.complete && image.naturalWidth < image.naturalHeight"
    )  # it was turned upright
    assert visitor.page.get_by_text(world.applicant.name).count() == 0
    now, asked = Product.objects.get(pk=product.pk), Inquiry.objects.get()
    assert (now.samples, now.pictures.exclude(made_at=None).count()) == ("棒材，长 120 mm，三件", 2)
    assert (asked.answer, asked.is_public) == ("不短于 120 毫米。", True)


def publish_policy(desk, *papers_of_it):
    """A policy of the platform's with these papers, that everybody reads."""
    desk.go(reverse("article_new")).page.wait_for_selector(BOX)
    desk.fill(sort="policy", title="南开区创新券配套办法", number="样例〔2026〕3 号", dated="2026-11-20")
    desk.page.click(BOX)
    desk.page.keyboard.type("南开区企业在市级创新券之外另有配套。")
    desk.press("保存并核对")
    desk.page.locator("input[type=file][name=papers]").set_input_files(papers_of_it)
    desk.press("添加附件").sees("已添加 2 个附件")
    desk.agrees().press("发布").sees("已发布，所有人都能看到。")
    return Article.objects.get()


def test_a_policy_with_papers_reaches_the_firms_of_a_district_and_no_others(stage, settings):
    settings.SITE_URL = stage.url
    world = World()
    files = [stage.paper(f"{name}.pdf", papers.report_pdf(name, "示例机构", "样例公司")) for name in ("附表", "说明")]
    desk = stage.staff("platform")
    article = publish_policy(desk, *files)
    desk.go(f"{reverse('announcement_new')}?article={article.pk}")
    desk.page.get_by_label("南开区", exact=True).check()
    desk.press("保存并核对收件单位").sees(world.unit.name)
    assert desk.page.get_by_role("main").get_by_text(world.other_unit.name).count() == 0
    desk.agrees().press("确认发送").sees("已确认，正在后台发送")
    made = Announcement.objects.get()
    if made.is_at_work:
        work.carry_on(made.pk)
    desk.go(desk_of(made)).sees("已发送")
    told = set(Notice.objects.filter(subject__contains=article.title).values_list("recipient__username", flat=True))
    assert told == {"applicant", "reader"}
    firm = stage.staff("applicant").go(reverse("notice_list")).sees(article.title)
    shoot(firm, "notice-of-policy")
    firm.press(article.title, exact=False).look("公告")
    firm.page.get_by_role("main").get_by_role("link", name=article.get_absolute_url()).click()
    firm.sees("另有配套", "样例〔2026〕3 号")
    with firm.page.expect_download() as taken:
        firm.page.get_by_role("link", name="附表.pdf").click(modifiers=["Alt"])
    assert taken.value.path().read_bytes() == files[0].read_bytes()
    other = stage.staff("stranger").go(reverse("notice_list"))
    assert other.page.get_by_text(article.title).count() == 0


def test_a_clerk_finds_in_the_help_what_a_returned_case_wants(stage):
    world = World()
    case = drive_application(world.make_application(), "district_returned", world)
    clerk = stage.staff("applicant").go(case.get_absolute_url())
    with clerk.page.expect_popup() as opened:
        clerk.page.get_by_role("link", name="这一步怎么办").first.click()
    helped = opened.value
    expect(helped.get_by_role("heading", level=1)).to_have_text("退回修改")
    assert helped.url.endswith("/help/firm/returned/#read")
    expect(helped.locator("#read")).to_be_in_viewport()
    expect(helped.locator("main")).to_contain_text(f"退回后 {case.policy.correction_days} 个工作日内补正")
    helped.close()
    clerk.go(reverse("help_page")).page.get_by_label("在手册里查找").fill("研发相关性")
    clerk.press("查找").sees("常见的退回原因").look("查找").press("常见的退回原因", role="link", exact=False)
    row = clerk.page.locator("tr", has_text="研发相关性说明不充分")
    expect(row).to_contain_text("写明研发的产品或技术")
    clerk.go(reverse("application_edit", args=[case.number])).fill(content=CONTENT, pledge=True)
    clerk.press("申请").press("确认提交").sees("待初审")
    assert (afresh(case).state, Application.objects.get().content) == ("district", CONTENT)
