"""Papers that a firm drops: seven that belong to one claim, and the worker that reads them."""

import re
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from papers import work
from papers.facts import READER, Fact, Facts, Kind, Place, Source
from papers.models import Reading
from redemption.models import Dropped
from tests.papers import layouts, more_layouts, pdfs, pictures, truth, xmls

HTMX = {"HX-Request": "true"}
MARK = re.compile(r'name="shown" value="(\d+\.[0-9a-f]{8})"')
PAYER, PAYEE = "1200000000000001", "1200000000000002"


def sides(claim):
    provider = claim.application.order.provider
    return claim.unit.name, provider.legal_name, provider.legal_uscc


def invoice(claim, seed, gross="33000.00", **changes):
    """What an invoice of this claim says."""
    unit, provider, code = sides(claim)
    net = (Decimal(gross) / Decimal("1.06")).quantize(Decimal("0.01"))
    sums = {"net": f"{net}", "tax": f"{Decimal(gross) - net}", "gross": gross}
    told = {"buyer": unit, "buyer_tax_id": claim.unit.uscc, "seller": provider, "seller_tax_id": code}
    return truth.invoice(seed) | {"type": "普通", "issued_on": f"{timezone.localdate()}", **told, **sums, **changes}


def receipt(claim, seed, amount="33000.00", **changes):
    unit, provider, _ = sides(claim)
    told = {"payer": unit, "payer_account": PAYER, "payee": provider, "payee_account": PAYEE, "amount": amount}
    return truth.receipt(seed) | {"paid_on": f"{timezone.localdate()}", **told, **changes}


def contract(claim, seed=1, amount="100000.00", **changes):
    unit, provider, _ = sides(claim)
    told = {"party_a": unit, "party_b": provider, "signed_on": f"{timezone.localdate()}", "amount": amount}
    return truth.contract(seed) | told | changes


def invoice_pdf(facts):
    return pdfs.pdf(layouts.digital_usual(facts))


def receipt_pdf(facts):
    return pdfs.pdf(more_layouts.receipt_listed(facts))


def contract_pdf(facts):
    return pdfs.pdf(more_layouts.contract_covered(facts))


def invoice_xml(facts):
    return xmls.encoded(xmls.einvoice(facts), "utf-8", "UTF-8")


def seven(claim):
    """Name → content: three invoices, three receipts and the contract, which come to the same sum."""
    bills = {f"发票{n}.pdf": invoice_pdf(invoice(claim, n, g)) for n, g in ((1, "33000.00"), (2, "33000.00"))}
    slips = {
        f"回单{n}.pdf": receipt_pdf(receipt(claim, n, a))
        for n, a in ((1, "33000.00"), (2, "33000.00"), (3, "34000.00"))
    }
    data = {"发票3.xml": invoice_xml(invoice(claim, 3, "34000.00"))}
    return bills | data | slips | {"合同.pdf": contract_pdf(contract(claim))}


def photographed(claim):
    """The same, its invoices as a phone takes them: their codes say number, day and sum, but neither net nor tax."""
    bills = [invoice(claim, n, gross) for n, gross in ((1, "33000.00"), (2, "33000.00"), (3, "34000.00"))]
    pages = [pictures.rendered(pdfs.pdf(layouts.digital_usual(t), payload=xmls.payload(t)), scale=3.2) for t in bills]
    photos = {f"IMG_{n}.jpg": pictures.photographed(page, n) for n, page in enumerate(pages)}
    return photos | {name: content for name, content in seven(claim).items() if not name.startswith("发票")}


def files(named):
    return [SimpleUploadedFile(name, content) for name, content in named.items()]


def drop(client, claim, named, kind="invoice", **headers):
    """The answer to files that are dropped on a list."""
    return client.post(reverse("claim_drop", args=[claim.number, kind]), {"papers": files(named)}, headers=headers)


def read_all(claim):
    """A worker reads what waits."""
    waiting = Reading.objects.filter(document__in=claim.dropped.values("document"), stage="reading")
    for paper in list(waiting.values_list("document", flat=True)):
        work.read_paper(paper)


def edit(claim, query=""):
    return reverse("claim_edit", args=[claim.number]) + query


def every(claim):
    return reverse("claim_dropped_all", args=[claim.number])


def one(dropped):
    return reverse("claim_dropped", args=[dropped.claim.number, dropped.pk])


def marks(client, claim):
    """What the lines on the page say that they have shown."""
    return MARK.findall(client.get(edit(claim)).content.decode())


def rows(claim):
    return [getattr(claim, name).count() for name in ("invoices", "receipts", "contracts")]


def dropped_one(client, claim, name="发票.pdf", content=None, kind="invoice"):
    """A paper that was dropped and read."""
    drop(client, claim, {name: content or invoice_pdf(invoice(claim, 7))}, kind)
    read_all(claim)
    return claim.dropped.latest("pk")


def waiting_line(claim):
    """Two papers that wait to become rows of the claim: one was read, of the other nothing; the key of the first, as text."""
    found = Fact("gross", "1060.00", Source.TEXT, Place(page=1, box=(0.1, 0.1, 0.3, 0.2)))
    facts = Facts(Kind.DIGITAL, (found, Fact("buyer", claim.unit.name, Source.XML)))
    paper, other = claim.result_papers.get(), claim.invoices.get().document
    Reading.objects.create(document=paper, version=READER, stage="read", kind="digital", facts=facts.as_json())
    Dropped.objects.create(claim=claim, document=other, dropped_on="receipt")
    return str(Dropped.objects.create(claim=claim, document=paper, dropped_on="contract").pk)


def open_line(claim):
    """The query that opens such a line."""
    return f"?open={waiting_line(claim)}"
