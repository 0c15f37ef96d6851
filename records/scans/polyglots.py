"""Signs of a second file inside the first."""

import re

from records.scans.refusal import Refusal

ZIP_END = b"PK\x05\x06"
ZIP_END_REACH = 65_557  # bytes from the end in which a zip's directory can be announced
ARCHIVES = re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c")
MARKUP = re.compile(rb"<script[\s>]|<html[\s>]|<!doctype\s+html|<\?php\s", re.IGNORECASE)
HIDDEN = "里夹带了另一个文件，不能受理，请重新扫描或导出后上传。"


def refuse_archives(data: bytes) -> None:
    """Refuse a zip, rar or 7z that was appended."""
    if ZIP_END in data[-ZIP_END_REACH:] or ARCHIVES.search(data):
        raise Refusal("polyglot", HIDDEN)


def refuse_markup(data: bytes) -> None:
    """Refuse a page or a program hidden in the bytes."""
    if MARKUP.search(data):
        raise Refusal("polyglot", "里夹带了网页或脚本代码，不能受理，请重新扫描或导出后上传。")
