"""Papers with known truth: forms × layouts × ways of drawing. `papers(every)` takes each so many-th."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from tests.papers import certificates, layouts, more_layouts, ofds, pdfs, pictures, truth, xmls

XML, ATTACHED, METADATA, OFD, TEXT, RENDERED, PHOTO, PRINTED, BLIND = (
    "xml",
    "attached",
    "metadata",
    "ofd",
    "text",
    "rendered",
    "photo",
    "printed",
    "blind",
)
FLOORS = {
    XML: 1.0,
    ATTACHED: 1.0,
    METADATA: 1.0,
    OFD: 1.0,
    TEXT: 0.97,
    RENDERED: 0.99,
    PHOTO: 0.90,
    PRINTED: 0.97,
    BLIND: 0.0,
}
LABELS = {
    XML: "XML",
    ATTACHED: "PDF with attached XML",
    METADATA: "PDF metadata",
    OFD: "OFD (data, attachments, tags, text)",
    TEXT: "text of PDFs",
    RENDERED: "QR code of a rendered page",
    PHOTO: "QR code of a photograph",
    PRINTED: "text of PDFs that WeasyPrint has printed",
    BLIND: "text of PDFs by somebody who had not seen the reader",
}
FROM_CODE = ("invoice_number", "issued_on", "code", "type", "check_code")


@dataclass(frozen=True)
class Paper:
    """One paper of the corpus."""

    form: str  # of `FLOORS`
    layout: str
    kind: str  # as papers.facts.Kind names it
    file: str  # as papers.reading reads it: pdf, ofd, xml, jpg, png
    truth: dict[str, str]  # what is counted
    everything: dict[str, str]  # what else is true of it
    make: Callable[[], bytes]


def digital(seed):
    return truth.invoice(seed)


def older(seed):
    return truth.invoice(seed, digital=False)


LAID = (
    *(
        (layout, digital, "digital")
        for layout in (layouts.digital_usual, layouts.digital_parted, layouts.digital_plain, layouts.digital_headed)
    ),
    *((layout, older, "vat") for layout in (layouts.vat_usual, layouts.vat_parted)),
    *(
        (getattr(more_layouts, f"receipt_{name}"), truth.receipt, "receipt")
        for name in ("listed", "sided", "headed", "columned")
    ),
    *((getattr(more_layouts, f"contract_{name}"), truth.contract, "contract") for name in ("covered", "plain")),
    *((getattr(more_layouts, f"licence_{name}"), truth.licence, "licence") for name in ("usual", "listed")),
    *((getattr(more_layouts, f"account_{name}"), truth.account, "account") for name in ("permit", "sheet")),
    *((getattr(certificates, name), truth.certificate, "certificate") for name in ("printed", "attested")),
)
GENERATIONS = ((xmls.einvoice, digital, "digital"), (xmls.prefixed, digital, "digital"), (xmls.earlier, older, "vat"))


def told_by_data(t):
    """The data of earlier invoices does not say which of the two types it is."""
    return {name: value for name, value in t.items() if name != "type" or "code" not in t}


def of_xml():
    for seed, ((write, facts, kind), (encoding, declared)) in enumerate(product(GENERATIONS, xmls.ENCODINGS)):
        for more in range(2):
            t = facts(1000 + seed * 2 + more)
            yield Paper(
                XML,
                write.__name__,
                kind,
                "xml",
                told_by_data(t),
                t,
                lambda t=t, w=write, e=encoding, d=declared: xmls.encoded(w(t), e, d),
            )


def of_attached():
    """The page looks like some layout, and carries the data."""
    for seed, layout in enumerate((layouts.digital_usual, layouts.digital_parted, layouts.digital_headed) * 6):
        t, (encoding, declared) = digital(2000 + seed), xmls.ENCODINGS[seed % len(xmls.ENCODINGS)]

        def make(t=t, layout=layout, encoding=encoding, declared=declared):
            data = xmls.encoded(xmls.einvoice(t), encoding, declared)
            return pdfs.pdf(layout(t), attached={f"{t['invoice_number']}.xml": data}, payload=xmls.payload(t))

        yield Paper(ATTACHED, layout.__name__, "digital", "pdf", t, t, make)


def of_metadata():
    """A page without readable text: the information alone speaks."""
    for seed in range(16):
        t = digital(3000 + seed)
        counted = {
            name: t[name]
            for name in ("invoice_number", "issued_on", "seller_tax_id", "buyer_tax_id", "net", "tax", "gross")
        }
        yield Paper(
            METADATA, "information", "digital", "pdf", counted, t, lambda t=t: pdfs.pdf([], info=xmls.metadata(t))
        )


def of_ofd():
    for seed, ((layout, facts, kind), steps) in enumerate(product(LAID, ("each", "g", "ctm"))):
        t = facts(4000 + seed)
        split, tagged = steps != "each", {"net", "tax", "gross"} if kind == "digital" else None
        yield Paper(
            OFD,
            layout.__name__,
            kind,
            "ofd",
            t,
            t,
            lambda t=t, la=layout, s=steps, sp=split, tg=tagged: ofds.ofd(la(t), steps=s, split=sp, tagged=tg),
        )
    for seed in range(12):
        t = older(4500 + seed)
        data = {name: t[name] for name in ofds.DATA}
        yield Paper(OFD, "data", "vat", "ofd", data, t, lambda d=data: ofds.ofd(data=d))
        yield Paper(OFD, "attachment", "vat", "ofd", told_by_data(t), t, lambda t=t: with_data(t))


def with_data(t):
    """An OFD whose page is empty and whose data is attached."""
    return ofds.ofd(attached={"original_invoice.xml": xmls.encoded(xmls.earlier(t), "utf-8", "UTF-8")})


def of_text():
    for seed, ((layout, facts, kind), (place, style)) in enumerate(product(LAID, enumerate(pdfs.STYLES))):
        t = facts(5000 + seed)
        turned = (0, 0, 90, 0, 180, 270)[(place + seed) % 6]
        yield Paper(
            TEXT,
            layout.__name__,
            kind,
            "pdf",
            t,
            t,
            lambda t=t, la=layout, s=style, tu=turned, n=seed: pdfs.pdf(la(t), s, turned=tu, seed=n),
        )


def of_codes():
    """What only the code of a picture says."""
    for seed in range(40):
        facts, layout = ((digital, layouts.digital_usual), (older, layouts.vat_usual))[seed % 2]
        t = facts(6000 + seed)
        counted = {name: t[name] for name in (*FROM_CODE, "gross" if seed % 2 == 0 else "net") if name in t}

        def page(scale, t=t, layout=layout):
            return pictures.rendered(pdfs.pdf(layout(t), payload=xmls.payload(t)), scale=scale)

        kind = ("digital", "vat")[seed % 2]
        yield Paper(RENDERED, layout.__name__, kind, "png", counted, t, lambda p=page: pictures.as_png(p(2.0)))
        yield Paper(
            PHOTO, layout.__name__, kind, "jpg", counted, t, lambda p=page, s=seed: pictures.photographed(p(3.2), s)
        )


def papers(every=1):
    """The papers of all forms, each so many-th of a form."""
    for form in (of_xml, of_attached, of_metadata, of_ofd, of_text, of_codes):
        made = sorted(form(), key=lambda paper: paper.form)
        yield from made[::every]
