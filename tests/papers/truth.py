"""What is true of a paper before it is made: invented firms, codes that pass their check, sums that add up."""

import datetime as dt
import random
from decimal import Decimal

from stdnum.cn import uscc

FIRMS = (
    "海河样例科技有限公司",
    "北辰示例新材料（天津）有限公司",
    "津门虚构软件股份有限公司",
    "滨海某某生物医药有限责任公司",
    "武清甲乙丙智能装备有限公司",
)
PROVIDERS = (
    "样例检测服务中心",
    "天津虚构大学分析测试中心",
    "示例计量研究院",
    "某某技术转移（天津）有限公司",
    "北京假定材料试验有限公司",
)
PEOPLE = ("甄样例", "贾虚构", "欧阳示例", "阿布都·某某")
RATES = (Decimal("0.06"), Decimal("0.03"), Decimal("0.13"), Decimal("0.01"))


def credit_code(chance):
    """A code of a firm of Tianjin that nobody has."""
    body = "91120" + chance.choice(("104", "116", "222")) + "".join(chance.choices("0123456789ABCDEFGH", k=9))
    return body + uscc.calc_check_digit(body)


def digits(chance, count):
    """So many figures, the first not 0."""
    return chance.choice("123456789") + "".join(chance.choices("0123456789", k=count - 1))


def _day(chance):
    return (dt.date(2024, 1, 1) + dt.timedelta(days=chance.randrange(900))).isoformat()


def invoice(seed, *, digital=True):
    """The facts of an invoice."""
    chance = random.Random(seed)
    day = _day(chance)
    net = Decimal(chance.randrange(10_000, 90_000_000)) / 100
    tax = (net * chance.choice(RATES)).quantize(Decimal("0.01"))
    number = f"{day[2:4]}12{digits(chance, 16)}" if digital else digits(chance, 8)
    older = {} if digital else {"code": f"01200{day[2:4]}{digits(chance, 8)[:3]}11", "check_code": digits(chance, 20)}
    return older | {
        "type": "专用" if digital and chance.random() < 0.5 else "普通",
        "invoice_number": number,
        "issued_on": day,
        "seller": chance.choice(PROVIDERS),
        "seller_tax_id": credit_code(chance),
        "buyer": chance.choice(FIRMS),
        "buyer_tax_id": credit_code(chance),
        "net": f"{net:.2f}",
        "tax": f"{tax:.2f}",
        "gross": f"{net + tax:.2f}",
    }


def receipt(seed):
    """The facts of a bank's receipt."""
    chance = random.Random(seed)
    return {
        "paid_on": _day(chance),
        "payer": chance.choice(FIRMS),
        "payer_account": digits(chance, chance.choice((12, 17, 19))),
        "payee": chance.choice(PROVIDERS),
        "payee_account": digits(chance, chance.choice((12, 17, 19))),
        "amount": f"{Decimal(chance.randrange(10_000, 90_000_000)) / 100:.2f}",
        "serial": chance.choice(("", "EB", "C0")) + digits(chance, 14),
    }


def contract(seed):
    """The facts of a contract."""
    chance = random.Random(seed)
    return {
        "name": chance.choice(("材料力学性能检测技术服务合同", "样例软件测试委托合同", "新药杂质分析技术开发合同")),
        "number": f"HT-{chance.randrange(2024, 2027)}-{chance.randrange(1000):03d}",
        "party_a": chance.choice(FIRMS),
        "party_b": chance.choice(PROVIDERS),
        "signed_on": _day(chance),
        "amount": f"{chance.randrange(5_000, 900_000)}.00",
    }


def licence(seed):
    """The facts of a licence."""
    chance = random.Random(seed)
    return {
        "uscc": credit_code(chance),
        "name": chance.choice(FIRMS),
        "legal_representative": chance.choice(PEOPLE),
        "founded_on": _day(chance),
        "address": f"天津市南开区样例路{chance.randrange(1, 300)}号",
        "capital": f"{chance.choice(('伍佰', '壹仟', '叁仟'))}万元整",
        "valid_from": (begun := _day(chance)),
        "valid_until": f"{int(begun[:4]) + 20}{begun[4:8]}15",
    }


def account(seed):
    """The facts of a proof of a bank account."""
    chance = random.Random(seed)
    return {
        "account_name": chance.choice(FIRMS),
        "bank_name": f"样例银行天津第{chance.choice('一二三')}支行",
        "account_number": digits(chance, chance.choice((17, 19))),
    }


def certificate(seed):
    """The facts of a certificate; its kind follows from the seed."""
    chance = random.Random(seed)
    title, number = (
        ("资质认定证书", f"{chance.randrange(10, 27)}0200{digits(chance, 6)}"),
        ("认可证书", f"CNAS L{digits(chance, 5)}"),
        ("质量管理体系认证证书", f"016{digits(chance, 5)}R0M"),
    )[seed % 3]
    granted = _day(chance)
    return {
        "title": title,
        "number": number,
        "name": chance.choice(PROVIDERS),
        "granted_on": granted,
        "valid_until": f"{int(granted[:4]) + 6}{granted[4:8]}15",
    }
