"""Files that a PDF carries: the XML or OFD of an electronic invoice is judged as if it came alone, anything else refused."""

import re
import zlib

from records.scans.grammar import NUMBER, Dictionary, Found, Name, Reference, Spelled, Text
from records.scans.ofd import ZIP, prove_ofd
from records.scans.refusal import Proof, Refusal
from records.scans.xml import is_xml, prove_xml

ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
MAX_NAME = 60  # characters of a name in a sentence
ALONE = "请把它取出来单独上传，本文件打印为新的 PDF 再上传。"


def prove_carried(specification: Dictionary, spelled: Spelled, *, most: int) -> None:
    """Judge each file that the specification embeds; most: bytes, unpacked."""
    files = spelled.follow(specification[b"EF"])
    name = text_in_letters(spelled.follow(specification.get(b"UF") or specification.get(b"F")))
    for reference in set(files.values()) if isinstance(files, dict) else ():
        if isinstance(reference, Reference):
            _prove_file(_content(spelled.look_up(reference), spelled, most), name)


def text_in_letters(value: object) -> str:
    """A text of a PDF in letters."""
    if not isinstance(value, Text):
        return ""
    raw = bytes.fromhex(value[1:-1].decode("ascii")) if value.startswith(b"<") else _unescaped(value[1:-1])
    encoding = "utf-16" if raw.startswith((b"\xfe\xff", b"\xff\xfe")) else "utf-8-sig"
    return "".join(sign for sign in raw.decode(encoding, "replace") if sign.isprintable())[-MAX_NAME:]


def _unescaped(raw: bytes) -> bytes:
    return ESCAPED.sub(lambda sign: bytes([int(sign[1], 8) & 255]) if sign[1] else SIGNS.get(sign[2], sign[2]), raw)


def _prove_file(content: bytes | None, name: str) -> None:
    prove = prove_ofd if (content or b"").startswith(ZIP) else prove_xml if is_xml(content or b"") else _prove_nothing
    try:
        prove(content or b"")
    except Refusal as refusal:
        raise Refusal(refusal.code, f"里附带的文件“{name}”{refusal.reason}") from refusal


def _prove_nothing(_content: bytes) -> Proof:
    raise Refusal("embedded", "不是发票的 XML 或 OFD 数据，不能受理，" + ALONE)


def _content(found: Found, spelled: Spelled, most: int) -> bytes | None:
    """What the stream holds; None where it is packed in a way that invoices do not use."""
    if not isinstance(found.value, dict):
        return None
    length, filters = spelled.follow(found.value.get(b"Length")), spelled.follow(found.value.get(b"Filter"))
    raw = (
        spelled.text[found.data : found.data + int(length)]
        if isinstance(length, bytes) and NUMBER.fullmatch(length)
        else b""
    )
    names = filters if isinstance(filters, list) else [filters] if filters else []
    if not names:
        return raw
    return _inflated(raw, most) if names == [Name(b"FlateDecode")] and b"DecodeParms" not in found.value else None


def _inflated(raw: bytes, most: int) -> bytes | None:
    try:
        content = zlib.decompressobj().decompress(raw, most + 1)
    except zlib.error:
        return None
    if len(content) > most:
        raise Refusal("bomb", "解压后异常庞大，有安全风险，不能受理，" + ALONE)
    return content
