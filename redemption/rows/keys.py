"""What code and number of an invoice look like, by its kind (domain.md §6.2)."""

import re
from collections.abc import Iterator

from redemption.models import PRINTED, InvoiceKind
from ui.figures import are_figures

ELECTRONIC, DIGITAL = ((12, 8),), ((0, 20),)
LENGTHS: dict[str, tuple[tuple[int, int], ...]] = {  # kind → figures of code and number, each way in which it exists
    InvoiceKind.PAPER_SPECIAL: ((10, 8),),
    InvoiceKind.PAPER_PLAIN: ((10, 8), (12, 8)),  # 折叠票 since 2018: 公告 2017 年第 44 号
    InvoiceKind.ROLL: ((12, 8),),
    InvoiceKind.ELECTRONIC_SPECIAL: ELECTRONIC,
    InvoiceKind.ELECTRONIC_PLAIN: ELECTRONIC,
    InvoiceKind.DIGITAL_SPECIAL: DIGITAL,
    InvoiceKind.DIGITAL_PLAIN: DIGITAL,
    InvoiceKind.PRINTED_SPECIAL: DIGITAL,
    InvoiceKind.PRINTED_PLAIN: DIGITAL,
    InvoiceKind.BLOCKCHAIN: ELECTRONIC,
    InvoiceKind.VEHICLE: ELECTRONIC + DIGITAL,
    InvoiceKind.TOLL: ELECTRONIC + DIGITAL,
}
PRINTED_LENGTHS = (18, 20)  # code of 10 or 12 and number of 8, in one
FREE = {"code": (re.compile(r"[0-9A-Z]{0,12}"), "12"), "invoice_number": (re.compile(r"[0-9A-Z-]{4,20}"), "4 至 20")}
CHECK_IT = "请照发票核对。"


def key_faults(
    kind: InvoiceKind, code: str | None, number: str | None, printed: str | None = ""
) -> Iterator[tuple[str, str]]:
    """(field, what is wrong) of code and number of this kind; None is a field that is refused already."""
    if kind == InvoiceKind.OTHER:
        yield from free_faults(code, number)
        return
    ways = LENGTHS[kind]
    told = {length for _, length in ways}
    if number is not None and not fits(number, told):
        yield "invoice_number", fault(kind, "发票号码", number, told)
    elif number is not None:
        told = {len(number)}
    lengths = {length for length, other in ways if other in told}
    if code is not None and not fits(code, lengths):
        yield "code", fault(kind, "发票代码", code, lengths)
    if kind in PRINTED and printed is not None and not fits(printed, set(PRINTED_LENGTHS)):
        yield "printed", fault(kind, "票面印制的代码和号码", printed, set(PRINTED_LENGTHS))


def fits(text: str, lengths: set[int]) -> bool:
    """Whether the text is figures of one of the lengths; 0 is nothing at all."""
    return len(text) in lengths and (not text or are_figures(text))


def fault(kind: InvoiceKind, label: str, text: str, lengths: set[int]) -> str:
    """What the figures of this kind should be, and what they are."""
    if lengths == {0}:
        return f"{kind.label}没有{label}，{CHECK_IT}"
    rule = " 或 ".join(str(length) for length in sorted(lengths - {0}))
    now = f"，现在是 {len(text)} 位" if are_figures(text) else ""
    return f"{kind.label}{label}应为 {rule} 位数字{now}，{CHECK_IT}"


def free_faults(code: str | None, number: str | None) -> Iterator[tuple[str, str]]:
    """The same of an invoice whose kind is not listed: letters are possible, too."""
    for name, text in (("code", code), ("invoice_number", number)):
        pattern, places = FREE[name]
        if text is not None and not pattern.fullmatch(text.upper()):
            label = "发票代码最多" if name == "code" else "发票号码应为"
            yield name, f"{label} {places} 位数字或大写字母，{CHECK_IT}"
