"""XML (数电票 and the parts of an OFD): read as a stream, no tree; entities and document types refused."""

import io
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from records.scans.refusal import Refusal

MAX_DEPTH = 200
FOREIGN = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg")
PAGES = ("html", "svg")


class Watch(ContentHandler):
    """Refuse what makes a browser run something, and nesting that makes a reader fall."""

    depth = 0

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: object) -> None:
        """See one element open."""
        namespace, local = name
        if namespace in FOREIGN or (not self.depth and local.lower() in PAGES):
            raise Refusal("active", "是网页或矢量图，不是发票数据文件，请上传开票方提供的 XML 原件。")
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Refusal("bomb", "的层级过深，不能受理，请上传开票方提供的 XML 原件。")

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:
        """See one element close."""
        self.depth -= 1

    def processingInstruction(self, target: str, data: str) -> None:
        """See an instruction; a style sheet could run code."""
        if target.lower() == "xml-stylesheet":
            raise Refusal("active", "引用了样式脚本，不能受理，请上传开票方提供的 XML 原件。")


def prove_xml(data: bytes) -> None:
    """Refuse XML that does not parse, defines entities or a document type, or is a page."""
    parser = create_parser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(Watch())
    try:
        parser.parse(io.BytesIO(data))
    except DefusedXmlException as bomb:
        sentence = "含有文档类型或实体定义（DTD），有安全风险，不能受理，请上传开票方提供的 XML 原件。"
        raise Refusal("bomb", sentence) from bomb
    except (SAXException, ValueError, LookupError) as damage:
        raise Refusal("broken", "不是完整的 XML，无法读取，请重新下载原件后上传。") from damage
