"""PDF: opens, is whole, is not locked, runs nothing, carries nothing but invoice data.

pdfium opens it; what a viewer could run is looked for in the bytes and in the unpacked object streams.
"""

import re
import threading
import zlib
from collections.abc import Iterator
from ctypes import byref, c_ulong, create_string_buffer

import pypdfium2
import pypdfium2.raw as pdfium

from records.scans.polyglots import HIDDEN, refuse_archives, refuse_markup
from records.scans.refusal import Refusal
from records.scans.xml import prove_xml

LOCK = threading.Lock()  # pdfium is not safe in threads
END = b"%%EOF"
PADDING = b"\0\r\n \t"
HEAD = 1024
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n")
ACTIVE = re.compile(rb"/(JavaScript|Launch|Rendition|RichMedia|SubmitForm|ImportData|GoToE|FileAttachment)(?![A-Za-z])")
SHORT = re.compile(rb"/(JS|XFA)(?![A-Za-z0-9])")  # four bytes: only looked for outside of packed data
BODY = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
DICTIONARY = 2_048  # bytes before `stream` in which its dictionary stands
FLATE_ONLY = re.compile(rb"/Filter\s*(\[\s*)?/(FlateDecode|Fl)\s*(\]|/|>|\s)")
OTHER_FILTER = re.compile(
    rb"/(ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL|Crypt)(?![A-Za-z])"
)
MAX_UNPACKED = 64 * 1024 * 1024  # bytes of all object streams together
DATA_ENDINGS = (".xml", ".xbrl")
MAX_PAGES = 1_000
AGAIN = "请打印或另存为新的 PDF 后上传。"


def prove_pdf(data: bytes) -> None:
    """Refuse a PDF that is cut, locked, disguised, or would run or carry something."""
    if END not in data:
        raise Refusal("truncated", f"不完整，缺少文件结尾，{AGAIN}")
    refuse_archives(data)
    refuse_markup(data[:HEAD])
    if data[data.rindex(END) + len(END) :].strip(PADDING):
        raise Refusal("polyglot", HIDDEN)
    with LOCK:
        _prove_open(data)
    _prove_passive(data)


def _prove_open(data: bytes) -> None:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise _locked() from error
        raise Refusal("broken", f"已损坏，无法打开，{AGAIN}") from error
    try:
        if pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0:
            raise _locked()
        if not 0 < len(document) <= MAX_PAGES:
            raise Refusal("broken", f"没有页面或超过 {MAX_PAGES} 页，请拆分或重新导出后上传。")
        _prove_attachments(document)
    finally:
        document.close()


def _locked() -> Refusal:
    return Refusal("encrypted", "设有密码或权限保护，审核人员无法核对，请打印或另存为不加密的 PDF 后上传。")


def _prove_attachments(document: pypdfium2.PdfDocument) -> None:
    """Let pass the data an electronic invoice carries (XML, XBRL); refuse any other file inside."""
    for number in range(pdfium.FPDFDoc_GetAttachmentCount(document)):
        attachment = pdfium.FPDFDoc_GetAttachment(document, number)
        if not _name_of(attachment).lower().endswith(DATA_ENDINGS):
            raise Refusal("embedded", f"里附带了其他文件，不能受理，请单独上传附带的文件，并{AGAIN}")
        prove_xml(_content_of(attachment))


def _name_of(attachment: pdfium.FPDF_ATTACHMENT) -> str:
    size = pdfium.FPDFAttachment_GetName(attachment, None, 0)
    buffer = create_string_buffer(size)
    pdfium.FPDFAttachment_GetName(attachment, pdfium.cast(buffer, pdfium.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _content_of(attachment: pdfium.FPDF_ATTACHMENT) -> bytes:
    size = c_ulong()
    pdfium.FPDFAttachment_GetFile(attachment, None, 0, byref(size))
    if size.value > MAX_UNPACKED:
        raise _swollen()
    buffer = create_string_buffer(size.value)
    pdfium.FPDFAttachment_GetFile(attachment, buffer, size.value, byref(size))
    return buffer.raw


def _prove_passive(data: bytes) -> None:
    """Look for what a viewer could run: in all bytes for the long names, outside of packed data for the short."""
    plain = _unescape(data)
    found = ACTIVE.search(plain) or SHORT.search(BODY.sub(b"", plain))
    if not found:
        found = next(
            (hit for part in _object_streams(data) if (hit := ACTIVE.search(part) or SHORT.search(part))), None
        )
    if found:
        raise Refusal("active", f"含有脚本或可执行动作，有安全风险，不能受理，{AGAIN}")


def _unescape(data: bytes) -> bytes:
    """Write names out: «/J#61vaScript» hides a name from a plain search."""
    return ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), data)


def _object_streams(data: bytes) -> Iterator[bytes]:
    """Unpack the streams that hold objects, within one bound for all."""
    left = MAX_UNPACKED
    for match in STREAM.finditer(data):
        dictionary = _unescape(data[max(0, match.start() - DICTIONARY) : match.start()]).rpartition(b" obj")[2]
        if b"/ObjStm" not in dictionary and b"/First" not in dictionary:
            continue
        if OTHER_FILTER.search(dictionary):
            raise Refusal("active", f"使用了不常见的压缩方式，无法核对是否安全，{AGAIN}")
        part = _unpack(data, match.end(), left) if FLATE_ONLY.search(dictionary) else data[match.end() :][:left]
        left -= len(part)
        if left <= 0:
            raise _swollen()
        yield _unescape(part)


def _unpack(data: bytes, start: int, limit: int) -> bytes:
    """Inflate from here, at most `limit` bytes; what is damaged counts as far as it could be read."""
    inflate = zlib.decompressobj()
    parts: list[bytes] = []
    try:
        parts.append(inflate.decompress(memoryview(data)[start:], limit))
    except zlib.error:
        return b""
    return b"".join(parts)


def _swollen() -> Refusal:
    return Refusal("bomb", f"解压后异常庞大，有安全风险，不能受理，{AGAIN}")
