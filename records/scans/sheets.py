"""Spreadsheets (xlsx, xls, csv): what one is, and whether it may be opened at all; its cells are read elsewhere, within bounds."""

import io
import zipfile
import zlib

from records.scans.ofd import METHODS, PIECE, PROGRAMS, ZIP
from records.scans.refusal import Refusal

ENDINGS = (".xlsx", ".xls", ".csv")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOOK = "xl/workbook.xml"
FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")  # a paper, pictures, a text with looks
MACROS = "vbaproject.bin"
MAX_ENTRIES = 1_000
MAX_TOTAL = 256 * 1024 * 1024  # bytes, unpacked
MAX_RATIO = 400  # unpacked ÷ packed, of a part that is larger than a piece
KINDS = "xlsx、xls 或 csv"
SAVE_AGAIN = "请用 Excel 或 WPS 打开，另存为新的 xlsx 文件后上传。"


def kind_of_sheet(data: bytes) -> str:
    """Say "xlsx", "xls" or "csv"; raise Refusal with a sentence for what is none, or could do harm."""
    if not data:
        raise Refusal("empty", "是空文件，没有表格内容，请重新选择。")
    if data.startswith(ZIP):
        _prove_package(data)
        return "xlsx"
    if data.startswith(OLE):
        return "xls"
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise Refusal("type", "是网页格式（HTML 或 XML），不是表格，" + SAVE_AGAIN)
    if data.startswith(FOREIGN):
        raise Refusal("type", f"不是表格，此处只接收 {KINDS}，{SAVE_AGAIN}")
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refusal("type", f"不是表格，此处只接收 {KINDS}，{SAVE_AGAIN}")
    return "csv"


def _prove_package(data: bytes) -> None:
    """Read every part piece by piece, which proves sizes and checksums."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _prove_entries(package.infolist(), len(data))
            for entry in package.infolist():
                with package.open(entry) as part:
                    while part.read(PIECE):
                        pass
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as damage:
        raise Refusal("broken", "不完整或已损坏，打不开，" + SAVE_AGAIN) from damage


def _prove_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    names = [entry.filename.replace("\\", "/").lower() for entry in entries]
    if BOOK not in names:
        raise Refusal("type", f"是压缩包或别的办公文档，不是表格。此处只接收 {KINDS}，{SAVE_AGAIN}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refusal("encrypted", "设有密码，请去掉密码后重新上传。")
    if any(name.endswith((MACROS, *PROGRAMS)) for name in names):
        raise Refusal("active", "里带有宏或程序，不能受理，" + SAVE_AGAIN)
    if len(set(names)) < len(names) or any(entry.compress_type not in METHODS for entry in entries):
        raise Refusal("broken", "内部结构不合规范，不能受理，" + SAVE_AGAIN)
    overlapping = sum(entry.compress_size for entry in entries) > packed
    swollen = any(entry.file_size > max(PIECE, entry.compress_size * MAX_RATIO) for entry in entries)
    if overlapping or swollen or len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise Refusal("bomb", "解压后异常庞大，不能受理，" + SAVE_AGAIN)
