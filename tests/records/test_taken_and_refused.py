"""Forty papers that must be taken, as banks, phones, scanners and tax bureaus write them, and sixty that must be refused."""

import pytest

from records.scans import Refusal, scan
from tests.records import makers as m
from tests.records import papers
from tests.records.scanned import HONEST, OPENING, SCRIPT

GREY, COLOURS, TRANSPARENT = 0, 2, 6
ENDED = HONEST["pdf"].rindex(b"xref\n0")
STARTED = HONEST["pdf"].rindex(b"startxref")
LINK = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://a.example/JavaScript)>>>>]>>"
NOTE = b"/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS<</UF(data.xml)/EF<</F 4 0 R>>>>>>]>>"
OPENED = b"<</Type/Catalog/Pages 2 0 R/OpenAction[3 0 R/Fit]>>"
FORM = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA(x)/Fields[]>>>>"
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42\0\0\0\x08mdat"
DTD = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "票">]><a>&b;</a>'
OFFICE = papers.package({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
TAKEN = {
    # PDF
    "plain": ("pdf", lambda: HONEST["pdf"]),
    "PDF 2.0": ("pdf", lambda: HONEST["pdf"].replace(b"%PDF-1.7", b"%PDF-2.0")),
    "packed objects": ("pdf", lambda: papers.packed_pdf({1: OPENED, 2: papers.PAGES, 3: papers.PAGE})),
    "scanned": ("pdf", m.scanned_pdf),
    "signed": ("pdf", m.signed_pdf),
    "locked, AES": ("pdf", m.encrypted),
    "locked, RC4": ("pdf", lambda: m.encrypted(algorithm="RC4-128")),
    "linearised, wrong table": ("pdf", m.linearised_pdf),
    "changed later": ("pdf", lambda: m.updated(papers.PAGE)),
    "without table": ("pdf", lambda: HONEST["pdf"][:ENDED] + HONEST["pdf"][HONEST["pdf"].rindex(b"trailer") :]),
    "wrong place of the table": ("pdf", lambda: HONEST["pdf"][:STARTED] + b"startxref\n7\n%%EOF\n"),
    "without last line": ("pdf", lambda: HONEST["pdf"].removesuffix(b"%%EOF\n")),
    "comment behind": ("pdf", lambda: HONEST["pdf"] + b"% JavaScript\n"),
    "page of a server behind": ("pdf", lambda: HONEST["pdf"] + b"\n<!-- 0.02 s -->\n"),
    "blank lines before": ("pdf", lambda: b"\r\n\r\n" + HONEST["pdf"]),
    "link to a page on JavaScript": ("pdf", lambda: papers.pdf(page=m.PAGE + LINK)),
    "title HTML/CSS/JS": ("pdf", lambda: m.with_metadata("HTML/CSS/JS")),
    "title with a page's words": ("pdf", lambda: m.with_metadata("<html> 与 <script> 入门")),
    "contract TJ/JS-2026": ("pdf", lambda: m.with_metadata("合同 TJ/JS-2026")),
    "invoice XML attached": ("pdf", lambda: papers.attached(b"data.xml", m.xml("gbk"))),
    "invoice OFD attached": ("pdf", lambda: papers.attached(b"data.ofd", HONEST["ofd"])),
    "XML at a page": ("pdf", lambda: papers.pdf(papers.stream(papers.INVOICE_XML), page=m.PAGE + NOTE)),
    # XML
    "XML": ("xml", lambda: papers.INVOICE_XML),
    "XML, GBK": ("xml", lambda: m.xml("gbk")),
    "XML, GB2312 by name": ("xml", lambda: m.xml("gb18030", declared="GB2312")),
    "XML, GB18030": ("xml", lambda: m.xml("gb18030")),
    "XML behind a blank line": ("xml", lambda: m.xml("utf-8", before="\n")),
    "XML behind mark and line": ("xml", lambda: m.xml("utf-8", before="\ufeff\r\n")),
    # OFD
    "OFD": ("ofd", lambda: HONEST["ofd"]),
    "OFD with a white scan": ("ofd", lambda: papers.ofd(**{"Doc_0/Res/1.bmp": bytes(3_000_000)})),
    "OFD with backslashes": ("ofd", lambda: papers.package({"OFD.xml": papers.OFD_XML, "Doc_0\\Page.xml": "<a/>"})),
    # pictures
    "JPEG": ("jpg", lambda: HONEST["jpg"]),
    "JPEG, progressive": ("jpg", lambda: m.picture("RGB", "JPEG", progressive=True)),
    "JPEG, CMYK": ("jpg", lambda: m.picture("CMYK", "JPEG")),
    "JPEG, grey": ("jpg", lambda: m.picture("L", "JPEG")),
    "MPO": ("jpg", m.two_pictures),
    "motion photo": ("jpg", lambda: HONEST["jpg"] + FILM),
    "PNG": ("png", lambda: HONEST["png"]),
    "PNG, 16 bits": ("png", lambda: m.picture("I;16", "PNG")),
    "PNG, palette": ("png", lambda: m.picture("P", "PNG")),
    "PNG, a fax": ("png", lambda: m.picture("1", "PNG")),
    "PNG with a trailer": ("png", lambda: HONEST["png"] + b"camera data"),
    "PNG, 108 million pixels": ("png", lambda: m.png_of(12_032, 9_024, 1, GREY)),
    "PNG, A3 at 600 dpi": ("png", lambda: m.png_of(9_922, 7_016, 8, GREY)),
}
LARGE = {
    "PNG, 108 million pixels",
    "PNG, A3 at 600 dpi",
    "OFD with a white scan",
    "one part of an OFD",
    "OFD, all parts",
}
SLOW = LARGE | {
    "locked, AES",
    "locked, RC4",
    "needs a password",
    "needs a password, RC4",
    "too many parts",
    "2000 pages",
}
PRINT, FETCH = "请打开后打印为新的 PDF 再上传。", "请从原处重新下载或导出后上传。"
ACTIVE = f"含有脚本或会自动执行的动作，有安全风险，不能受理，{PRINT}"
PASSWORD = "设有打开密码，审核人员打不开，请用密码打开后打印为不加密的 PDF 再上传。"
CUT, DAMAGED = f"不完整，缺少文件结尾，{FETCH}", f"已损坏，打不开，{FETCH}"
BEHIND = f"的结尾后面还接着另一个文件，{PRINT}"
HIDDEN = "里夹带了另一个文件，不能受理，请重新扫描或导出后上传。"
MARKUP = "里夹带了网页或脚本代码，不能受理，请重新扫描或导出后上传。"
CARRIED = "里附带的文件“a.bin”不是发票的 XML 或 OFD 数据，不能受理，请把它取出来单独上传，本文件打印为新的 PDF 再上传。"
ISSUED, OFD_AGAIN = "请上传开票方提供的 XML 原件。", "请从开票平台或银行重新下载 OFD 原件后上传。"
ENTITIES = f"含有文档类型或实体定义（DTD），有安全风险，不能受理，{ISSUED}"
BROKEN_XML = "不是完整的 XML，无法读取，请重新下载原件后上传。"
PAGE_XML = f"是网页或矢量图，不是发票数据文件，{ISSUED}"
SWOLLEN = f"解压后太大（全部超过 256 MB，或者部件过多），无法打开核对，{OFD_AGAIN}"
NAMES = f"内部的文件名不合规范，不能受理，{OFD_AGAIN}"
PROGRAM_IN = f"里夹带了程序或网页，不能受理，{OFD_AGAIN}"
BROKEN_OFD = f"不完整或已损坏，无法打开，{OFD_AGAIN}"
ZIPPED = "是压缩包或办公文档，不能受理：压缩包请解压，办公文档请另存为 PDF，再逐个上传。"
PICTURE = "不完整或已损坏，图片打不开，请重新拍照或扫描后上传。"
PROGRAM = "不能受理：程序不能作为材料，请改选材料本身的文件。"
ALL_KINDS = "此处只接收 PDF、OFD、XML、JPG、PNG，请用原来的软件打开，打印或另存为其中一种。"


def pixels(width, height):
    return f"有 {width} × {height} 像素，超过 11000 万，打不开，无法核对，请降低分辨率（扫描 300 dpi 即可）后上传。"


def seems(kind, way):
    return f"看起来是 {kind} 文件，不能受理：{way}"


def head_of(width, height):
    return m.png_of(1, 1, 8, GREY).replace(b"\0\0\0\1\0\0\0\1", width.to_bytes(4, "big") + height.to_bytes(4, "big"))


REFUSED = {
    # PDF: what runs
    "script at opening": (ACTIVE, lambda: papers.pdf(SCRIPT, catalog=OPENING)),
    "script by pypdf": (ACTIVE, lambda: m.act("JavaScript", JS="void(0)")),
    "escaped names": (ACTIVE, lambda: papers.pdf(b"<</S/J#61vaScript/J#53(void)>>", catalog=OPENING)),
    "packed script": (ACTIVE, lambda: papers.packed_pdf({1: OPENING, 2: papers.PAGES, 3: papers.PAGE, 4: SCRIPT})),
    "script of a page": (ACTIVE, lambda: papers.pdf(SCRIPT, page=m.PAGE + b"/AA<</O 4 0 R>>>>")),
    "script in a later change": (ACTIVE, lambda: m.updated(m.PAGE + b"/AA<</O<</S/JavaScript/JS(void)>>>>>>")),
    "program started": (ACTIVE, lambda: m.act("Launch", F="calc")),
    "form sent away": (ACTIVE, lambda: m.act("SubmitForm", F="https://a.example")),
    "data fetched": (ACTIVE, lambda: m.act("ImportData", F="a.fdf")),
    "file inside opened": (ACTIVE, lambda: m.act("GoToE", T="a")),
    "film with a script": (ACTIVE, lambda: m.act("Rendition", JS="void(0)")),
    "form with scripts": (ACTIVE, lambda: papers.pdf(catalog=FORM)),
    "rich media": (ACTIVE, lambda: papers.pdf(page=m.PAGE + b"/Annots[<</Subtype/RichMedia/Rect[0 0 9 9]>>]>>")),
    # PDF: what nobody reads
    "needs a password": (PASSWORD, lambda: m.encrypted("secret")),
    "needs a password, RC4": (PASSWORD, lambda: m.encrypted("secret", "RC4-128")),
    "cut": (CUT, lambda: HONEST["pdf"][:-20]),
    "cut while downloading": (CUT, lambda: m.linearised_pdf(50_000)),
    "cut change": (CUT, lambda: HONEST["pdf"] + b"3 0 obj\n<</Type"),
    "only a head": (DAMAGED, lambda: b"%PDF-1.7\nnothing\n%%EOF\n"),
    "no page": (DAMAGED, lambda: papers.pdf(page=b"<</Type/X>>").replace(b"[3 0 R]/Count 1", b"[     ]/Count 0")),
    "2000 pages": (
        "有 2000 页，超过 1000 页，请拆成几个文件后上传。",
        lambda: papers.pdf().replace(b"Kids[3 0 R]/Count 1", b"Kids[" + b"3 0 R " * 2000 + b"]/Count 2000"),
    ),
    # PDF: what it hides
    "zip behind": (BEHIND, lambda: HONEST["pdf"] + papers.package({"a.txt": "x"})),
    "rar behind": (BEHIND, lambda: HONEST["pdf"] + b"Rar!\x1a\x07\0"),
    "second PDF behind": (BEHIND, lambda: HONEST["pdf"] + b"%PDF-1.4\n"),
    "program behind": (BEHIND, lambda: HONEST["pdf"] + b"MZ\x90\0"),
    "page behind": (MARKUP, lambda: HONEST["pdf"] + b"<script>void(0)</script>"),
    "page before": (MARKUP, lambda: b"<html>" + HONEST["pdf"]),
    "picture before": (HIDDEN, lambda: b"GIF89a" + HONEST["pdf"]),
    "program attached": (CARRIED, lambda: papers.attached(b"a.bin", b"MZ\x90\0")),
    "PDF attached": (CARRIED, lambda: papers.attached(b"a.bin", HONEST["pdf"])),
    "picture attached": (CARRIED, lambda: papers.attached(b"a.bin", HONEST["png"])),
    "DTD attached": (f"里附带的文件“a.xml”{ENTITIES}", lambda: papers.attached(b"a.xml", DTD.encode())),
    # XML
    "entity": (ENTITIES, DTD.encode),
    "entity in GBK": (ENTITIES, lambda: DTD.replace('"1.0"', '"1.0" encoding="GBK"').encode("gbk")),
    "document type elsewhere": (ENTITIES, lambda: b'<!DOCTYPE a SYSTEM "https://a.example/a.dtd"><a/>'),
    "deep": (f"的层级过深，不能受理，{ISSUED}", lambda: b"<a>" * 201 + b"</a>" * 201),
    "unfinished": (BROKEN_XML, lambda: b"<?xml version='1.0'?><a><b></a>"),
    "unknown encoding": (BROKEN_XML, lambda: b"<?xml version='1.0' encoding='nonsense-8'?><a/>"),
    "style sheet": (
        f"引用了样式脚本，不能受理，{ISSUED}",
        lambda: b"<?xml version='1.0'?><?xml-stylesheet href='a'?><a/>",
    ),
    "drawing in it": (PAGE_XML, lambda: b"<?xml version='1.0'?><a><s:g xmlns:s='http://www.w3.org/2000/svg'/></a>"),
    "page": (seems("HTML", "请在浏览器里打开，打印为 PDF 后上传。"), lambda: b"<html><body></body></html>"),
    # OFD and other packages
    "one part of an OFD": (SWOLLEN, lambda: papers.ofd(**{"a.xml": "<a>" + " " * 68_000_000 + "</a>"})),
    "OFD, all parts": (SWOLLEN, lambda: papers.ofd(**{f"{n}.bin": bytes(90_000_000) for n in range(3)})),
    "too many parts": (SWOLLEN, lambda: papers.ofd(**{f"p{n}.txt": "" for n in range(2_000)})),
    "leads out": (NAMES, lambda: papers.ofd(**{"../a.xml": "<a/>"})),
    "leads out with backslashes": (NAMES, lambda: papers.ofd(**{"..\\a.xml": "<a/>"})),
    "drive": (NAMES, lambda: papers.ofd(**{"c:\\a.xml": "<a/>"})),
    "program in it": (PROGRAM_IN, lambda: papers.ofd(**{"Doc_0/run.EXE": "MZ"})),
    "cut OFD": (BROKEN_OFD, lambda: papers.ofd()[:-30]),
    "OFD with entity": (ENTITIES, lambda: papers.ofd(**{"Doc_0/Page.xml": DTD})),
    "two OFD": (HIDDEN, lambda: papers.ofd() + papers.ofd()),
    "picture behind an OFD": (HIDDEN, lambda: papers.ofd() + HONEST["png"]),
    "zip": (ZIPPED, lambda: papers.package({"a.txt": "x"})),
    "Word": (ZIPPED, lambda: OFFICE),
    # pictures
    "cut JPEG": (PICTURE, lambda: HONEST["jpg"][: len(HONEST["jpg"]) // 2]),
    "cut PNG": (PICTURE, lambda: HONEST["png"][: len(HONEST["png"]) // 2]),
    "PNG without rows": (PICTURE, lambda: head_of(9_000, 9_000)),
    "damaged PNG": (PICTURE, lambda: HONEST["png"].replace(b"IDAT", b"IDAU")),
    "too many pixels": (pixels(12_000, 9_500), lambda: head_of(12_000, 9_500)),
    "a strip": (pixels(100, 1_200_000), lambda: head_of(100, 1_200_000)),
    "zip behind a JPEG": (HIDDEN, lambda: HONEST["jpg"] + papers.package({"a.txt": "x"})),
    "PDF behind a PNG": (HIDDEN, lambda: HONEST["png"] + HONEST["pdf"]),
    "page in a JPEG": (MARKUP, lambda: papers.image("JPEG", comment=b"<html >")),
    # other kinds
    "program": (seems("EXE", PROGRAM.partition("：")[2]), lambda: b"MZ\x90\0" + bytes(400)),
    "command file": (f"的内容无法识别，{PROGRAM}", lambda: b"#!/bin/sh\n"),
    "GIF": (seems("GIF", "请用看图软件打开，打印为 PDF 后上传。"), lambda: papers.image("GIF")),
    "photograph of an iPhone": (
        seems("HEIF", "请在相册里把照片导出为 JPG，或在相机设置里把格式改为“兼容性最佳”后重拍。"),
        lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(80),
    ),
    "old Word": (
        seems("DOC", "请用 Word 或 WPS 打开，另存为 PDF 后上传。"),
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ),
    "rar": (seems("RAR", "请解压后逐个上传。"), lambda: b"Rar!\x1a\x07\0" + bytes(30)),
    "film": (seems("MP4", "声音和影像不能作为材料，请上传文件或照片。"), lambda: FILM + bytes(60)),
    "plain text": (f"的内容无法识别，{ALL_KINDS}", "发票".encode),
}


def listed(table):
    """The rows as parameters; what is slow to make is weighed by the longer part of the tests."""
    return [
        pytest.param(*row, id=name, marks=[pytest.mark.heavy] if name in SLOW else []) for name, row in table.items()
    ]


def test_the_table_holds_what_was_promised():
    assert len(TAKEN) >= 40
    assert len(REFUSED) >= 60


@pytest.mark.parametrize(("kind", "made"), listed(TAKEN))
def test_a_paper_that_every_reader_opens_is_taken(kind, made):
    assert scan(made()).name == kind


@pytest.mark.parametrize(("sentence", "made"), listed(REFUSED))
def test_a_paper_is_refused_with_its_sentence(sentence, made):
    with pytest.raises(Refusal) as refusal:
        scan(made())
    assert refusal.value.reason == sentence
