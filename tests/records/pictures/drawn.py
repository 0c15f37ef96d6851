"""Papers whose pictures can be told apart, and what the child makes of them."""

import io

from PIL import Image

from records.pictures import drawing
from records.pictures.drawer import a_drawer
from tests.records import papers

A4 = (595, 842)
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
FORM = b"<</FT/Tx/T(a)/Type/Annot/Subtype/Widget/F 4/Rect[0 0 595 842]/P 3 0 R/V(x)/AP<</N 5 0 R>>>>"
INVOICE = """<?xml version="1.0" encoding="GBK"?>
<EInvoice><Header><EIid>26122000000000000017</EIid><Version>0.31</Version></Header>
<EInvoiceData>
<SellerInformation><SellerIdNum>91120104MA05QJ7N35</SellerIdNum><SellerName>海河样例检测有限公司</SellerName></SellerInformation>
<BasicInformation><TotalTax-includedAmount>10600.00</TotalTax-includedAmount></BasicInformation>
<IssuItemInformation><ItemName>*研发和技术服务*检测费&lt;b&gt;</ItemName><Amount>5000</Amount></IssuItemInformation>
<IssuItemInformation><ItemName>*研发和技术服务*分析费</ItemName><Amount>5000</Amount></IssuItemInformation>
</EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>26122000000000000017</InvoiceNumber></TaxSupervisionInfo></EInvoice>""".encode("gbk")
OFD = """<?xml version="1.0" encoding="UTF-8"?>
<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.1"><ofd:DocBody><ofd:DocInfo><ofd:Title>样例发票</ofd:Title>
<ofd:CustomDatas><ofd:CustomData Name="发票号码">03630024</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo>
<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"""
DOCUMENT = """<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData>
<ofd:PageArea><ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:PageArea><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>
</ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/><ofd:Page ID="2" BaseLoc="Pages/Page_1/Content.xml"/>
</ofd:Pages></ofd:Document>"""
RESOURCES = """<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016" BaseLoc="Res"><ofd:MultiMedias>
<ofd:MultiMedia ID="7" Type="Image"><ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"""
PAGE = """<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>
<ofd:ImageObject ID="9" Boundary="{}" ResourceID="7"/></ofd:Layer></ofd:Content></ofd:Page>"""


def pdf(pages=1, size=A4, content=b"0 0 %d %d re f"):
    """A PDF whose pages are black on their left half."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + 2 * pages, 2))
    inside = content % (size[0] // 2, size[1]) if b"%d" in content else content
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R>>"
    bodies = [papers.CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages)]
    for number in range(pages):
        bodies += [page % (*size, 4 + 2 * number), papers.stream(inside)]
    return whole(bodies)


def whole(bodies):
    """A PDF of these objects."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, start))
    return out.getvalue()


def endless():
    """A PDF whose page is painted all over, some hundred thousand times."""
    function = b"<</FunctionType 2/N 1/Domain[0 1]/C0[0 0 0]/C1[1 1 1]>>"
    shading = b"<</ShadingType 1/ColorSpace/DeviceRGB/Domain[0 1 0 1]/Matrix[595 0 0 842 0 0]/Function%s>>" % function
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Shading<</P 5 0 R>>>>>>"
    return whole([papers.CATALOG, papers.PAGES, page, papers.stream(b"/P sh " * 400_000), shading])


def filled_form():
    """A PDF whose page is white but for a field that is filled in, in black."""
    catalog = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[4 0 R]>>"
    seen = papers.stream(b"0 0 595 842 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]")
    return whole([catalog, papers.PAGES, page, FORM, seen])


def ofd(boundary="0 0 210 140", **parts):
    """An OFD of two pages, the first of them a scan, with the XML of its invoice."""
    return papers.package(
        {
            "OFD.xml": OFD,
            "Doc_0/Document.xml": DOCUMENT,
            "Doc_0/DocumentRes.xml": RESOURCES,
            "Doc_0/Res/scan.png": png((300, 200), BLACK),
            "Doc_0/Pages/Page_0/Content.xml": PAGE.format(boundary),
            "Doc_0/Pages/Page_1/Content.xml": PAGE.format("0 0 20 20"),
            "Doc_0/Attachs/original_invoice.xml": INVOICE,
        }
        | parts
    )


def png(size, colour, mode="RGB", form="PNG", **options):
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, form, **options)
    return out.getvalue()


def told(folder, content, kind, pages=(1,)):
    """What the child tells of these pages, as one dictionary for each line."""
    paper = folder / "paper"
    paper.write_bytes(content)
    with a_drawer() as drawer:
        return list(drawer.draw(paper, kind, pages))


def word_of(lines):
    """Why the child has left its work: its own word, or that it was killed."""
    words = [line["word"] for line in lines if "word" in line]
    return words[0] if words else "killed" if lines[-1]["end"] else ""


def picture(folder, number=1, *, zoom=False):
    """The picture of a page."""
    return Image.open(drawing.file_of(folder, number, zoom=zoom)).convert("RGB")


def dark(image, x, y):
    """Whether the picture is dark there; in fractions of it."""
    place = int(x * (image.width - 1)), int(y * (image.height - 1))
    return sum(image.getpixel(place)) < 120
