"""The registers that the portal asks: how they call an answer, which facts of it are kept, how long it counts as fresh."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models


class Register(models.TextChoices):
    """Whom the portal asks."""

    ENTERPRISE = "enterprise", "企业登记信息"
    CREDIT = "credit", "信用信息"
    INVOICE = "invoice", "发票查验"


class Status(models.TextChoices):
    """What a register has answered."""

    ACTIVE = "active", "存续"
    MOVED = "moved", "迁出"
    CANCELLED = "cancelled", "注销"
    REVOKED = "revoked", "吊销"
    ABSENT = "absent", "查无登记"
    CLEAN = "clean", "无失信记录"
    HIT = "hit", "有失信记录"
    MATCHES = "matches", "一致"
    DIFFERS = "differs", "不一致"
    UNKNOWN = "unknown", "查无此票"
    VOIDED = "voided", "已作废"
    RED = "red", "已红冲"


class Trouble(models.TextChoices):
    """Why a question has no answer yet."""

    AWAY = "away", "连接不上"
    SLOW = "slow", "没有按时回应"
    BROKEN = "broken", "回应不可读"
    LATER = "later", "请稍后重试"
    EXHAUSTED = "exhausted", "超过当日查询次数"


@dataclass(frozen=True)
class Line:
    """How one register is reached: the gateway by its path, address and key, and how often it may be asked in a day.

    each_a_day: of one subject; 0 means that nothing but the whole is counted.
    """

    backend: str
    address: str
    key: str
    a_day: int
    each_a_day: int = 0


WORDS: dict[Register, dict[str, Status]] = {  # register → what its answer may say → what that means here
    Register.ENTERPRISE: {
        **dict.fromkeys(("存续", "在业", "在营", "开业", "正常"), Status.ACTIVE),
        "迁出": Status.MOVED,
        "注销": Status.CANCELLED,
        **dict.fromkeys(("吊销", "吊销未注销"), Status.REVOKED),
        "吊销已注销": Status.CANCELLED,
        "查无登记": Status.ABSENT,
    },
    Register.CREDIT: {"无失信记录": Status.CLEAN, "有失信记录": Status.HIT},
    Register.INVOICE: {
        str(word.label): word for word in (Status.MATCHES, Status.DIFFERS, Status.UNKNOWN, Status.VOIDED, Status.RED)
    },
}
STOPS = frozenset(
    {Status.CANCELLED, Status.REVOKED, Status.HIT, Status.VOIDED, Status.RED}
)  # answers that refuse something
STOP_HOURS = 0.1  # for which they count as fresh at most: who has had them corrected is asked about anew
WAITS = {"稍后重试": Trouble.LATER, "超次数": Trouble.EXHAUSTED}  # answers that are none: the same of every register
FACTS = {  # register → the facts that are kept of an answer; everything else that it sends is dropped
    Register.ENTERPRISE: ("name", "legal_representative", "address", "district"),
    Register.CREDIT: ("record",),
    Register.INVOICE: (),
}


def line_of(register: str) -> Line:
    """How the settings reach the register."""
    told = settings.REGISTERS[Register(register).value]
    return Line(
        backend=str(told["backend"]),
        address=str(told["address"]),
        key=str(told["key"]),
        a_day=int(told["a_day"]),
        each_a_day=int(told.get("each_a_day", 0)),
    )


def fresh_hours() -> float:
    """For how long an answer is not asked for again."""
    return float(settings.ASKING["fresh_hours"])


def is_connected(register: str) -> bool:
    """Whether the portal asks the register at all."""
    return bool(line_of(register).backend)
