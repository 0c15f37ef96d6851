"""Invoice data as XML: 数电票 (EInvoice 0.31) and the names of the earlier electronic invoices, by the path of an element."""

import io
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from papers import values
from papers.facts import Fact, Kind, Place, Source
from papers.merging import Seen
from records.scans.xml import undeclared

LONGEST = 400  # characters of an element that is read
READ_AS = {
    "type": values.name,
    "code": values.code,
    "invoice_number": values.code,
    "issued_on": values.day,
    "check_code": values.code,
    "seller": values.name,
    "seller_tax_id": values.code,
    "buyer": values.name,
    "buyer_tax_id": values.code,
    "net": values.amount,
    "tax": values.amount,
    "gross": values.amount,
}
NAMES = {  # what an element is called, without prefix → the fact; of several that say the same, the first counts
    "InvoiceNumber": "invoice_number",
    "InvoiceNo": "invoice_number",
    "EIid": "invoice_number",
    "发票号码": "invoice_number",
    "InvoiceCode": "code",
    "发票代码": "code",
    "IssueTime": "issued_on",
    "IssueDate": "issued_on",
    "RequestTime": "issued_on",
    "开票日期": "issued_on",
    "InvoiceCheckCode": "check_code",
    "校验码": "check_code",
    "SellerName": "seller",
    "SellerIdNum": "seller_tax_id",
    "SellerTaxID": "seller_tax_id",
    "销售方纳税人识别号": "seller_tax_id",
    "BuyerName": "buyer",
    "BuyerIdNum": "buyer_tax_id",
    "BuyerTaxID": "buyer_tax_id",
    "购买方纳税人识别号": "buyer_tax_id",
    "TotalAmWithoutTax": "net",
    "TaxExclusiveTotalAmount": "net",
    "合计金额": "net",
    "TotalTaxAm": "tax",
    "TaxTotalAmount": "tax",
    "合计税额": "tax",
    "TotalTax-includedAmount": "gross",
    "TaxInclusiveTotalAmount": "gross",
    "价税合计": "gross",
}
TYPE_LABEL = ("GeneralOrSpecialVAT", "LabelName")
IN_WORDS = {"普通发票": "普通", "增值税专用发票": "专用", "专用发票": "专用"}
DIGITAL_NUMBER = 20  # figures


class Unparsable(Exception):
    """It is no XML, not whole, or defines entities."""


class Listener(ContentHandler):
    """Collects (path, text) of the elements that are known, in the order in which they end."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[str] = []
        self.text: list[str] = []
        self.found: list[tuple[str, str, str]] = []  # fact, path, text

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: object) -> None:
        """See one element open."""
        self.path.append(name[1])
        self.text = []

    def characters(self, content: str) -> None:
        """Hear a piece of text."""
        if len(self.text) < LONGEST:
            self.text.append(content[:LONGEST])

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:
        """See one element close."""
        fact = "type" if tuple(self.path[-2:]) == TYPE_LABEL else NAMES.get(name[1], "")
        text = "".join(self.text).strip()[:LONGEST]
        if fact and text:
            self.found.append((fact, "/" + "/".join(self.path), text))
        self.path.pop()
        self.text = []


def read_xml(data: bytes, source: Source = Source.XML, part: str = "") -> Seen:
    """The facts of invoice data in any encoding that is declared; nothing where it is no XML.

    part: the name of the file that carries it, before each path.
    """
    try:
        return seen_in(heard_in(data), source, part)
    except Unparsable:
        return Seen()


def heard_in(data: bytes) -> list[tuple[str, str, str]]:
    """(fact, path, text) of the elements that are known; raise Unparsable where it is no whole XML."""
    listener = Listener()
    parser = create_parser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(listener)
    try:
        parser.parse(io.BytesIO(undeclared(data)))
    except (DefusedXmlException, SAXException, ValueError, LookupError) as trouble:
        raise Unparsable from trouble
    return listener.found


def seen_in(found: list[tuple[str, str, str]], source: Source, part: str = "") -> Seen:
    """Facts out of (fact, place, text); what is said twice and differently is not said.

    The earlier name of a fact in `NAMES` speaks before the later ones.
    """
    ranks = {name: rank for rank, name in enumerate(NAMES)}
    several: dict[str, dict[str, str]] = {}
    order = sorted(found, key=lambda one: ranks.get(one[1].rpartition("/")[2], 0))
    chosen: dict[str, str] = {}
    for fact, path, text in order:
        value = READ_AS[fact](text)
        element = path.rpartition("/")[2]
        if value and chosen.setdefault(fact, element) == element:
            several.setdefault(fact, {})[value] = path
    facts = [
        Fact(fact, IN_WORDS.get(value, value), source, Place(f"{part}{path}"))
        for fact, said in several.items()
        if len(said) == 1
        for value, path in said.items()
    ]
    return Seen(kind_by(facts), facts)


def kind_by(facts: list[Fact]) -> Kind:
    """数电 or the earlier kind, by the number; unknown without one."""
    said = {fact.name: fact.value for fact in facts}
    if len(said.get("invoice_number", "")) == DIGITAL_NUMBER:
        return Kind.DIGITAL
    return Kind.VAT if said.get("invoice_number") and said.get("code") else Kind.UNKNOWN
