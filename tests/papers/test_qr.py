"""Codes of invoices: net or gross by type, from bytes, and never of two invoices at once."""

import io

import pytest
import segno
from PIL import Image, ImageFilter

from papers.facts import Kind, Place, texts
from papers.readers import qr
from papers.readers.qr import INVOICE, facts_in, read_qr
from papers.reading import Bounds, read
from tests.papers import layouts, pdfs, truth

pytestmark = pytest.mark.heavy


def picture(*payloads, scale=4):
    """Codes beside each other."""
    codes = []
    for payload in payloads:
        out = io.BytesIO()
        segno.make(payload, error="m", micro=False).save(out, kind="png", scale=scale, border=4)
        codes.append(Image.open(out).convert("L"))
    page = Image.new("L", (sum(code.width for code in codes), max(code.height for code in codes)), 255)
    for place, code in enumerate(codes):
        page.paste(code, (sum(one.width for one in codes[:place]), 0))
    return page


@pytest.mark.parametrize(
    ("payload", "kind", "said"),
    [
        (
            "01,10,050003523456,29342181,104.72,20180613,02418567008427471889,1774,",
            Kind.VAT,
            {
                "type": "普通",
                "code": "050003523456",
                "invoice_number": "29342181",
                "net": "104.72",
                "issued_on": "2018-06-13",
                "check_code": "02418567008427471889",
            },
        ),
        (
            "01,01,1200154130,03630024,94339.62,20160621,,9335,",
            Kind.VAT,
            {
                "type": "专用",
                "code": "1200154130",
                "invoice_number": "03630024",
                "net": "94339.62",
                "issued_on": "2016-06-21",
            },
        ),
        (
            "01,32,,23442000000014209621,112,20230215,,74AE",
            Kind.DIGITAL,
            {"type": "普通", "invoice_number": "23442000000014209621", "gross": "112.00", "issued_on": "2023-02-15"},
        ),
    ],
)
def test_the_three_kinds_of_code(payload, kind, said):
    seen = read_qr(picture(payload))
    assert (seen.kind, texts(seen.facts)) == (kind, said)


@pytest.mark.parametrize("amount", ["nan", "inf", "1e17", "-", ".", "1.2.3"])
def test_an_amount_that_is_none_is_not_read(amount):
    match = INVOICE.match(f"01,32,,23442000000014209621,{amount},20230215,,74AE")
    assert not match or "gross" not in texts(list(facts_in(match, Place())))


def test_a_code_beside_another_that_is_no_invoice_is_read():
    seen = read_qr(picture("https://tten.example/样例", "01,32,,23442000000014209621,112,20230215,,74AE"))
    assert texts(seen.facts)["invoice_number"] == "23442000000014209621"


def test_two_invoices_in_one_picture_are_no_fact():
    both = picture("01,32,,23442000000014209621,112,20230215,,74AE", "01,32,,23442000000014209622,112,20230215,,74AE")
    assert read_qr(both).facts == []


def test_a_fact_of_a_code_knows_its_rectangle_in_points():
    seen = read_qr(picture("01,32,,23442000000014209621,112,20230215,,74AE"), page=2, points=0.5)
    left, top, right, bottom = seen.facts[0].place.box
    assert seen.facts[0].place.page == 2
    assert 7 <= left < 10
    assert 7 <= top < 10
    assert right - left == pytest.approx(bottom - top, abs=2)


def test_a_dim_photograph_inside_a_pdf_is_made_clearer_too():
    blurred = picture("01,32,,26122000000012345678,1234.50,20260301,,ABCD,", scale=8).filter(
        ImageFilter.GaussianBlur(4)
    )
    image, out = blurred.point(lambda value: 100 + value // 8), io.BytesIO()
    assert read_qr(image, drawn=True).facts == []
    image.save(out, "PDF", quality=95)
    assert texts(read(out.getvalue(), "pdf", Bounds()).facts)["gross"] == "1234.50"


def test_a_page_that_is_drawn_is_looked_at_once(monkeypatch):
    looks = []
    monkeypatch.setattr(qr, "clearer", lambda image, _made=qr.clearer: (looks.append(1) or one for one in _made(image)))
    read(pdfs.pdf(layouts.digital_usual(truth.invoice(1))), "pdf", Bounds())
    assert len(looks) == 1
