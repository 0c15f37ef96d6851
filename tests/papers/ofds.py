"""OFD by hand: a layout drawn in millimetres, with data of its own, attachments and tags."""

import io
import zipfile

from tests.papers import pdfs

MM = 25.4 / 72
SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
DATA = {
    "code": "发票代码",
    "invoice_number": "发票号码",
    "issued_on": "开票日期",
    "check_code": "校验码",
    "net": "合计金额",
    "tax": "合计税额",
    "buyer_tax_id": "购买方纳税人识别号",
    "seller_tax_id": "销售方纳税人识别号",
}
TAGS = {
    "invoice_number": "InvoiceNo",
    "net": "TaxExclusiveTotalAmount",
    "tax": "TaxTotalAmount",
    "gross": "TaxInclusiveTotalAmount",
}


def text_object(number, item, *, steps):
    """One text; steps: "each" offset written out, "g" in short, or "ctm" scaled by a matrix."""
    size = item.size * MM
    if item.down:
        deltas = f'DeltaY="{" ".join([f"{size * 1.15:.4f}"] * (len(item.text) - 1))}"'
    else:
        widths = [size * (pdfs.NARROW if sign.isascii() else 1) for sign in item.text[:-1]]
        short = steps == "g" and len(set(widths)) == 1 and widths
        deltas = (
            f'DeltaX="g {len(widths)} {widths[0]:.4f}"' if short else f'DeltaX="{" ".join(f"{w:.4f}" for w in widths)}"'
        )
    text = item.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    matrix = ' CTM="1 0 0 1 0 0"' if steps == "ctm" else ""
    box = f"{item.x * MM:.3f} {item.y * MM - size:.3f} {size * len(item.text):.3f} {size * 1.3:.3f}"
    code = f'<ofd:TextCode X="0" Y="{size:.4f}" {deltas}>{text}</ofd:TextCode>'
    return f'<ofd:TextObject ID="{number}" Boundary="{box}" Font="2" Size="{size:.4f}"{matrix}>{code}</ofd:TextObject>'


def content(objects, template=""):
    return f"{HEAD}<ofd:Page {SPACE}>{template}<ofd:Content><ofd:Layer ID='9000'>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"


def ofd(items=(), *, data=None, attached=None, tagged=None, steps="each", split=False, folder="Doc_0"):
    """Pack an OFD.

    data: CustomData by fact. attached: name → content. tagged: facts whose items get a tag. split: labels are printed by a
    template, as invoices are.
    """
    items = list(items)
    below = [item for item in items if split and item.text.endswith(("：", ":"))]
    numbers = dict(enumerate(items, 100))
    own = [text_object(number, item, steps=steps) for number, item in numbers.items() if item not in below]
    parts = {"OFD.xml": root_of(data or {}, folder), f"{folder}/Pages/Page_0/Content.xml": content(own)}
    tags = ""
    if below:
        parts[f"{folder}/Tpls/Tpl_0/Content.xml"] = content(
            [text_object(number, item, steps=steps) for number, item in enumerate(below, 5000)]
        )
        parts[f"{folder}/Pages/Page_0/Content.xml"] = content(own, '<ofd:Template ZOrder="Background" TemplateID="3"/>')
        tags += f'<ofd:TemplatePage ID="3" BaseLoc="{"Tpls/Tpl_0/Content.xml"}"/>'
    extra = ""
    if attached:
        entries = "".join(
            f'<ofd:Attachment ID="{n}" Name="{name}" Format="xml"><ofd:FileLoc>{name}</ofd:FileLoc></ofd:Attachment>'
            for n, name in enumerate(attached, 1)
        )
        parts[f"{folder}/Attachs/Attachments.xml"] = f"{HEAD}<ofd:Attachments {SPACE}>{entries}</ofd:Attachments>"
        parts |= {f"{folder}/Attachs/{name}": body for name, body in attached.items()}
        extra += "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
    if tagged:
        parts |= tags_of(numbers, tagged, folder)
        extra += f"<ofd:CustomTags>/{folder}/Tags/CustomTags.xml</ofd:CustomTags>"
    parts[f"{folder}/Document.xml"] = (
        f"{HEAD}<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        f'{tags}</ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>{extra}</ofd:Document>'
    )
    return packed(parts)


def root_of(data, folder):
    entries = "".join(f'<ofd:CustomData Name="{DATA[fact]}">{value}</ofd:CustomData>' for fact, value in data.items())
    info = f"<ofd:DocInfo><ofd:DocID>1</ofd:DocID><ofd:CustomDatas>{entries}</ofd:CustomDatas></ofd:DocInfo>"
    body = f"<ofd:DocBody>{info}<ofd:DocRoot>{folder}/Document.xml</ofd:DocRoot></ofd:DocBody>"
    return f'{HEAD}<ofd:OFD {SPACE} Version="1.0" DocType="OFD">{body}</ofd:OFD>'


def tags_of(numbers, tagged, folder):
    """A list of tags and the one file that it names; each tag points at the object that holds the fact."""
    said = "".join(
        f'<{TAGS[item.tag]}><ofd:ObjectRef PageRef="1">{number}</ofd:ObjectRef></{TAGS[item.tag]}>'
        for number, item in numbers.items()
        if item.tag in tagged and item.tag in TAGS
    )
    entry = "<ofd:CustomTag TypeID='1'><ofd:FileLoc>CustomTag.xml</ofd:FileLoc></ofd:CustomTag>"
    listing = f"{HEAD}<ofd:CustomTags {SPACE}>{entry}</ofd:CustomTags>"
    return {
        f"{folder}/Tags/CustomTags.xml": listing,
        f"{folder}/Tags/CustomTag.xml": f"{HEAD}<eInvoice {SPACE}>{said}</eInvoice>",
    }


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return out.getvalue()
