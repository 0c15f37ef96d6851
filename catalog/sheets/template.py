"""A list to be filled in: the right columns as text, what may stand in each, and what the choices are."""

import io

import xlsxwriter

from catalog.mall.navigation import Navigation, with_marks
from catalog.models import Laboratory, LabType, Region, SheetImport
from catalog.sheets.kinds import KINDS
from ui.sheets import FORMATS, OPTIONS, width_of

ROWS = 2_000  # that are prepared as text
CHOICES = {"region": Region, "kind": LabType, "status": Laboratory.Status}
EXPLAINED = "填写说明"


def template_of(kind: str) -> bytes:
    """The xlsx."""
    out = io.BytesIO()
    columns = KINDS[kind].columns
    with xlsxwriter.Workbook(out, OPTIONS | {"constant_memory": False}) as book:
        formats = {name: book.add_format(look) for name, look in FORMATS.items()}
        sheet = book.add_worksheet(SheetImport.Kind(kind).label)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, max(14, width_of(column.title) + 4), formats["text"])
            sheet.write_string(0, place, column.title, formats["head"])
            if kind == SheetImport.Kind.LABORATORIES and column.name in CHOICES:
                options = {"validate": "list", "source": CHOICES[column.name].labels}
                sheet.data_validation(1, place, ROWS, place, options)
        explained = book.add_worksheet(EXPLAINED)
        explained.set_column(0, 0, 28)
        explained.set_column(1, 1, 90)
        lines = [(column.title, column.hint or "可以留空。") for column in columns]
        if kind == SheetImport.Kind.PRODUCTS:
            lines += categories()
        for number, line in enumerate(lines):
            explained.write_row(number, 0, line, formats["text"])
    return out.getvalue()


def categories() -> list[tuple[str, str]]:
    """The categories of the second level, by the first."""
    told = [with_marks(branch.category.name, branch.children or [branch.category]) for branch in Navigation().branches]
    return [(f"类别：{top}", "、".join(leaves)) for top, leaves in told]
