"""The whole life of a voucher in a browser, from an empty database to 专家评审通过, with real files."""

import datetime as dt
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from catalog.models import Category
from redemption.models import Claim
from reviews.models import District, Office
from tests.browser.stage import PASSWORD
from tests.factories import FIRM, PROVIDER, make_category, make_office, make_product, make_provider, make_user
from tten.demo import papers
from vouchers.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.pdf, pytest.mark.django_db(transaction=True)]
UNIT, INSTITUTE = "海河样例科技有限公司", "样例检测服务中心"
NEED = "需要对新研制的铝合金支架做拉伸和疲劳试验，用于改进结构设计。"
CONTENT = (
    "本单位正在研制轻量化支架，委托检测其力学性能和疲劳寿命，数据用于确定壁厚和热处理参数，支撑样机定型和后续批量试制。"
)
EFFECT = (
    "服务机构按期完成拉伸、疲劳和环境试验，出具检测报告。数据已用于壁厚和热处理参数的确定，样机一次通过评审，"
    "减重一成，疲劳寿命提高两成，并形成企业标准草案一份，为后续型号的研制积累了方法和数据，研发人员也掌握了相应的测试方法。"
)
TODAY = dt.date.today


def offices():
    """What administrators have set up: the platform, a district, a body, experts; a provider with two products."""
    make_office(Office.Kind.PLATFORM, "科服网平台", make_user("platform"))
    make_office(
        Office.Kind.DISTRICT, "南开区科技局", make_user("district"), district=District.objects.get(code="120104")
    )
    make_office(Office.Kind.BODY, "样例专业机构", make_user("body"), make_user("body_second"))
    experts = [make_user(f"expert_{number}", name=f"专家{number}") for number in (1, 2, 3)]
    make_office(Office.Kind.EXPERT, "专家库", *experts, financial=experts[:1])
    top = make_category(name="检验检测")
    leaf = Category.objects.create(code="leaf", name="力学与可靠性试验", parent=top, may_be_marked=True)
    provider = make_provider(make_user("provider"), PROVIDER, INSTITUTE)
    make_product(provider, leaf, name="金属材料拉伸与疲劳试验", price=Decimal(20_000))
    make_product(provider, leaf, name="常规出厂检验", is_marked=False)


def register(stage):
    firm = stage.enter("enterprise").go("/").look("01-home")
    firm.go("/account/login/").look("02-login").go("/account/signup/")
    firm.fill(username="haihe", phone="13800000001", name="贾经办", password1=PASSWORD, password2=PASSWORD, agrees=True)
    firm.look("03-signup").press("下一步：验证手机号").look("03-code").code("13800000001")
    return firm


def certify(stage, firm):
    licence = papers.licence_image(UNIT, FIRM, legal_representative="甄样例")
    firm.go("/center/certification/")
    firm.fill(
        name=UNIT, uscc=FIRM, kind="enterprise", licence=stage.paper("营业执照.jpg", licence), district="120104",
        address="南开区样例路 1 号", founded_on="2018-05-01", legal_representative="甄样例", handler_name="贾经办",
        handler_phone="13800000001", licence_permanent=True,
    ).look("04-certification")  # fmt: skip
    firm.press("下一步：核对").look("04-certification-check").press("确认提交").sees("待审核").look(
        "05-certification-waits"
    )


def decide(person, *, words="材料齐全，符合条件。", look="", **more):
    """The reviewer opens the first case of his inbox, reads the message that will go out, and lets the case pass."""
    person.go("/desk/")
    person.page.locator("main table tbody a").first.click()
    person.page.wait_for_load_state()
    person.page.locator("[name=verdict][value=pass_review]").check()
    person.fill(text=words, **more)
    if look:
        person.look(look)
    expect(person.page.locator(".letter-beside .letter")).to_be_visible()
    person.press("提交决定")
    return person


def order(firm):
    firm.go("/mall/").look("10-mall").fill(q="疲劳").press("搜索")
    firm.press("金属材料拉伸与疲劳试验", role="link").look("11-product")
    firm.press("立刻申请 金属材料拉伸与疲劳试验", role="link")
    firm.fill(requirement=NEED, budget="20000", wanted_on=str(TODAY() + dt.timedelta(30)))
    firm.fill(contact="贾经办", phone="13800000001").look("12-order-dialog").press("确认申请")
    firm.go("/orders/").sees("金属材料拉伸与疲劳试验", "待服务机构确认").look("13-orders")


def confirm(provider):
    provider.go("/provider/orders/").look("14-provider-orders")
    provider.page.locator("main table tbody a").first.click()
    provider.page.wait_for_load_state()
    provider.press("确认接单").sees("服务中")


def apply(firm):
    firm.go("/vouchers/applications/").look("20-applications").press("申请创新券", exact=False)
    firm.fill(project_name="轻量化支架力学试验", planned_from=str(TODAY()), planned_to=str(TODAY() + dt.timedelta(90)))
    firm.fill(content=CONTENT, contract_amount="20000").sees("最多可申请 10,000 元")
    firm.fill(
        applied_amount="10000", declares_unrelated=True, declares_no_other_funds=True, declares_not_statutory=True
    )
    firm.fill(pledge=True).look("21-application").press("申请").look("22-application-check").press("确认提交")
    firm.sees("待初审").look("23-application-waits")


def add_row(firm, title, **values):
    panel = firm.page.locator("main section.panel", has=firm.page.get_by_role("heading", name=title, exact=True))
    panel.get_by_role("link", name="添加").click()
    row = panel.locator(".row-open")
    for name, value in values.items():
        box = row.locator(f"[name='{name}']")
        act = box.set_input_files if name == "file" else box.select_option if name == "kind" else box.fill
        act(value)
    row.get_by_role("button", name="保存").click()
    panel.get_by_role("link", name="编辑").first.wait_for()


def claim_rows(stage, firm):
    day, money, account = TODAY(), Decimal(20_000), "1200000000000001"
    net, tax = papers.net_and_tax(money)
    number, serial = "26120000000000000001", "LS20261124000001"
    add_row(
        firm, "合同", name="技术服务合同", number="HT-2026-01", signed_on=str(day), starts_on=str(day), ends_on=str(day),
        amount="20000",
        file=stage.paper("合同.pdf", papers.contract_pdf("技术服务合同", "HT-2026-01", UNIT, INSTITUTE, money, date=day)),
    )  # fmt: skip
    add_row(
        firm, "发票", kind="digital_plain", invoice_number=number, issued_on=str(day), seller_tax_id=PROVIDER,
        net=str(net), tax=str(tax), gross="20000",
        file=stage.paper("发票.pdf", papers.invoice_pdf(number, INSTITUTE, UNIT, money, day)),
    )  # fmt: skip
    add_row(
        firm, "银行回单", paid_on=str(day), payer_account=account, payee_account="1200000000000002", amount="20000",
        serial=serial, file=stage.paper("回单.pdf", papers.receipt_pdf(serial, UNIT, INSTITUTE, money, day)),
    )  # fmt: skip


def claim(stage, firm):
    firm.go("/vouchers/claims/").look("30-claims").press("申请", exact=False)
    claim_rows(stage, firm)
    report = stage.paper("检测报告.pdf", papers.report_pdf("检测报告", INSTITUTE, UNIT))
    firm.fill(result_papers=report, completed_on=str(TODAY()), effect=EFFECT, bank_name="示例银行天津分行")
    firm.fill(account_number="1200000000000001")
    firm.page.get_by_role("radio", name="5 分").check()
    firm.look("31-claim").press("申请").sees("核对后提交兑现申请").look("32-claim-check").press("确认提交")
    firm.sees("待初审").look("33-claim-waits")


def sign_and_upload(stage, firm):
    number = Claim.objects.get().number
    firm.go(f"/vouchers/claims/{number}/").sees("兑现申请表").look("34-claim-accepted")
    with firm.page.expect_download() as exported:
        firm.page.get_by_role("main").get_by_role("button", name="导出").click()
    form = exported.value.path().read_bytes()
    assert form.startswith(b"%PDF")
    scan = papers.signed_form_scan(form, unit=UNIT, signer="甄样例", as_pdf=True)
    firm.fill(scan=stage.paper("盖章申请表.pdf", scan)).press("上传并提交专家评审").sees("专家评审中")


def review_by_experts(stage, body):
    body.go("/desk/")
    body.page.locator("main table tbody a").first.click()
    body.sees("不少于 3 人的单数")
    for box in body.page.get_by_role("checkbox").all():
        box.check()
    body.look("40-panel").press("组建专家组").sees("已提交 0 / 3")
    for number in (1, 2, 3):
        expert = stage.staff(f"expert_{number}")
        expert.go("/desk/seats/").look("41-seats").page.locator("main table tbody a").first.click()
        expert.page.wait_for_load_state()
        expert.page.locator("[name=word][value=agree]").check()
        expert.fill(text="成果真实，费用合理。").look("42-seat").agrees().press("提交意见")


def test_the_whole_life_of_a_voucher(stage):
    offices()
    platform, provider, district = stage.staff("platform"), stage.staff("provider"), stage.staff("district")
    body, second = stage.staff("body"), stage.staff("body_second")
    firm = register(stage)
    certify(stage, firm)
    decide(platform, look="06-desk-certification")
    order(firm)
    confirm(provider)
    apply(firm)
    decide(district, look="24-desk-application")
    decide(body)
    application = Application.objects.get()
    firm.go(f"/vouchers/applications/{application.number}/").sees("复审通过", application.voucher_number).look(
        "25-voucher"
    )
    claim(stage, firm)
    decide(district, look="35-desk-claim")
    decide(body)
    sign_and_upload(stage, firm)
    review_by_experts(stage, second)
    decide(second, words="专家组一致同意兑现。", look="43-desk-experts")
    firm.go(f"/vouchers/claims/{Claim.objects.get().number}/").sees("专家评审通过").look("44-passed")
    assert (Claim.objects.get().final_amount, Application.objects.get().state) == (10_000, "redeemed")
