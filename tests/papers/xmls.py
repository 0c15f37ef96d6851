"""Invoice data as tax bureaus write it, in several generations and encodings."""

ENCODINGS = (
    ("utf-8", "UTF-8"),
    ("gb18030", "GBK"),
    ("gb18030", "GB2312"),
    ("gb18030", "GB18030"),
    ("utf-16", "UTF-16"),
    ("utf-8-sig", ""),
)
TYPES = {"普通": "普通发票", "专用": "增值税专用发票"}


def einvoice(t, *, hours=True):
    """数电票, EInvoice 0.31, without namespace."""
    time = f"{t['issued_on']} 09:08:07" if hours else t["issued_on"]
    return f"""<EInvoice><Header><EIid>{t["invoice_number"]}</EIid><EInvoiceTag>SWEI3200</EInvoiceTag><Version>0.31</Version>
<InherentLabel><InIssuType><LabelCode>Y</LabelCode><LabelName>是否蓝字发票</LabelName></InIssuType>
<EInvoiceType><LabelCode>01</LabelCode><LabelName>电子发票</LabelName></EInvoiceType>
<GeneralOrSpecialVAT><LabelCode>02</LabelCode><LabelName>{TYPES[t["type"]]}</LabelName></GeneralOrSpecialVAT></InherentLabel></Header>
<EInvoiceData><SellerInformation><SellerIdNum>{t["seller_tax_id"]}</SellerIdNum><SellerName>{t["seller"]}</SellerName>
<SellerAddr>样例路1号</SellerAddr></SellerInformation>
<BuyerInformation><BuyerIdNum>{t["buyer_tax_id"]}</BuyerIdNum><BuyerName>{t["buyer"]}</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>{t["net"]}</TotalAmWithoutTax><TotalTaxAm>{t["tax"]}</TotalTaxAm>
<TotalTax-includedAmount>{t["gross"]}</TotalTax-includedAmount><Drawer>贾开票</Drawer><RequestTime>{time}</RequestTime>
</BasicInformation><IssuItemInformation><ItemName>*研发和技术服务*检测服务</ItemName><Amount>{t["net"]}</Amount></IssuItemInformation>
</EInvoiceData><TaxSupervisionInfo><InvoiceNumber>{t["invoice_number"]}</InvoiceNumber><IssueTime>{time}</IssueTime></TaxSupervisionInfo>
</EInvoice>"""


def prefixed(t):
    """The same under a namespace and a prefix, a day without hours."""
    text = einvoice(t, hours=False).replace("</", "</e:").replace("<", "<e:").replace("<e:/e:", "</e:")
    return text.replace("<e:EInvoice>", '<e:EInvoice xmlns:e="urn:einvoice">', 1)


def earlier(t, *, prefix="fp:"):
    """The electronic invoice of GB/T 36609, as OFD files carry it."""
    space = ' xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019"' if prefix else ""
    day = t["issued_on"].replace("-", "年", 1).replace("-", "月") + "日"
    text = f"""<eInvoice{space}><DocID>{t["code"]}{t["invoice_number"]}</DocID><AreaCode>120000</AreaCode>
<InvoiceCode>{t["code"]}</InvoiceCode><InvoiceNo>{t["invoice_number"]}</InvoiceNo><IssueDate>{day}</IssueDate>
<InvoiceCheckCode>{t["check_code"]}</InvoiceCheckCode><TaxInclusiveTotalAmount>{t["gross"]}</TaxInclusiveTotalAmount>
<TaxExclusiveTotalAmount>{t["net"]}</TaxExclusiveTotalAmount><TaxTotalAmount>{t["tax"]}</TaxTotalAmount>
<Buyer><BuyerName>{t["buyer"]}</BuyerName><BuyerTaxID>{t["buyer_tax_id"]}</BuyerTaxID></Buyer>
<Seller><SellerName>{t["seller"]}</SellerName><SellerTaxID>{t["seller_tax_id"]}</SellerTaxID></Seller></eInvoice>"""
    if prefix:
        text = (
            text.replace("</", f"</{prefix}").replace("<", f"<{prefix}").replace(f"<{prefix}/{prefix}", f"</{prefix}")
        )
    return text


def encoded(text, encoding, declared):
    """The document with its declaration, in an encoding that may be called otherwise."""
    declaration = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    return (declaration + text).encode(encoding)


def metadata(t):
    """Keys of the document's information, as 数电票 carry them."""
    return {
        "InvoiceNumber": t["invoice_number"],
        "IssueTime": t["issued_on"],
        "SellerIdNum": t["seller_tax_id"],
        "BuyerIdNum": t["buyer_tax_id"],
        "TotalAmWithoutTax": t["net"],
        "TotalTaxAm": t["tax"],
        "TotalTax-includedAmount": t["gross"],
    }


def payload(t, *, check="74AE"):
    """What the QR code says; 数电票 tell the gross, others the net amount."""
    if "code" in t:
        return f"01,10,{t['code']},{t['invoice_number']},{t['net']},{t['issued_on'].replace('-', '')},{t['check_code']},{check},"
    kind = "31" if t["type"] == "专用" else "32"
    return f"01,{kind},,{t['invoice_number']},{t['gross']},{t['issued_on'].replace('-', '')},,{check}"
