"""XML (数电票 and the parts of an OFD): read as a stream, no tree; entities and document types refused."""

import io
import re
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from records.scans.refusal import PLAIN, Proof, Refusal

MAX_DEPTH = 200
FOREIGN = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg")
PAGES = ("html", "svg")
MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}  # of byte order
SPACE = " \t\r\n\ufeff"
DECLARATION = re.compile(r"<\?xml\s[^>]*?\?>")
ENCODING = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
DECLARED = 400  # bytes in which the declaration stands
SPOKEN = {  # as it is declared → as it is read: who declares GB2312 writes GBK, and both are part of GB 18030
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "cp936", "gb_2312-80", "euc-cn", "x-gbk"), "gb18030"),
    **dict.fromkeys(("utf-8", "utf8", "us-ascii", "ascii"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "unicode"), "utf-8"),  # read as bytes, so it is not true
    "iso-8859-1": "latin-1",
    "big5": "big5hkscs",
}
ISSUED = "请上传开票方提供的 XML 原件。"


class Watch(ContentHandler):
    """Refuse what makes a browser run something, and nesting that makes a reader fall."""

    depth = 0

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: object) -> None:
        """See one element open."""
        namespace, local = name
        if namespace in FOREIGN or (not self.depth and local.lower() in PAGES):
            raise Refusal("active", "是网页或矢量图，不是发票数据文件，" + ISSUED)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Refusal("bomb", "的层级过深，不能受理，" + ISSUED)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:
        """See one element close."""
        self.depth -= 1

    def processingInstruction(self, target: str, data: str) -> None:
        """See an instruction; a style sheet could run code."""
        if target.lower() == "xml-stylesheet":
            raise Refusal("active", "引用了样式脚本，不能受理，" + ISSUED)


def is_xml(data: bytes) -> bool:
    """Whether it begins as XML does, in whatever encoding, behind blank lines or none."""
    return data[:DECLARED].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def prove_xml(data: bytes) -> Proof:
    """Refuse XML that does not parse, defines entities or a document type, or is a page."""
    parser = create_parser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(Watch())
    try:
        parser.parse(io.BytesIO(undeclared(data)))
    except DefusedXmlException as bomb:
        raise Refusal("bomb", "含有文档类型或实体定义（DTD），有安全风险，不能受理，" + ISSUED) from bomb
    except (SAXException, ValueError, LookupError) as damage:
        raise Refusal("broken", "不是完整的 XML，无法读取，请重新下载原件后上传。") from damage
    return PLAIN


def undeclared(data: bytes) -> bytes:
    """The document in UTF-8, without its declaration and what stands before it: expat knows no GB 18030."""
    text = _decoded(data).lstrip(SPACE)
    return DECLARATION.sub("", text, count=1).encode() if text.startswith("<?xml") else text.encode()


def _decoded(data: bytes) -> str:
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding)
    declared = ENCODING.search(data[:DECLARED])
    if declared:
        return data.decode(SPOKEN[declared[1].decode().lower()])
    wide = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be" if data[:1] == b"\0" else ""
    try:
        return data.decode(wide or "utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")
