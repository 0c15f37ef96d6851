"""Signs of a second file before or behind the first."""

import io
import re
import zipfile

from records.scans.refusal import Refusal

FILES = re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|%PDF-\d")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
PADDING = b"\0\r\n \t"
MARKUP = re.compile(rb"<script[\s>]|<html[\s>]|<!doctype\s+html|<\?php\s", re.IGNORECASE)
HIDDEN = "里夹带了另一个文件，不能受理，请重新扫描或导出后上传。"


def hides_a_file(rest: bytes) -> bool:
    """Whether what stands before or behind a paper is a file that something opens: an archive, a program, a PDF."""
    body = rest.lstrip(PADDING)
    return bool(body) and (body.startswith(PROGRAMS) or FILES.search(body) is not None or _opens_as_zip(body))


def refuse_hidden(rest: bytes) -> None:
    """Refuse a file before or behind the paper, a picture, too; what only a reader overlooks is let be."""
    if hides_a_file(rest) or rest.lstrip(PADDING).startswith(PICTURES):
        raise Refusal("polyglot", HIDDEN)


def refuse_markup(data: bytes) -> None:
    """Refuse a page or a program hidden in the bytes."""
    if MARKUP.search(data):
        raise Refusal("polyglot", "里夹带了网页或脚本代码，不能受理，请重新扫描或导出后上传。")


def _opens_as_zip(rest: bytes) -> bool:
    """Whether an unpacker finds anything: by the directory itself, since its four signs stand anywhere by chance."""
    try:
        with zipfile.ZipFile(io.BytesIO(rest)) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
