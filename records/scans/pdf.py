"""PDF: opens, is whole, runs nothing, carries nothing but invoice data (ADR 0013, 0090).

What a viewer could run hides in packed object streams, in escaped names, behind a lock that everybody opens. pdfium, which
mends what readers mend, therefore writes the document out again, plain; that copy is read by its grammar and dropped.
"""

import io
import re
import threading
import zlib

import pypdfium2
import pypdfium2.raw as pdfium

from records.scans.carried import prove_carried
from records.scans.grammar import Dictionary, Name, Spelled, dictionaries
from records.scans.polyglots import hides_a_file, refuse_hidden, refuse_markup
from records.scans.refusal import Proof, Refusal

LOCK = threading.Lock()  # pdfium is not safe in threads
START = b"%PDF-"
END = b"%%EOF"
NO_END = re.compile(rb"startxref\s+\d+\s*\Z")  # the last line alone is missing: mail gateways cut it off
OBJECT = re.compile(rb"\d+ \d+ obj\b")
LINEARISED = re.compile(rb"/Linearized\s[^>]*?/L\s+(\d+)")
BREAKS = 4  # bytes of the last line's end, which get lost on the way
HEAD = 1024  # bytes
RUNS = {  # action → what it needs to do anything
    b"JavaScript": {b"JS"},
    b"Launch": {b"F", b"Win", b"Mac", b"Unix"},
    b"SubmitForm": {b"F"},
    b"ImportData": {b"F"},
    b"GoToE": {b"F", b"T"},
    b"Rendition": {b"JS", b"R", b"OP"},
    b"RichMediaExecute": {b"TA", b"CMD"},
}
PLAYS = {b"RichMedia", b"3D"}  # annotations that bring a player or a script with them
SIGN = re.compile(rb"/(?:" + b"|".join((*RUNS, *PLAYS, b"EF")) + rb")(?![A-Za-z0-9])")
XFA = (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)
STREAM = re.compile(rb"stream\r?\n")
DICTIONARY = 1024  # bytes before a stream in which its dictionary stands
HOLDERS = (b"/ObjStm", b"/XRef")
MAX_UNPACKED = 64 * 1024 * 1024  # bytes
MAX_PAGES = 1_000
PRINT = "请打开后打印为新的 PDF 再上传。"
FETCH = "请从原处重新下载或导出后上传。"


def prove_pdf(data: bytes) -> Proof:
    """Refuse a PDF that is cut, needs a password, is disguised, or would run or carry something."""
    _prove_whole(data)
    refuse_hidden(data[: data.index(START)])
    refuse_markup(data[:HEAD].partition(b" obj")[0])
    _prove_bounded(data)
    with LOCK:
        return _prove_open(data)


def _prove_whole(data: bytes) -> None:
    """Refuse what ends too early; what stands behind the end is let be unless it is a file of its own."""
    linearised = LINEARISED.search(data, 0, HEAD)
    end = data.rfind(END)
    tail = data[end + len(END) :] if end >= 0 else b""
    if (end < 0 and not NO_END.search(data)) or (linearised and int(linearised[1]) > len(data) + BREAKS):
        raise _cut()
    if hides_a_file(tail):
        raise Refusal("polyglot", "的结尾后面还接着另一个文件，" + PRINT)
    refuse_markup(tail)
    if OBJECT.search(tail):
        raise _cut()


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
            raise Refusal("bomb", "里的数据解压后异常庞大，有安全风险，不能受理，" + PRINT)


def _prove_open(data: bytes) -> Proof:
    document = _open(data)
    try:
        if len(document) > MAX_PAGES:
            raise Refusal("pages", f"有 {len(document)} 页，超过 {MAX_PAGES} 页，请拆成几个文件后上传。")
        if pdfium.FPDF_GetFormType(document) in XFA:
            raise _active()
        _prove_passive(document)
        return Proof(locked=pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0)
    finally:
        document.close()


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # where nothing is wrong but the lack of pages, pdfium tells the error of an earlier document again
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY} and b"/Encrypt" in data:
            sentence = "设有打开密码，审核人员打不开，请用密码打开后打印为不加密的 PDF 再上传。"
            raise Refusal("encrypted", sentence) from error
        raise Refusal("broken", "已损坏，打不开，" + FETCH) from error


def _prove_passive(document: pypdfium2.PdfDocument) -> None:
    """Read what the document refers to, and refuse actions that run and files that are no invoice data."""
    plain = io.BytesIO()
    document.save(plain, flags=pdfium.FPDF_REMOVE_SECURITY)
    spelled = Spelled(plain.getvalue())
    for found in spelled.holding(SIGN):
        if isinstance(found.value, Name):  # an action's name, to which some action refers
            raise _active()
        for dictionary in dictionaries(found.value):
            _prove_dictionary(dictionary, spelled)


def _prove_dictionary(dictionary: Dictionary, spelled: Spelled) -> None:
    action, subtype = dictionary.get(b"S"), dictionary.get(b"Subtype")
    if isinstance(action, Name) and RUNS.get(action, set()) & dictionary.keys():
        raise _active()
    if isinstance(subtype, Name) and subtype in PLAYS and b"Rect" in dictionary:
        raise _active()
    if b"EF" in dictionary:
        prove_carried(dictionary, spelled, most=MAX_UNPACKED)


def _active() -> Refusal:
    return Refusal("active", "含有脚本或会自动执行的动作，有安全风险，不能受理，" + PRINT)


def _cut() -> Refusal:
    return Refusal("truncated", "不完整，缺少文件结尾，" + FETCH)
