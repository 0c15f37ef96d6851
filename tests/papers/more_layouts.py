"""How receipts, contracts and licences look."""

from decimal import Decimal

from tests.papers.layouts import Item, in_chinese, words


def receipt_listed(t):
    """One fact a line, every label says whose it is."""
    yield Item(220, 50, "样例银行电子回单", 14)
    rows = (
        ("交易日期", in_chinese(t["paid_on"])),
        ("付款人户名", t["payer"]),
        ("付款人账号", t["payer_account"]),
        ("付款人开户行", "样例银行天津分行"),
        ("收款人户名", t["payee"]),
        ("收款人账号", t["payee_account"]),
        ("收款人开户行", "虚构银行滨海支行"),
        ("金额（大写）", f"人民币{words(t['amount'])}"),
        ("金额（小写）", f"CNY {Decimal(t['amount']):,.2f}"),
        ("交易流水号", t["serial"]),
        ("摘要", "技术服务费"),
    )
    for row, (label, value) in enumerate(rows):
        yield Item(60, 90 + 20 * row, f"{label}：{value}")


def receipt_sided(t):
    """A table of two sides whose names are set downwards."""
    yield Item(200, 40, "某某银行客户专用回执", 14)
    yield Item(40, 62, f"日期：{in_chinese(t['paid_on'])}")
    yield Item(330, 62, f"回单编号：{t['serial']}")
    for x, side, name, account in ((40, "付款人", "payer", "payer_account"), (300, "收款人", "payee", "payee_account")):
        yield Item(x, 92, side, down=True)
        for row, (label, value) in enumerate(
            (("户  名", t[name]), ("账  号", t[account]), ("开户银行", "样例银行天津分行"))
        ):
            yield Item(x + 20, 90 + 18 * row, label)
            yield Item(x + 70, 90 + 18 * row, value)
    yield Item(40, 160, "金额")
    yield Item(90, 160, f"人民币（大写）：{words(t['amount'])}")
    yield Item(360, 160, f"（小写）￥{Decimal(t['amount']):,.2f}")
    yield Item(40, 185, "用途：检测费")


def receipt_headed(t):
    """Two halves under 付款方信息 and 收款方信息."""
    yield Item(220, 40, "网上银行电子回单", 14)
    for x, side, name, account in (
        (40, "付款方信息", "payer", "payer_account"),
        (310, "收款方信息", "payee", "payee_account"),
    ):
        yield Item(x, 70, side)
        yield Item(x, 90, f"户名：{t[name]}")
        yield Item(x, 108, f"账号：{t[account]}")
    yield Item(40, 140, f"交易金额：{t['amount']}元")
    yield Item(310, 140, f"金额大写：{words(t['amount'])}")
    yield Item(40, 160, f"交易时间：{t['paid_on']} 10:21:09")
    yield Item(310, 160, f"流水号：{t['serial']}")


def receipt_columned(t):
    """Headings of columns with what belongs to them below."""
    yield Item(220, 40, "转账凭证（回单）", 14)
    rows = (
        ((40, "付款人名称", t["payer"]), (240, "付款人账号", t["payer_account"]), (420, "付款日期", t["paid_on"])),
        ((40, "收款人名称", t["payee"]), (240, "收款人账号", t["payee_account"]), (420, "流水号", t["serial"])),
        ((40, "交易金额", f"{Decimal(t['amount']):,.2f}"), (240, "币种", "人民币")),
    )
    for row, cells in enumerate(rows):
        for x, label, value in cells:
            yield Item(x, 80 + 44 * row, label)
            yield Item(x, 98 + 44 * row, value)


def contract_covered(t):
    """A cover of labels, then clauses."""
    yield Item(180, 80, t["name"], 20)
    rows = (
        ("合同编号", t["number"]),
        ("合同名称", t["name"]),
        ("甲方（委托方）", t["party_a"]),
        ("乙方（受托方）", t["party_b"]),
        ("签订日期", in_chinese(t["signed_on"])),
        ("签订地点", "天津市南开区"),
    )
    for row, (label, value) in enumerate(rows):
        yield Item(100, 140 + 30 * row, f"{label}：{value}", 12)
    yield Item(80, 360, "一、乙方按照甲方的要求提供技术服务，甲方应于验收合格后付款。", 11)
    yield Item(80, 384, f"二、合同总金额：人民币{words(t['amount'])}（¥{Decimal(t['amount']):,.2f}）。", 11)


def contract_plain(t):
    """A short contract; the day is written in characters."""
    figures = str.maketrans("0123456789", "〇一二三四五六七八九")
    year, month, day = t["signed_on"].split("-")
    yield Item(190, 60, t["name"], 16)
    yield Item(380, 84, f"编号：{t['number']}", 10)
    yield Item(70, 110, f"合同名称：{t['name']}", 10)
    yield Item(70, 132, f"甲方：{t['party_a']}", 10)
    yield Item(70, 154, f"乙方：{t['party_b']}", 10)
    yield Item(
        70, 190, f"服务费用：{int(Decimal(t['amount']))}元（大写：{words(t['amount'])}），验收后十个工作日内支付。", 10
    )
    in_words = f"{year.translate(figures)}年{worded(month)}月{worded(day)}日"
    yield Item(70, 300, f"签订日期：{in_words}", 10)


def worded(number):
    """09 as 九, 12 as 十二, 20 as 二十."""
    tens, ones = divmod(int(number), 10)
    return ("" if tens == 0 else "十" if tens == 1 else "一二三"[tens - 1] + "十") + (
        "〇一二三四五六七八九"[ones] if ones else ""
    )


def licence_usual(t):
    """A licence: labels stretched to one width, values beside them."""
    yield Item(220, 80, "营 业 执 照", 24)
    yield Item(60, 130, "统一社会信用代码")
    yield Item(60, 146, t["uscc"], 11)
    rows = (
        ("名      称", t["name"]),
        ("类      型", "有限责任公司"),
        ("法定代表人", t["legal_representative"]),
        ("注 册 资 本", t["capital"]),
        ("成 立 日 期", in_chinese(t["founded_on"])),
        ("营 业 期 限", term(t)),
        ("住      所", t["address"]),
    )
    for row, (label, value) in enumerate(rows):
        yield Item(60, 190 + 26 * row, label, 11)
        yield Item(150, 190 + 26 * row, value, 11)


def licence_listed(t):
    """The same with colons, as a printed extract."""
    yield Item(220, 60, "营业执照（副本）", 18)
    rows = (
        ("统一社会信用代码", t["uscc"]),
        ("名称", t["name"]),
        ("法定代表人", t["legal_representative"]),
        ("注册资本", t["capital"]),
        ("成立日期", in_chinese(t["founded_on"])),
        ("住所", t["address"]),
        ("营业期限", f"自{term(t)}"),
    )
    for row, (label, value) in enumerate(rows):
        yield Item(80, 110 + 24 * row, f"{label}：{value}", 10)


def term(t):
    """From a day to a day, as a licence says it."""
    return f"{in_chinese(t['valid_from'])}至{in_chinese(t['valid_until'])}"


def account_permit(t):
    """A permit: labels with a colon, one fact a line."""
    yield Item(220, 60, "开户许可证", 18)
    rows = (
        ("核准号", "J1100000000001"),
        ("存款人名称", t["account_name"]),
        ("法定代表人（单位负责人）", "甄样例"),
        ("开户银行", t["bank_name"]),
        ("账号", t["account_number"]),
    )
    for row, (label, value) in enumerate(rows):
        yield Item(80, 120 + 26 * row, f"{label}：{value}", 11)


def account_sheet(t):
    """What a bank prints of the basic account today: labels and values in two columns."""
    yield Item(200, 60, "基本存款账户信息", 16)
    rows = (
        ("账户名称：", t["account_name"]),
        ("账号：", t["account_number"]),
        ("开户银行名称：", t["bank_name"]),
        ("法定代表人：", "甄样例"),
        ("基本存款账户编号：", "J1100000000001"),
    )
    for row, (label, value) in enumerate(rows):
        yield Item(80, 110 + 24 * row, label, 11)
        yield Item(220, 110 + 24 * row, value, 11)
