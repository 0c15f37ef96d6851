"""OFD (GB/T 33190): a zip with OFD.xml, opened within bounds."""

import io
import zipfile
import zlib

from records.scans.polyglots import HIDDEN, refuse_hidden, refuse_markup
from records.scans.refusal import PLAIN, Proof, Refusal
from records.scans.xml import prove_xml

ZIP = b"PK\x03\x04"
ROOT = "OFD.xml"
MAX_ENTRIES = 2_000
MAX_TOTAL = 256 * 1024 * 1024  # bytes, unpacked: two white scans of A4 at 600 dpi as bitmaps
MAX_XML = 64 * 1024 * 1024  # bytes of one part that is read as a whole
PIECE = 1024 * 1024  # bytes
END = b"PK\x05\x06"
END_RECORD = 22  # bytes of a zip's end without comment
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
PROGRAMS = (".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".sh", ".jar", ".html", ".htm", ".svg")
AGAIN = "请从开票平台或银行重新下载 OFD 原件后上传。"


def prove_ofd(data: bytes) -> Proof:
    """Refuse what is a zip but no OFD, a bomb, locked, disguised, or carries programs or hostile XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _prove_ends(data, package)
            _prove_entries(package.infolist(), len(data))
            _prove_parts(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as damage:
        raise Refusal("broken", "不完整或已损坏，无法打开，" + AGAIN) from damage
    return PLAIN


def not_ofd() -> Refusal:
    """Say what any other zip is, Office documents among them."""
    return Refusal("type", "是压缩包或办公文档，不能受理：压缩包请解压，办公文档请另存为 PDF，再逐个上传。")


def _prove_ends(data: bytes, package: zipfile.ZipFile) -> None:
    """Refuse another file before or behind the package; padding and what only unpackers overlook is let be."""
    if min((entry.header_offset for entry in package.infolist()), default=0):
        raise Refusal("polyglot", HIDDEN)
    tail = data[data.rindex(END) + END_RECORD + len(package.comment) :]
    refuse_hidden(tail)
    refuse_markup(tail)


def _prove_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    names = [_plain(entry.filename) for entry in entries]
    if ROOT not in names:
        raise not_ofd()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refusal("encrypted", "设有密码，审核人员打不开，" + AGAIN)
    overlapping = sum(entry.compress_size for entry in entries) > packed
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_TOTAL or overlapping:
        raise _swollen()
    if len(set(names)) < len(names) or any(_astray(name) for name in names):
        raise Refusal("broken", "内部的文件名不合规范，不能受理，" + AGAIN)
    if any(name.lower().endswith(PROGRAMS) for name in names):
        raise Refusal("active", "里夹带了程序或网页，不能受理，" + AGAIN)
    if any(entry.compress_type not in METHODS for entry in entries):
        raise Refusal("broken", "使用了不支持的压缩方式，" + AGAIN)


def _plain(name: str) -> str:
    """A name as it is meant: some writers separate folders as Windows does, some begin with the folder itself."""
    return name.replace("\\", "/").removeprefix("./")


def _astray(name: str) -> bool:
    return name.startswith("/") or ":" in name or ".." in name.split("/")


def _prove_parts(package: zipfile.ZipFile) -> None:
    """Read every part piece by piece, which proves sizes and checksums, and judge each that is XML."""
    for entry in package.infolist():
        if not entry.filename.lower().endswith(".xml"):
            with package.open(entry) as part:
                while part.read(PIECE):
                    pass
        elif entry.file_size > MAX_XML:
            raise _swollen()
        else:
            prove_xml(package.read(entry))


def _swollen() -> Refusal:
    most = MAX_TOTAL // (1024 * 1024)
    return Refusal("bomb", f"解压后太大（全部超过 {most} MB，或者部件过多），无法打开核对，{AGAIN}")
