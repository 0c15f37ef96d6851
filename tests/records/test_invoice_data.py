"""数电票 XML and OFD are read without ever trusting them."""

import io
import struct
import zipfile

import pytest

from records.scans import scan
from tests.records import papers
from tests.records.scanned import HONEST, code_of

# XML


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "bomb"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "bomb"),
        (b'<!DOCTYPE a SYSTEM "https://fremd.example/a.dtd"><a/>', "bomb"),
        (b"<a>" * 300 + b"</a>" * 300, "bomb"),
        (b'<?xml version="1.0"?><a><b></a>', "broken"),
        (b'<?xml version="1.0"?><a/><a/>', "broken"),
        (b'<?xml version="1.0" encoding="nonsense-8"?><a/>', "broken"),
        (b'<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><a/>', "active"),
        (b'<?xml version="1.0"?><a><s:svg xmlns:s="http://www.w3.org/2000/svg" onload="x"/></a>', "active"),
        (b'<?xml version="1.0"?><a xmlns:h="http://www.w3.org/1999/xhtml"><h:script/></a>', "active"),
        (b'<?xml version="1.0"?><n:Html xmlns:n="urn:x"/>', "active"),
        (b"<!doctype html><p>", "type"),
        (b"<html><body></body></html>", "type"),
        (b"<svg onload='x'/>", "type"),
    ],
)
def test_hostile_or_foreign_xml_is_refused(content, code):
    assert code_of(content) == code


# OFD


@pytest.mark.heavy  # packs thousands of entries
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (papers.ofd(**{"Doc_0/big.xml": "<a>" + " " * 68_000_000 + "</a>"}), "bomb"),
        (papers.ofd(**{f"p{n}.txt": "x" for n in range(1_999)}), "bomb"),
        (papers.ofd(**{f"p{n}.bin": bytes(16_777_216) for n in range(16)}), "bomb"),
        (papers.ofd(**{"Doc_0/Pages.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "bomb"),
        (papers.ofd(**{"../../evil.xml": "<a/>"}), "broken"),
        (papers.ofd(**{"/evil.xml": "<a/>"}), "broken"),
        (papers.ofd(**{"c:\\evil.xml": "<a/>"}), "broken"),
        (papers.ofd(**{"Doc_0/run.EXE": "MZ"}), "active"),
        (papers.ofd(**{"Doc_0/page.html": "<p>"}), "active"),
        (papers.ofd(**{"Doc_0/broken.xml": "<a>"}), "broken"),
        (papers.ofd()[:-30], "broken"),
        (papers.ofd() + b"<html >", "polyglot"),
        (papers.ofd() + papers.ofd(), "polyglot"),
        (papers.ofd() + HONEST["png"], "polyglot"),
        (papers.package({"a/OFD.xml": papers.OFD_XML}), "type"),
        (papers.package({"[Content_Types].xml": "<Types/>"}), "type"),
    ],
    ids=[
        "one part",
        "entries",
        "total",
        "entity",
        "climbing",
        "absolute",
        "drive",
        "program",
        "page",
        "bad part",
        "cut",
        "page behind",
        "second package",
        "picture",
        "not at root",
        "office",
    ],
)
def test_a_hostile_ofd_is_refused(content, code):
    assert code_of(content) == code


@pytest.mark.heavy  # unpacks a scan
@pytest.mark.parametrize(
    "content",
    [
        papers.ofd(**{"Doc_0/Res/white.bmp": bytes(30_000_000)}),
        papers.ofd() + b"tail",
        papers.package({"OFD.xml": papers.OFD_XML, "Doc_0\\Document.xml": "<Document/>", "Doc_0\\Res\\": ""}),
        papers.package({"./OFD.xml": papers.OFD_XML}),
        papers.package({"OFD.xml": papers.OFD_XML.replace("UTF-8", "GBK").encode("gbk")}),
    ],
    ids=["white scan", "tail", "backslashes", "own folder", "gbk"],
)
def test_an_ofd_that_readers_open_is_taken(content):
    assert scan(content).name == "ofd"


@pytest.mark.parametrize("name", ["..\\evil.xml", "\\evil.xml"])
def test_a_part_with_backslashes_leads_out_of_no_package(name):
    assert code_of(papers.ofd(**{name: "<a/>"})) == "broken"


NAMES = "<销售方><名称>示例检测有限公司㐂</名称></销售方>"


@pytest.mark.parametrize("declared", ["GBK", "gb2312", "GB18030"])
@pytest.mark.parametrize("before", ["", "\n", "\r\n  "])
def test_invoice_data_in_the_encodings_of_the_country_is_read(declared, before):
    text = f'{before}<?xml version="1.0" encoding="{declared}"?>\n{NAMES}'
    assert scan(text.encode("gb18030")).name == "xml"


@pytest.mark.parametrize(
    "content",
    [
        b"\n<?xml version='1.0'?><EInvoice/>",
        b"\xef\xbb\xbf\n<?xml version='1.0' encoding='UTF-8'?><EInvoice/>",
        NAMES.encode("gb18030"),
        "<?xml version='1.0'?><EInvoice/>".encode("utf-16-le"),
        b"<?xml version='1.0' encoding='utf-16'?><EInvoice/>",
        "<?xml version='1.0' encoding='Big5'?><a>發票</a>".encode("big5"),
    ],
    ids=["blank line", "mark and line", "undeclared", "utf-16 without mark", "utf-16 that is none", "big5"],
)
def test_what_readers_of_xml_forgive_is_forgiven(content):
    assert scan(content).name == "xml"


@pytest.mark.parametrize("declared", ["GBK", "UTF-8"])
def test_an_entity_is_found_in_every_encoding(declared):
    text = f'\n<?xml version="1.0" encoding="{declared}"?><!DOCTYPE a [<!ENTITY b "票">]><a>&b;</a>'
    assert code_of(text.encode(declared)) == "bomb"


def test_an_ofd_with_a_password_is_refused():
    content = bytearray(papers.ofd())
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(head) + flags] |= 1
    assert code_of(bytes(content)) == "encrypted"


def test_an_ofd_in_a_rare_packing_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("OFD.xml", papers.OFD_XML)
        archive.writestr("seal.esl", b"x", zipfile.ZIP_LZMA)
    assert code_of(out.getvalue()) == "broken"


def test_an_ofd_that_names_one_part_twice_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("OFD.xml", papers.OFD_XML)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("OFD.xml", papers.OFD_XML)
    assert code_of(out.getvalue()) == "broken"


def test_an_ofd_whose_parts_share_their_bytes_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("OFD.xml", papers.OFD_XML)
        archive.writestr("a.bin", bytes(range(256)) * 40)
        first = archive.getinfo("a.bin")
        for name in ("b.bin", "c.bin"):
            twin = zipfile.ZipInfo(name)
            for field in ("header_offset", "compress_size", "file_size", "CRC"):
                setattr(twin, field, getattr(first, field))
            archive.filelist.append(twin)
            archive.NameToInfo[name] = twin
    assert code_of(out.getvalue()) == "bomb"


def test_an_ofd_that_lies_about_a_size_is_refused():
    content = bytearray(papers.ofd())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 4)
    assert code_of(bytes(content)) == "broken"
