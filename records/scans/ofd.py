"""OFD (GB/T 33190): a zip with OFD.xml, opened within bounds."""

import io
import zipfile
import zlib

from records.scans.polyglots import HIDDEN
from records.scans.refusal import Refusal
from records.scans.xml import prove_xml

ROOT = "OFD.xml"
MAX_ENTRIES = 2_000
MAX_TOTAL = 100 * 1024 * 1024  # bytes, unpacked
MAX_RATIO = 100  # unpacked to packed, of entries above SMALL
SMALL = 1024 * 1024  # bytes
END_RECORD = 22  # bytes of a zip's end without comment
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
PROGRAMS = (".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".sh", ".jar", ".html", ".htm", ".svg")
AGAIN = "请从开票平台或银行重新下载 OFD 原件后上传。"


def prove_ofd(data: bytes) -> None:
    """Refuse what is a zip but no OFD, a bomb, locked, disguised, or carries programs or hostile XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _prove_end(data, package)
            _prove_entries(package.infolist(), len(data))
            _prove_parts(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as damage:
        raise Refusal("broken", f"不完整或已损坏，无法打开，{AGAIN}") from damage


def not_ofd() -> Refusal:
    """Say what any other zip is, Office documents among them."""
    return Refusal("type", "是压缩包或办公文档，不是可以受理的文件，请解压或转存为 PDF 后上传。")


def _prove_end(data: bytes, package: zipfile.ZipFile) -> None:
    """Refuse bytes before or behind the package: its end must be the file's end and its start the file's start."""
    first = min((entry.header_offset for entry in package.infolist()), default=0)
    if first or not data.endswith(package.comment) or data[-END_RECORD - len(package.comment) :][:4] != b"PK\x05\x06":
        raise Refusal("polyglot", HIDDEN)


def _prove_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    names = [entry.filename for entry in entries]
    if ROOT not in names:
        raise not_ofd()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refusal("encrypted", f"设有密码，不能受理，{AGAIN}")
    total = sum(entry.file_size for entry in entries)
    overlapping = sum(entry.compress_size for entry in entries) > packed
    swollen = any(entry.file_size > max(SMALL, MAX_RATIO * entry.compress_size) for entry in entries)
    if len(entries) > MAX_ENTRIES or total > MAX_TOTAL or overlapping or swollen:
        raise Refusal("bomb", f"解压后异常庞大，有安全风险，不能受理，{AGAIN}")
    if len(set(names)) < len(names) or any(_astray(name) for name in names):
        raise Refusal("broken", f"内部的文件名不合规范，不能受理，{AGAIN}")
    if any(name.lower().endswith(PROGRAMS) for name in names):
        raise Refusal("active", f"里夹带了程序或网页，不能受理，{AGAIN}")
    if any(entry.compress_type not in METHODS for entry in entries):
        raise Refusal("broken", f"使用了不支持的压缩方式，{AGAIN}")


def _astray(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _prove_parts(package: zipfile.ZipFile) -> None:
    """Read every part, which proves sizes and checksums, and judge each that is XML."""
    for entry in package.infolist():
        content = package.read(entry)
        if entry.filename.lower().endswith(".xml"):
            prove_xml(content)
