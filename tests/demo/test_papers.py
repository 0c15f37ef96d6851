"""Papers of the demo: real files that the door of uploads takes, the same each time."""

import datetime as dt
import io
from decimal import Decimal

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from records.uploads import check_upload
from redemption.form.pdf import render_claim_form
from tests.redemption.sample_form import PROVIDER, UNIT, sample_form
from tten.demo import papers

pytestmark = pytest.mark.heavy

DAY = dt.date(2026, 9, 1)
MAKERS = {
    "image/jpeg": lambda: papers.licence_image(UNIT, "91120104000000019E", legal_representative="王㛃"),
    "application/pdf": lambda: papers.invoice_pdf("25122000000000000001", PROVIDER, UNIT, Decimal(20000), DAY),
}
PDFS = [
    MAKERS["application/pdf"],
    lambda: papers.invoice_pdf("30000000", PROVIDER, UNIT, Decimal("0.01"), DAY, code="012002100311"),
    lambda: papers.receipt_pdf("2026090100000001", UNIT, PROVIDER, Decimal(20000), DAY, payer_account="62220203"),
    lambda: papers.contract_pdf("技术服务合同", "HT-1", UNIT, PROVIDER, Decimal(40000), date=DAY),
    lambda: papers.report_pdf("检测报告", PROVIDER, UNIT),
]


@pytest.mark.parametrize("make", PDFS)
def test_pdfs_are_whole_and_equal_every_time(make):
    data = make()
    assert make() == data
    assert check_upload(ContentFile(data, "样例.pdf")) == "application/pdf"
    assert len(pypdfium2.PdfDocument(data)) == 1


def test_licence_is_a_picture():
    data = MAKERS["image/jpeg"]()
    assert MAKERS["image/jpeg"]() == data
    assert check_upload(ContentFile(data, "营业执照.jpg")) == "image/jpeg"


@pytest.mark.parametrize("gross", [Decimal("20000.00"), Decimal("0.01"), Decimal("16409.02")])
def test_net_and_tax_add_up_to_the_fen(gross):
    assert sum(papers.net_and_tax(gross)) == gross


@pytest.mark.pdf
def test_signed_form_is_the_page_with_the_signature_stamped_red():
    form = render_claim_form(sample_form())
    picture = Image.open(io.BytesIO(papers.signed_form_scan(form, unit=UNIT, signer="张示例")))
    red = sum(count for count, (r, g, b) in picture.getcolors(1 << 24) if r > 150 and max(g, b) < 100)
    assert picture.format == "JPEG"
    assert red > 1000


@pytest.mark.pdf
def test_signed_form_as_pdf_has_all_pages():
    form = render_claim_form(sample_form())
    scan = papers.signed_form_scan(form, unit=UNIT, signer="张示例", as_pdf=True)
    assert check_upload(ContentFile(scan, "申请表.pdf")) == "application/pdf"
    assert len(pypdfium2.PdfDocument(scan)) == len(pypdfium2.PdfDocument(form))
