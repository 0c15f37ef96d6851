"""Papers of the demo and of the tests: real images and PDFs, plainly samples, made in a few milliseconds each.

Equal arguments give equal bytes. Amounts are Decimal yuan, dates `datetime.date`.
"""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

import pypdfium2
from PIL import Image, ImageDraw

from policy.capitals import capitals
from records.scans.pdf import LOCK
from tten.demo.drawing import A4_WIDE, DPI, MARGIN, Sheet, font, jpeg_of, pdf_of, stamp

FEN = Decimal("0.01")
TAX_RATE = Decimal("0.06")
SAMPLE = "本件为演示样例，不具有任何法律效力。"
SIGN_HERE, STAMP_HERE = "法定代表人（签字）", "单位（盖章）"
SIGNING_INK = (25, 35, 90)
PAPER = (250, 249, 245)  # a scan's white
TILT = 0.5  # degrees by which a sheet lies askew on the glass
SEAL_BELOW = 75  # dots from the word to the middle of the seal


def licence_image(name: str, uscc: str, **more: str) -> bytes:
    """Return a 营业执照 as JPEG; more: legal_representative, address, capital, founded, term."""
    sheet = Sheet(A4_WIDE)
    sheet.title("营　业　执　照", 52)
    sheet.line(f"统一社会信用代码　{uscc}", size=22)
    sheet.y += 20
    facts = {
        "名　　称": name,
        "类　　型": "有限责任公司（演示）",
        "法定代表人": more.get("legal_representative", "张示例"),
        "注册资本": more.get("capital", "伍佰万元整"),
        "成立日期": more.get("founded", "2018年05月03日"),
        "营业期限": more.get("term", "长期"),
        "住　　所": more.get("address", "天津市示例区演示路 1 号"),
        "经营范围": "技术开发、技术咨询、技术服务（本件为演示样例，不具有任何法律效力）",
    }
    for label, value in facts.items():
        sheet.line(f"{label}　　{value}", size=22)
    sheet.seal("演示市场监督管理局", 960, 680)
    return sheet.jpeg()


def account_pdf(holder: str, bank: str, number: str) -> bytes:
    """Return a 开户许可证 of one page."""
    sheet = Sheet(A4_WIDE)
    sheet.title("开　户　许　可　证")
    for text in (f"存款人名称：{holder}", f"开户银行：{bank}", f"账　　号：{number}", SAMPLE):
        sheet.line(text, size=22)
        sheet.y += 16
    sheet.seal("演示银行", 900, 600)
    return sheet.pdf("开户许可证")


def certificate_pdf(kind: str, number: str, holder: str, term: str) -> bytes:
    """Return a certificate of a service institution, such as CMA or CNAS, of one page."""
    sheet = Sheet()
    sheet.title(f"{kind} 资质证书")
    for text in (
        f"证书编号：{number}",
        f"持证机构：{holder}",
        f"有 效 期：{term}",
        SAMPLE,
    ):
        sheet.line(text, size=22)
        sheet.y += 16
    sheet.seal("演示认可机构", 620, sheet.y + 120)
    return sheet.pdf(f"{kind} {number}")


def invoice_pdf(number: str, seller: str, buyer: str, gross: Decimal, date: dt.date, **more: str) -> bytes:
    """Return an 电子发票 of 6 % tax; more: seller_uscc, buyer_uscc, item, code."""
    net, tax = net_and_tax(gross)
    sheet = Sheet(A4_WIDE)
    sheet.title("电子发票（普通发票）", colour=(140, 60, 20))
    code = f"发票代码：{more['code']}　　" if more.get("code") else ""
    sheet.line(f"{code}发票号码：{number}　　开票日期：{day(date)}")
    parties = [(f"购买方：{buyer}", f"销售方：{seller}")]
    codes = [(f"信用代码：{more.get('buyer_uscc', '')}", f"信用代码：{more.get('seller_uscc', '')}")]
    sheet.table(parties + codes, (514, 514), 48)
    item = f"*研发和技术服务*{more.get('item', '技术服务费')}"
    rows = [("项目名称", "数量", "金额", "税率", "税额"), (item, "1", f"{net:.2f}", "6%", f"{tax:.2f}")]
    sheet.table([*rows, ("合　计", "", f"¥{net:.2f}", "", f"¥{tax:.2f}")], (448, 120, 180, 100, 180), 56)
    sheet.table([(f"价税合计（大写）　{capitals(gross)}", f"（小写）¥{gross:.2f}")], (628, 400), 56)
    sheet.seal(seller, 900, 640)
    return sheet.pdf(f"电子发票 {number}")


def net_and_tax(gross: Decimal) -> tuple[Decimal, Decimal]:
    """Part an amount with 6 % tax in it; the two parts add up to it to the fen."""
    net = (gross / (1 + TAX_RATE)).quantize(FEN, ROUND_HALF_UP)
    return net, gross - net


def receipt_pdf(serial: str, payer: str, payee: str, amount: Decimal, date: dt.date, **more: str) -> bytes:
    """Return a bank's 电子回单; more: payer_account, payee_account, bank."""
    bank = more.get("bank", "示例银行天津分行")
    sheet = Sheet(A4_WIDE)
    sheet.title(f"{bank}　电子回单")
    sheet.line(f"回单编号：{serial}　　交易日期：{day(date)}")
    rows = [
        ("付款人户名", payer, "收款人户名", payee),
        ("付款人账号", more.get("payer_account", ""), "收款人账号", more.get("payee_account", "")),
        ("金额（小写）", f"¥{amount:,.2f}", "金额（大写）", capitals(amount)),
        ("摘要", "技术服务费", "交易流水号", serial),
    ]
    sheet.table(rows, (150, 364, 150, 364), 60)
    sheet.seal("示例银行电子回单", 900, 600)
    return sheet.pdf(f"电子回单 {serial}")


def contract_pdf(name: str, number: str, party_a: str, party_b: str, amount: Decimal, *, date: dt.date) -> bytes:
    """Return a service contract of one page, sealed by both parties."""
    sheet = Sheet()
    sheet.title(name)
    for text in (
        f"合同编号：{number}　　签订日期：{day(date)}",
        f"甲方（委托方）：{party_a}",
        f"乙方（受托方）：{party_b}",
        "一、乙方按照甲方研发活动的需要提供技术服务，并交付书面成果。",
        f"二、合同总金额为人民币{capitals(amount)}（¥{amount:,.2f}），含税。",
        "三、甲方在验收合格后以对公转账方式一次付清全部价款。",
        "四、双方对在履行中知悉的对方技术秘密负有保密义务。",
        f"五、本合同一式肆份，自双方签字盖章之日起生效。{SAMPLE}",
    ):
        sheet.line(text)
        sheet.y += 12
    sheet.y += 40
    sheet.pen.text((MARGIN, sheet.y), "甲方（盖章）", (20, 20, 20), font("Song", 18))
    sheet.pen.text((MARGIN + 380, sheet.y), "乙方（盖章）", (20, 20, 20), font("Song", 18))
    sheet.seal(party_a, MARGIN + 130, sheet.y + 60)
    sheet.seal(party_b, MARGIN + 510, sheet.y + 60)
    return sheet.pdf(f"{name} {number}")


def report_pdf(title: str, provider: str, client: str, text: str = "") -> bytes:
    """Return a result of the service, such as a 检测报告, sealed by the provider."""
    sheet = Sheet()
    sheet.title(title)
    sheet.line(f"委托单位：{client}")
    sheet.line(f"服务机构：{provider}")
    sheet.y += 16
    rows = [("检测项目", "检测方法", "结果"), ("拉伸强度", "演示方法 A", "512 MPa"), ("硬度", "演示方法 B", "238 HV")]
    sheet.table(rows, (250, 250, 187), 40)
    sheet.y += 24
    sheet.line(text or "结论：样品各项指标符合委托要求。本报告为演示样例，数据均为虚构。", name="Fang")
    sheet.seal(provider, 620, sheet.y + 120)
    return sheet.pdf(title)


def signed_form_scan(form: bytes, *, unit: str, signer: str, as_pdf: bool = False) -> bytes:
    """Print a 兑现申请表, sign it, stamp it and scan it: the signed page as JPEG, or all pages as PDF."""
    pages, signed = _printed(form, unit, signer)
    scans = [_askew(page) for page in (pages if as_pdf else pages[signed : signed + 1])]
    return pdf_of(scans, "兑现申请表扫描件") if as_pdf else jpeg_of(scans[0])


def _printed(form: bytes, unit: str, signer: str) -> tuple[list[Image.Image], int]:
    """Return the pages as pictures, signed and stamped, and the index of the page with the signature."""
    with LOCK:
        document = pypdfium2.PdfDocument(form)
        pages = [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in document]
        places = [_places(page) for page in document]
        document.close()
    signed = next(index for index, found in enumerate(places) if found)
    (sign_x, sign_y), (stamp_x, stamp_y) = places[signed]
    pen = ImageDraw.Draw(pages[signed])
    pen.text((sign_x + 8, sign_y - 18), signer, SIGNING_INK, font("Fang", 36), stroke_width=1)
    stamp(pages[signed], unit, stamp_x + 60, stamp_y + SEAL_BELOW)
    return pages, signed


def _places(page: pypdfium2.PdfPage) -> list[tuple[int, int]]:
    """Return where to sign and where to stamp, in dots from the page's top left; nothing if not on this page."""
    text = page.get_textpage()
    found = []
    for words in (SIGN_HERE, STAMP_HERE):
        place = text.search(words).get_next()
        if place is None:
            return []
        _, _, right, top = text.get_charbox(place[0] + place[1] - 1)
        found.append((round(right * DPI / 72), round((page.get_height() - top) * DPI / 72)))
    return found


def _askew(page: Image.Image) -> Image.Image:
    return page.rotate(TILT, resample=Image.Resampling.BILINEAR, fillcolor=PAPER)


def day(date: dt.date) -> str:
    """2018年05月03日."""
    return f"{date:%Y}年{date:%m}月{date:%d}日"
