"""What was read on a paper: each fact with its value, where it stands, and how sure it is by rule (domain.md §6.3).

Values are texts in one spelling: amounts in yuan with two places (`1234.50`), days as `2026-03-01`, codes without blanks.
The module knows no Django: the process that opens the file imports it, too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

FIGURES = 4  # behind the point of a box
READER = 7  # the version of all readers together; whoever changes what one of them reads raises it

FORMS = {  # content type → what the bytes are, for the readers
    "application/pdf": "pdf",
    "application/ofd": "ofd",
    "application/xml": "xml",
    "image/jpeg": "jpg",
    "image/png": "png",
}
Plain: TypeAlias = "str | int | float | list[Plain] | dict[str, Plain] | None"  # what JSON holds


class Kind(StrEnum):
    """What kind of paper it is, by what it says of itself."""

    DIGITAL = "digital"
    VAT = "vat"
    RECEIPT = "receipt"
    CONTRACT = "contract"
    LICENCE = "licence"
    ACCOUNT = "account"
    CERTIFICATE = "certificate"
    UNKNOWN = "unknown"


KINDS = {
    Kind.DIGITAL: "数电发票",
    Kind.VAT: "增值税发票",
    Kind.RECEIPT: "银行回单",
    Kind.CONTRACT: "合同",
    Kind.LICENCE: "营业执照",
    Kind.ACCOUNT: "银行账户证明",
    Kind.CERTIFICATE: "资质证书",
    Kind.UNKNOWN: "未识别的材料",
}


class Source(StrEnum):
    """Where a fact was read, the most trusted first."""

    XML = "xml"
    ATTACHMENT = "attachment"
    METADATA = "metadata"
    QR = "qr"
    TEXT = "text"


SOURCES = {
    Source.XML: "发票数据",
    Source.ATTACHMENT: "随附的发票数据",
    Source.METADATA: "文件属性",
    Source.QR: "二维码",
    Source.TEXT: "版面文字",
}
TRUST = list(Source)


class Sureness(StrEnum):
    """What follows for the reader: a fact that passed a guard, and one that wants his eyes."""

    SURE = "sure"
    READ = "read"


SURENESS = {Sureness.SURE: "已核验", Sureness.READ: "请核对"}
LABELS = {  # the fields of the rows of a redemption, and what only a paper has
    "type": "票种",
    "code": "发票代码",
    "invoice_number": "发票号码",
    "issued_on": "开票日期",
    "check_code": "校验码",
    "seller": "销售方名称",
    "seller_tax_id": "销售方税号",
    "buyer": "购买方名称",
    "buyer_tax_id": "购买方税号",
    "net": "不含税金额",
    "tax": "税额",
    "gross": "价税合计",
    "paid_on": "付款日期",
    "payer": "付款人",
    "payer_account": "付款账号",
    "payee": "收款人",
    "payee_account": "收款账号",
    "amount": "金额",
    "serial": "流水号",
    "name": "名称",
    "number": "编号",
    "party_a": "甲方",
    "party_b": "乙方",
    "signed_on": "签订日期",
    "uscc": "统一社会信用代码",
    "legal_representative": "法定代表人",
    "founded_on": "成立日期",
    "address": "住所",
    "capital": "注册资本",
    "valid_from": "有效期自",
    "valid_until": "有效期至",
    "title": "证书名称",
    "granted_on": "发证日期",
    "account_name": "户名",
    "bank_name": "开户行",
    "account_number": "账号",
}
CAPITALS = "capitals"  # an amount in words: it proves another fact and is none itself
HELPERS = {CAPITALS}


@dataclass(frozen=True)
class Place:
    """Where a fact stands: the path, key or tag that held it; of what is seen also page and rectangle.

    page counts from 1; box is (left, top, right, bottom) from the upper left corner of the page: in points while it is
    read, afterwards in fractions of the page.
    """

    part: str = ""
    page: int = 0
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Fact:
    """One thing that a paper says."""

    name: str
    value: str
    source: Source
    place: Place = Place()
    sureness: Sureness = Sureness.READ
    guessed: bool = False  # it stands behind no label: that it has the form of a day proves nothing

    @property
    def label(self) -> str:
        """What it is called on screen."""
        return LABELS[self.name]

    @property
    def is_sure(self) -> bool:
        """Whether it passed a guard."""
        return self.sureness == Sureness.SURE

    def sure(self) -> "Fact":
        """The same fact, having passed a guard."""
        return replace(self, sureness=Sureness.SURE)


@dataclass(frozen=True)
class Disagreement:
    """Two places of one paper say different things: a finding by itself."""

    name: str
    first: Fact  # of the more trusted source
    second: Fact


@dataclass(frozen=True)
class Facts:
    """Everything that was read on one paper."""

    kind: Kind = Kind.UNKNOWN
    facts: tuple[Fact, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()

    def of(self, name: str) -> Fact | None:
        """The fact of this name."""
        return next((fact for fact in self.facts if fact.name == name), None)

    def value(self, name: str) -> str:
        """Its value; "" where nothing was read."""
        fact = self.of(name)
        return fact.value if fact else ""

    @property
    def label(self) -> str:
        """What the paper is called on screen."""
        return KINDS[self.kind]

    def as_json(self) -> dict[str, Plain]:
        """As plain values, which JSON holds."""
        return {
            "kind": self.kind.value,
            "facts": [_plain(fact) for fact in self.facts],
            "disagreements": [[_plain(two.first), _plain(two.second)] for two in self.disagreements],
        }

    @classmethod
    def from_json(cls, held: dict[str, Plain]) -> "Facts":
        """What `as_json` has made; ValueError where it is something else."""
        pairs = [[_fact(one) for one in _list(two)] for two in _list(held.get("disagreements"))]
        return cls(
            Kind(str(held.get("kind"))),
            tuple(_fact(one) for one in _list(held.get("facts"))),
            tuple(Disagreement(first.name, first, second) for first, second in pairs),
        )


def texts(facts: Iterable[Fact]) -> dict[str, str]:
    """The value of each name."""
    return {fact.name: fact.value for fact in facts}


def _plain(fact: Fact) -> dict[str, Plain]:
    box: Plain = [round(side, FIGURES) for side in fact.place.box] if fact.place.box else None
    place: dict[str, Plain] = {"part": fact.place.part, "page": fact.place.page, "box": box}
    return {"name": fact.name, "value": fact.value, "source": fact.source.value, "sure": int(fact.is_sure)} | place


def _fact(held: Plain) -> Fact:
    if not isinstance(held, dict) or held.get("name") not in LABELS:
        raise ValueError("no fact")
    sides = [float(str(side)) for side in _list(held.get("box"))]
    box = (sides[0], sides[1], sides[2], sides[3]) if sides else None
    place = Place(str(held.get("part")), int(str(held.get("page"))), box)
    sureness = Sureness.SURE if held.get("sure") else Sureness.READ
    return Fact(str(held["name"]), str(held["value"]), Source(str(held["source"])), place, sureness)


def _list(held: Plain) -> list[Plain]:
    if held is not None and not isinstance(held, list):
        raise ValueError("no list")
    return held or []
