"""Real papers for the rows of a claim: they say what the row says, but for what a test changes."""

from tests.papers import layouts, more_layouts, ofds, pdfs, pictures, xmls
from tests.papers.stored import stored


def said(row, **changes):
    """What the paper of a row says, in the words of the corpus."""
    unit, provider = row.claim.unit, row.claim.application.order.provider
    names = [field.name for field in row._meta.fields if field.name not in {"claim", "document"}]
    facts = {name: str(getattr(row, name)) for name in names}
    facts |= {"type": "普通", "buyer_tax_id": unit.uscc, "seller_tax_id": provider.legal_uscc}
    return {name: value for name, value in (facts | changes).items() if value}


def invoice_xml(t):
    return xmls.encoded(xmls.einvoice(t), "utf-8", "UTF-8"), "xml"


def invoice_pdf(t):
    return pdfs.pdf(layouts.digital_usual(t), payload=xmls.payload(t)), "pdf"


def invoice_ofd(t):
    return ofds.ofd(layouts.digital_usual(t), data={name: t[name] for name in ("invoice_number", "net")}), "ofd"


def invoice_photo(t):
    """A picture of a page: of it the code alone is read."""
    return pictures.as_png(pictures.rendered(pdfs.pdf(layouts.digital_usual(t), payload=xmls.payload(t)))), "png"


def receipt_pdf(t):
    return pdfs.pdf(more_layouts.receipt_listed(t)), "pdf"


def contract_pdf(t):
    return pdfs.pdf(more_layouts.contract_covered(t)), "pdf"


MAKERS = {"invoice": invoice_xml, "receipt": receipt_pdf, "contract": contract_pdf}


def show(row, make=None, **changes):
    """Give the row its paper, read; changes: what the paper says otherwise. The row as it stands then."""
    content, form = (make or MAKERS[row._meta.model_name])(said(row, **changes))
    type(row).objects.filter(pk=row.pk).update(document=store(row.claim, content, form))
    return type(row).objects.get(pk=row.pk)


def show_all(claim):
    """Every row of the claim with a paper that says the same."""
    for rows in (claim.invoices, claim.receipts, claim.contracts):
        for row in rows.all():
            show(row)


def store(claim, content, form):
    """A paper of the claim, as a worker has read it."""
    return stored(content, form, by=claim.unit.memberships.first().user, case=claim)
