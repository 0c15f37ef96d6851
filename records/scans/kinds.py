"""The kinds of paper that are taken, and how each is known by its first bytes."""

from collections.abc import Callable
from dataclasses import dataclass

import puremagic

from records.scans.images import prove_jpeg, prove_png
from records.scans.ofd import ROOT, not_ofd, prove_ofd
from records.scans.pdf import prove_pdf
from records.scans.refusal import Refusal
from records.scans.xml import prove_xml

HEAD = 1024  # bytes in which readers look for the beginning of a PDF
ZIP = b"PK\x03\x04"
XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\x00", b"\xfe\xff\x00<")
MARKUP = (b"<!doctype html", b"<html", b"<svg", b"<script")
PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
NO_WAY = "这类文件不能使用，请改选材料本身的 PDF、OFD、XML、JPG 或 PNG 文件。"
WAY_OUT = "请转存为 PDF、OFD、XML、JPG 或 PNG 后上传。"


@dataclass(frozen=True)
class Kind:
    """One kind of paper: its name in code, on screen and on the wire, the endings of its names and its proof."""

    name: str
    label: str
    content_type: str
    endings: tuple[str, ...]
    prove: Callable[[bytes], None]


KINDS = {
    kind.name: kind
    for kind in (
        Kind("pdf", "PDF", "application/pdf", (".pdf",), prove_pdf),
        Kind("ofd", "OFD", "application/ofd", (".ofd",), prove_ofd),
        Kind("xml", "XML", "application/xml", (".xml",), prove_xml),
        Kind("jpg", "JPG", "image/jpeg", (".jpg", ".jpeg"), prove_jpeg),
        Kind("png", "PNG", "image/png", (".png",), prove_png),
    )
}
ALL = frozenset(KINDS)
MAGIC = {b"%PDF-": "pdf", ZIP: "ofd", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


def kind_of(data: bytes) -> Kind:
    """Know the kind by the first bytes; raise Refusal for what is none, or for a PDF behind other bytes."""
    for magic, name in MAGIC.items():
        if data.startswith(magic):
            if magic == ZIP and ROOT.encode() not in data:
                raise not_ofd()
            return KINDS[name]
    if b"%PDF-" in data[:HEAD]:
        raise Refusal("polyglot", "的 PDF 文件头前面夹带其他内容，不能受理，请重新导出或打印为 PDF 后上传。")
    if data.startswith(XML_STARTS) and not _is_page(data):
        return KINDS["xml"]
    raise Refusal("type", f"的内容{_looks_like(data)}，不是可以受理的文件，{_way_out(data)}")


def _way_out(data: bytes) -> str:
    return NO_WAY if data.startswith(PROGRAM_STARTS) else WAY_OUT


def _is_page(data: bytes) -> bool:
    return any(sign in data[:HEAD].replace(b"\0", b"").lower() for sign in MARKUP)


def _looks_like(data: bytes) -> str:
    """Say what the content seems to be, for the person who renamed a file in good faith."""
    try:
        ending = puremagic.from_string(data[:HEAD])
    except (puremagic.PureError, ValueError):
        return "无法识别"
    return f"看起来是 {ending.lstrip('.').upper()} 文件" if ending else "无法识别"
