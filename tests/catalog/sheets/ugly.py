"""Spreadsheets as they come: each is one sort of trouble, made anew by the programs' own formats."""

import csv
import datetime as dt
import io

import xlsxwriter
import xlwt

HEADS = ("实验室名称", "依托单位", "统一社会信用代码", "地区", "类型", "领域", "联系电话", "发布日期")
CODE = "91120104000000019E"
ONE = (
    "甲样例实验室",
    "样例研究院（演示）",
    CODE,
    "天津",
    "国家级重点实验室",
    "新材料、先进制造",
    "022-60000001",
    "2026-11-24",
)
TWO = ("乙样例实验室", "样例研究院（演示）", CODE, "河北", "工程技术中心", "电子信息", "13800000000", "2026-11-24")


def xlsx(draw, **options):
    """An xlsx on which `draw(book, sheet)` has drawn."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, options)
    draw(book, book.add_worksheet("名单"))
    book.close()
    return out.getvalue()


def table(*rows, top=0, left=0):
    """An xlsx with these rows."""

    def draw(book, sheet):
        for number, row in enumerate(rows):
            sheet.write_row(top + number, left, row)

    return xlsx(draw, strings_to_numbers=False)


def xls(draw):
    """An xls of 1997 on which `draw(sheet)` has drawn."""
    book, out = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    draw(book.add_sheet("名单", cell_overwrite_ok=True))
    book.save(out)
    return out.getvalue()


def text(*rows, encoding="utf-8", separator=","):
    """A csv."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


def written(book, sheet, *rows):
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)


def titled(book, sheet):
    sheet.merge_range(0, 0, 0, 7, "京津冀开放实验室名单（第三批）")
    sheet.write(1, 0, "填报单位：样例处")
    for number, row in enumerate((HEADS, ONE, TWO)):
        sheet.write_row(3 + number, 0, row)


def merged(book, sheet):
    written(book, sheet, HEADS, ONE, TWO)
    sheet.merge_range(1, 1, 2, 1, ONE[1])
    sheet.merge_range(1, 2, 2, 2, ONE[2])


def two_level_heads(book, sheet):
    for column, head in enumerate(HEADS):
        if column != 6:
            sheet.merge_range(0, column, 1, column, head)
    sheet.write(0, 6, "联络")
    sheet.write(1, 6, "联系电话")
    sheet.write_row(2, 0, ONE)
    sheet.write_row(3, 0, TWO)


def hidden_row(book, sheet):
    written(book, sheet, HEADS, ONE, TWO)
    sheet.set_row(2, None, None, {"hidden": True})


def hidden_sheet(book, sheet):
    written(book, sheet, HEADS, ONE)
    other = book.add_worksheet("旧名单")
    written(book, other, HEADS, TWO)
    other.hide()


def hidden_column(book, sheet):
    written(book, sheet, HEADS, ONE, TWO)
    sheet.set_column(2, 2, None, None, {"hidden": True})


def second_sheet(book, sheet):
    written(book, sheet, HEADS, ONE)
    written(book, book.add_worksheet("河北"), HEADS, TWO)
    book.add_worksheet("说明").write(0, 0, "填表前请先阅读")


def real_day(number_format, **options):
    """A day kept as a number under this format."""

    def draw(book, sheet):
        written(book, sheet, HEADS, ONE[:7], TWO)
        sheet.write_datetime(1, 7, dt.date(2026, 11, 24), book.add_format({"num_format": number_format}))

    return xlsx(draw, **options)


def code_as_number(book, sheet):
    written(book, sheet, HEADS, ONE, TWO)
    sheet.write_number(1, 2, 911201040000000194)


def code_shown_short(book, sheet):
    written(book, sheet, HEADS, (*ONE[:2], "9.11201E+17", *ONE[3:]))


def phone_as_number(book, sheet):
    written(book, sheet, HEADS, ONE, TWO)
    sheet.write_number(2, 6, 13800000000)


def phone_as_day(book, sheet):
    written(book, sheet, HEADS, ONE, TWO)
    sheet.write_datetime(1, 6, dt.date(2026, 3, 1), book.add_format({"num_format": 14}))


def formulas(book, sheet):
    written(book, sheet, HEADS, ONE, TWO)
    sheet.write_formula(1, 0, '="甲样例"&"实验室"', None, "甲样例实验室")


def rich(book, sheet):
    written(book, sheet, HEADS, ONE, TWO)
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    sheet.write_rich_string(1, 0, bold, "甲样例", red, "实验室")


def heads_again(book, sheet):
    written(book, sheet, HEADS, ONE, (), HEADS, TWO, ("合计 2 家",))


def whole_columns(book, sheet):
    written(book, sheet, HEADS, ONE, TWO)
    sheet.set_column(0, 700, 12, book.add_format({"bg_color": "yellow"}))
    sheet.write_blank(60_000, 3, None, book.add_format({"bold": True}))


FULL = str.maketrans("0123456789X-", "０１２３４５６７８９Ｘ－")
HALF = {full: half for half, full in FULL.items()}


def wide(rows):

    return [tuple(cell.translate(FULL) for cell in row) for row in rows]


def old(sheet):
    for number, row in enumerate((HEADS, ONE, TWO)):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)


def old_with_day(sheet):
    old(sheet)
    sheet.write(1, 7, dt.date(2026, 11, 24), xlwt.easyxf(num_format_str="yyyy年m月d日"))


def old_merged(sheet):
    sheet.write_merge(0, 0, 0, 7, "名单")
    for column, head in enumerate(HEADS):
        sheet.write(1, column, head)
    for column, cell in enumerate(ONE):
        if column == 1:
            sheet.write_merge(2, 3, 1, 1, cell)
        else:
            sheet.write(2, column, cell)
            sheet.write(3, column, TWO[column])


SPELLED = (
    "*名 称",
    "依托单位（全称）",
    "依托单位\n信用代码",
    "所在地区",
    "实验室类型：",
    "技术领域",
    "联系方式",
    "公布日期",
)
BOTH = {  # what comes in → the same two laboratories
    "plain": table(HEADS, ONE, TWO),
    "title rows above": xlsx(titled),
    "empty rows and columns before": table(HEADS, ONE, TWO, top=5, left=3),
    "merged downwards": xlsx(merged),
    "heads in two rows": xlsx(two_level_heads),
    "hidden column": xlsx(hidden_column),
    "heads spelled otherwise": table(SPELLED, ONE, TWO),
    "columns in another order": table(HEADS[::-1], ONE[::-1], TWO[::-1]),
    "columns that nobody knows": table(("序号", *HEADS, "备注"), ("1", *ONE, "新"), ("2", *TWO, "")),
    "a second sheet": xlsx(second_sheet),
    "built-in chinese date 31": real_day(31),
    "built-in chinese date 57": real_day(57),
    "date 14": real_day(14),
    "date with time": real_day(22),
    "date of its own": real_day('yyyy"年"m"月"d"日"'),
    "date as the day of a week": real_day("aaaa"),
    "date from 1904": real_day(14, date_1904=True),
    "date from 1904 as the day of a week": real_day("aaaa", date_1904=True),
    "date from 1904 as a number": real_day("0", date_1904=True),
    "date as a number": table(HEADS, (*ONE[:7], 46350), TWO),
    "date in figures": table(HEADS, (*ONE[:7], "20261124"), (*TWO[:7], 20261124)),
    "date in words": table(HEADS, (*ONE[:7], "2026年11月24日"), (*TWO[:7], "2026.11.24")),
    "phone as a number": xlsx(phone_as_number),
    "formulas": xlsx(formulas),
    "rich text": xlsx(rich),
    "heads again and a sum": xlsx(heads_again),
    "formats to the end": xlsx(whole_columns),
    "full width": table(HEADS, *wide((ONE, TWO))),
    "blanks around": table(HEADS, *[tuple(f" {cell}　" for cell in row) for row in (ONE, TWO)]),
    "marks that nobody sees": table(HEADS, *[tuple(f"\u200b{cell}\ufeff" for cell in row) for row in (ONE, TWO)]),
    "xls": xls(old),
    "xls with a day": xls(old_with_day),
    "xls merged": xls(old_merged),
    "csv utf-8": text(HEADS, ONE, TWO),
    "csv utf-8 with mark": text(HEADS, ONE, TWO, encoding="utf-8-sig"),
    "csv gb18030": text(HEADS, ONE, TWO, encoding="gb18030"),
    "csv utf-16": text(HEADS, ONE, TWO, encoding="utf-16"),
    "csv with tabs": text(HEADS, ONE, TWO, separator="\t"),
    "csv with semicolons": text(HEADS, ONE, TWO, separator=";"),
    "csv that keeps its codes": text(HEADS, (*ONE[:2], f'="{ONE[2]}"', *ONE[3:]), (*TWO[:2], f"'{TWO[2]}", *TWO[3:])),
}
