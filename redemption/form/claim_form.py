"""What stands on the 兑现申请表: plain values, frozen when the claim reaches 市级受理 (domain.md §6.4).

A form knows nothing of the database, so what was printed once can be printed again to the byte, and its hash is
of the values alone.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from redemption.sums import Sums, sums_of

IDENTITY = ("number", "version", "frozen_at", "content_hash")
LATER = {"more"}  # fields that came after the first forms: an empty one is left out, so that an old form keeps its hash
SHORT_HASH = 12  # characters of the hash that are printed, for the eye and in the codes


@dataclass(frozen=True)
class Applicant:
    """一 企业基本信息, as certified when the form was frozen."""

    name: str
    uscc: str
    kind: str
    district: str
    address: str
    legal_representative: str
    founded: date | None = None
    registered_capital: str = ""
    industry: str = ""
    qualifications: str = ""
    staff: int | None = None
    revenue: Decimal | None = None
    research_spending: Decimal | None = None
    handler: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Service:
    """The head of 二 服务与合同信息: the voucher and the service that it was given for."""

    voucher_number: str
    application_number: str
    project: str
    content: str
    product: str
    category: str
    provider: str
    provider_uscc: str
    order_number: str = ""
    laboratory: str = ""
    approved_amount: Decimal = Decimal(0)
    approved_on: date | None = None


@dataclass(frozen=True)
class ContractLine:
    """One contract of 二."""

    name: str
    number: str
    party_a: str
    party_b: str
    signed: date
    period: str
    amount: Decimal


@dataclass(frozen=True)
class InvoiceLine:
    """One line of 三 发票明细."""

    kind: str
    code: str
    number: str
    issued: date
    seller: str
    net: Decimal
    tax: Decimal
    gross: Decimal


@dataclass(frozen=True)
class ReceiptLine:
    """One line of 四 付款明细; accounts are given whole and printed with their last four digits."""

    paid: date
    payer: str
    payer_account: str
    payee: str
    payee_account: str
    serial: str
    amount: Decimal


@dataclass(frozen=True)
class Redemption:
    """五 申请兑现金额 and the account that the money goes to."""

    base: Decimal
    ratio: Decimal
    amount: Decimal
    payee: str
    bank: str
    account: str


@dataclass(frozen=True)
class Answer:
    """One more field of the form, as it is printed: it has no place of its own."""

    label: str
    text: str


@dataclass(frozen=True)
class Outcome:
    """六 服务完成情况及成效; a rating of 1–5, or None."""

    completed: date | None
    text: str
    papers: tuple[str, ...] = ()
    rating: int | None = None
    more: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class OfficeOpinion:
    """八 or 九: what an office decided, without the reviewer's name."""

    office: str
    verdict: str
    text: str
    decided_at: datetime


@dataclass(frozen=True)
class ClaimForm:
    """The whole form; `year` is the cycle that the voucher counts in, `frozen_at` its 市级受理时间."""

    number: str
    version: int
    frozen_at: datetime
    year: int
    applicant: Applicant
    service: Service
    redemption: Redemption
    outcome: Outcome
    pledge: str
    contracts: tuple[ContractLine, ...] = ()
    invoices: tuple[InvoiceLine, ...] = ()
    receipts: tuple[ReceiptLine, ...] = ()
    district_opinion: OfficeOpinion | None = None
    body_opinion: OfficeOpinion | None = None
    content_hash: str = field(default="")

    def content(self) -> dict[str, object]:
        """Return everything whose change makes an old print invalid: all but number, version, time and hash."""
        told = asdict(self, dict_factory=_without_empty_later)
        return {name: value for name, value in told.items() if name not in IDENTITY}

    def sealed(self) -> "ClaimForm":
        """Return the same form with the hash of its content."""
        return replace(self, content_hash=content_hash(self.content()))

    @property
    def identity(self) -> str:
        """What tells this form from every other: form number, version and content hash, parted by bars."""
        return f"{self.number}|{self.version}|{self.content_hash}"

    def code_text(self, page: int, pages: int) -> str:
        """What the code of a page holds: SQB20260000123/2/0A1B2C3D4E5F/1/3; signs of QR's alphanumeric set alone."""
        return f"{self.number}/{self.version}/{self.short_hash}/{page}/{pages}"

    @property
    def short_hash(self) -> str:
        """The beginning of the hash, in capitals, as printed for the eye."""
        return self.content_hash[:SHORT_HASH].upper()

    @property
    def sums(self) -> Sums:
        """What the printed rows come to."""
        return sums_of(self.contracts, self.invoices, self.receipts)


def _without_empty_later(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The fields of one part of the form, by name."""
    return {name: value for name, value in pairs if value or name not in LATER}


def content_hash(content: dict[str, object]) -> str:
    """Return the SHA-256 of the content as canonical JSON."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def canonical(content: object) -> str:
    """Write the content so that equal forms read alike: keys sorted, money with four places, instants in UTC."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    """Write a value so that equal values give equal text: 1.5 and 1.50 yuan, one instant in two time zones."""
    if isinstance(value, Decimal):
        return f"{value:.4f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not stand on a form")
