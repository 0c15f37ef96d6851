"""The kinds of paper that are taken, and how each is known by its first bytes."""

from collections.abc import Callable
from dataclasses import dataclass

from records.scans.images import prove_jpeg, prove_png
from records.scans.ofd import ROOT, ZIP, not_ofd, prove_ofd
from records.scans.pdf import START, prove_pdf
from records.scans.refusal import Proof, Refusal
from records.scans.strangers import NO_PICTURE, answer_to
from records.scans.xml import is_xml, prove_xml

HEAD = 1024  # bytes in which readers look for the beginning of a PDF
MARKUP = (b"<!doctype html", b"<html", b"<svg", b"<script")


@dataclass(frozen=True)
class Kind:
    """One kind of paper: its name in code, on screen and on the wire, the endings of its names and its proof.

    instead: what to do where this kind is not taken.
    """

    name: str
    label: str
    content_type: str
    endings: tuple[str, ...]
    prove: Callable[[bytes], Proof]
    instead: str


AS_SHOWN = "请打开后打印或另存为其中一种。"
NO_DATA = "请上传同一份材料的版式文件或扫描件。"
KINDS = {
    kind.name: kind
    for kind in (
        Kind("pdf", "PDF", "application/pdf", (".pdf",), prove_pdf, AS_SHOWN),
        Kind("ofd", "OFD", "application/ofd", (".ofd",), prove_ofd, AS_SHOWN),
        Kind("xml", "XML", "application/xml", (".xml",), prove_xml, NO_DATA),
        Kind("jpg", "JPG", "image/jpeg", (".jpg", ".jpeg"), prove_jpeg, AS_SHOWN),
        Kind("png", "PNG", "image/png", (".png",), prove_png, AS_SHOWN),
    )
}
ALL = frozenset(KINDS)
PICTURES = frozenset({"jpg", "png"})
MAGIC = {ZIP: "ofd", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


def kind_of(data: bytes, kinds: frozenset[str] = ALL) -> Kind:
    """Know the kind by the first bytes; raise Refusal for one that is not taken here, with the way to what is."""
    found = _known(data)
    if found is None:
        raise Refusal("type", answer_to(data, labels(kinds), of_pictures=kinds <= PICTURES))
    if found.name not in kinds:
        taken = labels(kinds)
        way = NO_PICTURE.format(taken) if kinds <= PICTURES else f"此处只接收 {taken}，{found.instead}"
        raise Refusal("type", f"是 {found.label} 文件，{way}")
    return found


def labels(kinds: frozenset[str]) -> str:
    """The kinds as a sentence names them."""
    return "、".join(kind.label for name, kind in KINDS.items() if name in kinds)


def _known(data: bytes) -> Kind | None:
    for magic, name in MAGIC.items():
        if data.startswith(magic):
            if magic == ZIP and ROOT.encode() not in data:
                raise not_ofd()
            return KINDS[name]
    if START in data[: HEAD + len(START)]:
        return KINDS["pdf"]
    return KINDS["xml"] if is_xml(data) and not _is_page(data) else None


def _is_page(data: bytes) -> bool:
    return any(sign in data[:HEAD].replace(b"\0", b"").lower() for sign in MARKUP)
