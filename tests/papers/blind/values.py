"""What the blind papers state: five sets of facts of each kind, all names fictional."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from policy.capitals import capitals

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ROUNDS = 5
SELLERS = (
    "样例检测技术服务（天津）有限公司",
    "天津虚构材料研究所",
    "北京范例软件测评中心有限责任公司",
    "示例认证(集团)股份有限公司天津分公司",
    "石家庄假想仪器计量站",
)
BUYERS = (
    "海河样例科技有限公司",
    "天津滨海范例智能装备股份有限公司",
    "津门虚构生物医药（天津）有限公司",
    "天津市示例环保工程有限公司",
    "天津假想㛃源新材料科技发展有限责任公司",
)
SERVICES = ("材料力学性能检测", "软件产品登记测试", "电磁兼容试验", "样机可靠性验证", "环境监测方法开发")
BANKS = (
    "样例银行天津南开支行",
    "示例商业银行股份有限公司天津滨海支行",
    "虚构农村商业银行天津东丽支行",
    "范例发展银行天津分行营业部",
    "假想储蓄银行有限责任公司天津河西区支行",
)
PRICES = ("12000.00", "45283.02", "867.92", "150943.40", "3301.89")
RATES = ("6", "6", "3", "6", "13")


def credit_code(body: str) -> str:
    """The eighteen signs of a unit: the last one is the check of the seventeen before."""
    total = sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + SIGNS[(31 - total % 31) % 31]


class Invoice(NamedTuple):
    """What an invoice states; `rate` and `service` stand on it, too, and are asked of nobody."""

    code: str
    number: str
    day: date
    seller: str
    seller_id: str
    buyer: str
    buyer_id: str
    net: Decimal
    tax: Decimal
    gross: Decimal
    rate: str
    service: str


class Receipt(NamedTuple):
    """What a bank says of one payment."""

    day: date
    payer: str
    payer_account: str
    payer_bank: str
    payee: str
    payee_account: str
    payee_bank: str
    amount: Decimal
    serial: str


class Contract(NamedTuple):
    """What two firms signed."""

    name: str
    number: str
    party_a: str
    party_b: str
    day: date
    starts: date
    ends: date
    amount: Decimal


def buyer_id(turn: int) -> str:
    """The buyer's credit code: a firm of Tianjin each time."""
    return credit_code(f"9112011{turn}MA0{turn}7K{4821 + 37 * turn}")


def invoice(turn: int, *, coded: bool = False) -> Invoice:
    """The facts of one invoice; coded: with code and number of eight digits, as before the 数电票."""
    net, rate = Decimal(PRICES[turn]), RATES[turn]
    tax = (net * Decimal(rate) / 100).quantize(Decimal("0.01"))
    return Invoice(
        code=f"0120022{turn}0{turn}11" if coded else "",
        number=f"{30714582 + 91733 * turn}" if coded else f"2612200000{3104928871 + 7310091 * turn}",
        day=date(2026, 1, 9) + timedelta(days=53 * turn),
        seller=SELLERS[turn],
        seller_id=credit_code(f"9112010{turn + 2}0{turn}{6603517 + 101 * turn}"[:17]),
        buyer=BUYERS[turn],
        buyer_id=buyer_id(turn),
        net=net,
        tax=tax,
        gross=net + tax,
        rate=rate,
        service=SERVICES[turn],
    )


def receipt(turn: int) -> Receipt:
    """The facts of one payment."""
    paper = invoice(turn)
    return Receipt(
        day=paper.day + timedelta(days=12),
        payer=paper.buyer,
        payer_account=f"0302{7104009 + turn}3{88120017 + 77 * turn}"[: 19 - turn],
        payer_bank=BANKS[turn],
        payee=paper.seller,
        payee_account=f"12050{16035 + turn}00000{4417 + turn}"[: 15 + turn],
        payee_bank=BANKS[(turn + 2) % ROUNDS],
        amount=paper.gross,
        serial=f"{26031270 + turn}A{55002 + 13 * turn}" if turn % 2 else f"20260{turn}12{700455 + turn}31",
    )


def contract(turn: int) -> Contract:
    """The facts of one contract."""
    paper = invoice(turn)
    signed = paper.day - timedelta(days=40)
    return Contract(
        name=f"{paper.service}技术服务合同",
        number=f"JS-{signed.year}-{118 + turn}" if turn % 2 else f"津样合字〔{signed.year}〕第{37 + turn}号",
        party_a=paper.buyer,
        party_b=paper.seller,
        day=signed,
        starts=signed + timedelta(days=3),
        ends=signed + timedelta(days=180),
        amount=paper.gross,
    )


def grouped(amount: Decimal) -> str:
    """12,720.00."""
    return f"{amount:,.2f}"


def chinese(day: date) -> str:
    """2026年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def padded(day: date) -> str:
    """2026年03月01日."""
    return f"{day:%Y}年{day:%m}月{day:%d}日"


def words(amount: Decimal) -> str:
    """壹万元整."""
    return capitals(amount)
