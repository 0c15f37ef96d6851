"""PDF: opens, is whole, is not locked, runs nothing, carries nothing but invoice data.

What a viewer could run hides in packed object streams and in escaped names (`/J#61vaScript`). pdfium therefore writes
the document out again, every object plain and every name spelled; that copy is searched and dropped (ADR 0013).
"""

import io
import re
import threading
import zlib
from ctypes import byref, c_ulong, create_string_buffer

import pypdfium2
import pypdfium2.raw as pdfium

from records.scans.polyglots import HIDDEN, refuse_archives, refuse_markup
from records.scans.refusal import Refusal
from records.scans.xml import prove_xml

LOCK = threading.Lock()  # pdfium is not safe in threads
END = b"%%EOF"
PADDING = b"\0\r\n \t"
HEAD = 1024  # bytes
ACTIVE = re.compile(rb"/(JavaScript|Launch|Rendition|RichMedia|SubmitForm|ImportData|GoToE|FileAttachment)(?![A-Za-z])")
SHORT = re.compile(rb"/(JS|XFA)(?![A-Za-z0-9])")  # too short to be looked for in packed data
BODY = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n")
DICTIONARY = 1024  # bytes before a stream in which its dictionary stands
HOLDERS = (b"/ObjStm", b"/XRef")
MAX_UNPACKED = 64 * 1024 * 1024  # bytes
MAX_PAGES = 1_000
DATA_ENDINGS = (".xml", ".xbrl")
AGAIN = "请打印或另存为新的 PDF 后上传。"


def prove_pdf(data: bytes) -> None:
    """Refuse a PDF that is cut, locked, disguised, or would run or carry something."""
    if END not in data:
        raise Refusal("truncated", f"不完整，缺少文件结尾，{AGAIN}")
    refuse_archives(data)
    refuse_markup(data[:HEAD])
    if data[data.rindex(END) + len(END) :].strip(PADDING):
        raise Refusal("polyglot", HIDDEN)
    if ACTIVE.search(data):
        raise _active()
    _prove_bounded(data)
    with LOCK:
        _prove_open(data)


def _prove_bounded(data: bytes) -> None:
    """Refuse object streams that would swell before pdfium unpacks them."""
    left = MAX_UNPACKED
    for match in STREAM.finditer(data):
        dictionary = data[max(0, match.start() - DICTIONARY) : match.start()].rpartition(b"endobj")[2]
        if not any(holder in dictionary for holder in HOLDERS):
            continue
        try:
            left -= len(zlib.decompressobj().decompress(memoryview(data)[match.end() :], left))
        except zlib.error:
            continue  # not packed this way, or damaged: pdfium will say
        if left <= 0:
            raise _swollen()


def _prove_open(data: bytes) -> None:
    document = _open(data)
    try:
        if pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0:
            raise _locked()
        if not 0 < len(document) <= MAX_PAGES:
            raise Refusal("broken", f"没有页面或超过 {MAX_PAGES} 页，请拆分或重新导出后上传。")
        _prove_attachments(document)
        _prove_passive(document)
    finally:
        document.close()


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # where nothing is wrong but the lack of pages, pdfium tells the error of an earlier document again
        if error.err_code == pdfium.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
            raise _locked() from error
        raise Refusal("broken", f"已损坏，无法打开，{AGAIN}") from error


def _prove_attachments(document: pypdfium2.PdfDocument) -> None:
    """Let pass the data an electronic invoice carries (XML, XBRL); refuse any other file inside."""
    for number in range(pdfium.FPDFDoc_GetAttachmentCount(document)):
        attachment = pdfium.FPDFDoc_GetAttachment(document, number)
        if not _name_of(attachment).lower().endswith(DATA_ENDINGS):
            raise Refusal("embedded", f"里附带了其他文件，不能受理：附带的文件请单独上传，本文件{AGAIN}")
        prove_xml(_content_of(attachment))


def _name_of(attachment: object) -> str:
    size = pdfium.FPDFAttachment_GetName(attachment, None, 0)
    buffer = create_string_buffer(size)
    pdfium.FPDFAttachment_GetName(attachment, pdfium.cast(buffer, pdfium.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _content_of(attachment: object) -> bytes:
    size = c_ulong()
    pdfium.FPDFAttachment_GetFile(attachment, None, 0, byref(size))
    if size.value > MAX_UNPACKED:
        raise _swollen()
    buffer = create_string_buffer(size.value)
    pdfium.FPDFAttachment_GetFile(attachment, buffer, size.value, byref(size))
    return buffer.raw


def _prove_passive(document: pypdfium2.PdfDocument) -> None:
    """Search the document as pdfium spells it out; packed bodies are left out, so that chance cannot match."""
    spelled = io.BytesIO()
    document.save(spelled)
    objects = BODY.sub(b"", spelled.getvalue())
    if ACTIVE.search(objects) or SHORT.search(objects):
        raise _active()


def _active() -> Refusal:
    return Refusal("active", f"含有脚本或可执行动作，有安全风险，不能受理，{AGAIN}")


def _locked() -> Refusal:
    return Refusal("encrypted", "设有密码或权限保护，审核人员无法核对，请打印或另存为不加密的 PDF 后上传。")


def _swollen() -> Refusal:
    return Refusal("bomb", f"解压后异常庞大，有安全风险，不能受理，{AGAIN}")
