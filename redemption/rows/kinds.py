"""The row lists of 兑现: 发票, 银行回单, 合同."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from redemption.models import Claim, Contract, Invoice, Receipt
from redemption.rows.forms import ContractForm, ReceiptForm, RowForm
from redemption.rows.invoices import InvoiceForm
from ui.masked import Masked


@dataclass(frozen=True)
class RowKind:
    """One of the three lists: its words, its form, its columns, and how its total compares with the contract."""

    name: str
    title: str
    form: type[RowForm]
    head: tuple[str, ...]
    cells: Callable[[Any], list[tuple[Any, str]]]
    sum_name: str
    fields: tuple[
        tuple[str, ...], ...
    ]  # under each column but the last, that of the paper; what is in none stands below

    to_read: tuple[tuple[int, str, str], ...] = ()  # (place, head, field) of columns that only readers have

    @property
    def related(self) -> str:
        """The name under which a claim has these rows."""
        return f"{self.name}s"

    def rows(self, claim: Claim) -> Any:
        """The claim's saved rows of this kind."""
        return getattr(claim, self.related)


def invoice_cells(row: Invoice) -> list[tuple[Any, str]]:
    """What the table of invoices shows of one."""
    key = f"{row.code} {row.invoice_number}".strip()
    return [
        (row.kind_words, ""),
        (key, ""),
        (row.issued_on, "date"),
        (row.seller, ""),
        (row.net, "money"),
        (row.tax, "money"),
        (row.gross, "money"),
        (row.document, "document"),
    ]


def receipt_cells(row: Receipt) -> list[tuple[Any, str]]:
    """What the table of bank receipts shows of one; of accounts the last four figures."""
    return [
        (row.paid_on, "date"),
        (Masked.tail(row.payer, row.payer_account), ""),
        (Masked.tail(row.payee, row.payee_account), ""),
        (row.serial, ""),
        (row.amount, "money"),
        (row.document, "document"),
    ]


def contract_cells(row: Contract) -> list[tuple[Any, str]]:
    """What the table of contracts shows of one."""
    return [
        (row.name, ""),
        (row.number, ""),
        (row.party_a, ""),
        (row.party_b, ""),
        (row.signed_on, "date"),
        (f"{row.starts_on} 至 {row.ends_on}", ""),
        (row.amount, "money"),
        (row.document, "document"),
    ]


KINDS = {
    kind.name: kind
    for kind in (
        RowKind(
            "invoice",
            "发票",
            InvoiceForm,
            ("类型", "代码与号码", "开票日期", "销售方", "不含税金额", "税额", "价税合计", "文件"),
            invoice_cells,
            "gross",
            (("kind",), ("invoice_number",), ("issued_on",), ("seller",), ("net",), ("tax",), ("gross",)),
            to_read=((3, "购买方", "buyer"),),
        ),
        RowKind(
            "receipt",
            "银行回单",
            ReceiptForm,
            ("付款日期", "付款人", "收款人", "流水号", "金额", "文件"),
            receipt_cells,
            "receipts",
            (("paid_on",), ("payer",), ("payee",), ("serial",), ("amount",)),
        ),
        RowKind(
            "contract",
            "合同",
            ContractForm,
            ("合同名称", "编号", "甲方", "乙方", "签订日期", "期限", "金额", "文件"),
            contract_cells,
            "contract",
            (("name",), ("number",), ("party_a",), ("party_b",), ("signed_on",), ("starts_on", "ends_on"), ("amount",)),
        ),
    )
}


@dataclass
class Line:
    """One row of a list: as text, or open with its form."""

    kind: RowKind
    row: Any = None
    form: RowForm | None = None
    asked: str = ""  # the words of the return that has marked the row

    @property
    def cells(self) -> list[tuple[str, Any, str]]:
        """(label, value, kind) of what the table shows of the row."""
        return [(label, *cell) for label, cell in zip(self.kind.head, self.kind.cells(self.row), strict=True)]

    @property
    def first(self) -> list[list[BoundField]]:
        """The fields of the open row that stand under the heads of the columns."""
        return [[self.form[name] for name in names] for names in self.kind.fields] if self.form else []

    @property
    def rest(self) -> list[BoundField]:
        """Its other fields."""
        named = {name for names in self.kind.fields for name in names}
        return [field for field in self.form.visible_fields() if field.name not in named] if self.form else []

    def is_called(self, name: str) -> bool:
        """Whether the name is that of its stored row, as invoice-12."""
        return self.row is not None and name == f"{self.kind.name}-{self.row.pk}"

    def take_focus(self) -> None:
        """Let the first wrong cell of the open row have the focus, else its first one; also without script."""
        cells = [box for cell in self.first for box in cell] + self.rest
        for box in [box for box in cells if box.errors][:1] or cells[:1]:
            box.field.widget.attrs["autofocus"] = True

    @property
    def anchor(self) -> str:
        """The id of the row on the page."""
        return f"row-{self.kind.name}-{self.form.row_key if self.form else self.row.pk}"
