"""How papers look: where each text stands on the page. Drawn as PDF by `pdfs`, as OFD by `ofds`."""

from dataclasses import dataclass, replace
from decimal import Decimal

from policy.capitals import capitals

TAX_LABEL = "统一社会信用代码/纳税人识别号："
ITEM = "*研发和技术服务*检测服务"


@dataclass(frozen=True)
class Item:
    """One text: its left edge and base line in points from above, its size, and whether it is set downwards."""

    x: float
    y: float
    text: str
    size: float = 9
    down: bool = False
    tag: str = ""  # the fact that it holds


def words(value):
    return capitals(Decimal(value))


def in_chinese(day, figures="{}年{}月{}日"):
    return figures.format(*day.split("-"))


def _title(t):
    return "电子发票（增值税专用发票）" if t["type"] == "专用" else "电子发票（普通发票）"


def _goods(t, y):
    yield from (
        Item(x, y, head)
        for x, head in ((20, "项目名称"), (180, "规格型号"), (300, "数量"), (390, "金额"), (530, "税额"))
    )
    yield Item(20, y + 16, ITEM)
    yield Item(300, y + 16, "1")
    yield Item(370, y + 16, t["net"])
    yield Item(470, y + 16, "6%")
    yield Item(520, y + 16, t["tax"])


def _sums(t, y, mark="¥"):
    yield Item(60, y, "合")
    yield Item(120, y, "计")
    yield Item(365, y, mark + t["net"], tag="net")
    yield Item(515, y, mark + t["tax"], tag="tax")
    yield Item(40, y + 22, "价税合计（大写）")
    yield Item(170, y + 22, f"⊗{words(t['gross'])}")
    yield Item(400, y + 22, "（小写）")
    yield Item(445, y + 22, mark + t["gross"], tag="gross")


def digital_usual(t):
    """数电票 as the bureau prints it: two sides, their names set downwards."""
    yield Item(200, 40, _title(t), 16)
    yield Item(420, 40, f"发票号码：{t['invoice_number']}", tag="invoice_number")
    yield Item(420, 56, f"开票日期：{in_chinese(t['issued_on'])}")
    for x, side, name, code in (
        (18, "购买方信息", "buyer", "buyer_tax_id"),
        (305, "销售方信息", "seller", "seller_tax_id"),
    ):
        yield Item(x, 84, side, 9, down=True)
        yield Item(x + 18, 92, f"名称：{t[name]}", tag=name)
        yield Item(x + 18, 120, f"{TAX_LABEL}{t[code]}", 8, tag=code)
    yield from _goods(t, 150)
    yield from _sums(t, 230)
    yield Item(18, 275, "备注", down=True)
    yield Item(40, 330, "开票人：贾开票")


def digital_parted(t):
    """Labels are one column of texts, values another, a point lower; labels are stretched with blanks."""
    yield Item(170, 42, _title(t), 15)
    for y, label, value in ((40, "发票号码", t["invoice_number"]), (58, "开票日期", in_chinese(t["issued_on"]))):
        yield Item(400, y, f"{label}:")
        yield Item(448, y + 1, value)
    for x, side, name, code in (
        (14, "购买方信息", "buyer", "buyer_tax_id"),
        (300, "销售方信息", "seller", "seller_tax_id"),
    ):
        yield Item(x, 80, side, 8.5, down=True)
        yield Item(x + 14, 88, "名    称：", 8.5)
        yield Item(x + 56, 89, t[name], 8.5)
        yield Item(x + 14, 118, TAX_LABEL, 7)
        yield Item(x + 128, 119, t[code], 8.5)
    yield from _goods(t, 150)
    yield from _sums(t, 236, "￥")


def digital_plain(t):
    """A portal's own print: every label says whose it is."""
    yield Item(180, 50, _title(t), 14)
    rows = (
        ("发票号码", t["invoice_number"]),
        ("开票日期", t["issued_on"]),
        ("购买方名称", t["buyer"]),
        ("购买方纳税人识别号", t["buyer_tax_id"]),
        ("销售方名称", t["seller"]),
        ("销售方纳税人识别号", t["seller_tax_id"]),
    )
    for row, (label, value) in enumerate(rows):
        yield Item(60, 90 + 22 * row, f"{label}：")
        yield Item(190, 90 + 22 * row, value)
    yield from _sums(t, 260)


def digital_headed(t):
    """The sides are headings across, the facts stand below them."""
    yield Item(200, 36, _title(t), 16)
    yield Item(30, 60, f"发票号码: {t['invoice_number']}")
    yield Item(330, 60, f"开票日期: {in_chinese(t['issued_on'])}")
    for x, side, name, code in ((30, "购买方", "buyer", "buyer_tax_id"), (330, "销售方", "seller", "seller_tax_id")):
        yield Item(x, 84, side)
        yield Item(x, 104, f"名称：{t[name]}")
        yield Item(x, 122, f"纳税人识别号：{t[code]}")
    yield from _goods(t, 150)
    yield from _sums(t, 230)


def vat_usual(t):
    """增值税电子普通发票: buyer above with the cipher beside it, seller below."""
    yield Item(180, 40, "天津增值税电子普通发票", 15)
    checks = " ".join(t["check_code"][place : place + 5] for place in range(0, 20, 5))
    tops = (
        ("发票代码", t["code"]),
        ("发票号码", t["invoice_number"]),
        ("开票日期", in_chinese(t["issued_on"])),
        ("校 验 码", checks),
    )
    for row, (label, value) in enumerate(tops):
        yield Item(420, 32 + 15 * row, f"{label}:{value}")
    for y, side, name, code in ((100, "购买方", "buyer", "buyer_tax_id"), (300, "销售方", "seller", "seller_tax_id")):
        yield Item(18, y + 8, side, down=True)
        yield Item(36, y, f"名    称：{t[name]}")
        yield Item(36, y + 15, f"纳税人识别号：{t[code]}")
        yield Item(36, y + 30, "地 址、电 话：样例路1号 022-00000000")
        yield Item(36, y + 45, "开户行及账号：某银行样例支行 120000000000000")
    yield Item(340, 108, "密码区", down=True)
    for row, cipher in enumerate(("03*5/<8-+41<72>9*6", "45>+2*80/-31<+8765", "7/<*24+>190-38*+52")):
        yield Item(358, 102 + 14 * row, cipher)
    yield from _goods(t, 170)
    yield from _sums(t, 240)
    yield Item(330, 308, "备注", down=True)
    yield Item(36, 370, "收款人：贾收款   复核：甄复核   开票人：贾开票   销售方：（章）")


def vat_parted(t):
    """The same with values in a layer of their own, as one program prints on the form of another."""
    for item in vat_usual(t):
        label, colon, value = item.text.partition("：" if "：" in item.text else ":")
        if colon and value and "收款人" not in label:
            yield replace(item, text=label + colon)
            yield replace(item, x=item.x + 9 * len(label) + 12, y=item.y + 1.2, text=value)
        else:
            yield item
