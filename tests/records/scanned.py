"""What the tests of uploads share: honest papers, and the code with which another one is refused."""

import io

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from records.scans import Refusal, scan
from tests.records import papers

SCRIPT = b"<</S/JavaScript/JS(app.alert)>>"
OPENING = b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>"
ZIP = papers.package({"a.txt": "x"})
HONEST = {
    "pdf": papers.pdf(),
    "ofd": papers.ofd(),
    "xml": papers.INVOICE_XML,
    "jpg": papers.image("JPEG"),
    "png": papers.image("PNG"),
}
TYPES = {
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "xml": "application/xml",
    "jpg": "image/jpeg",
    "png": "image/png",
}


def upload(content, name="发票.pdf"):
    return SimpleUploadedFile(name, content)


def code_of(content):
    with pytest.raises(Refusal) as refusal:
        scan(content)
    return refusal.value.code


def locked(user="", owner="geheim", content=None):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content or papers.pdf()))
    writer.encrypt(user, owner, algorithm="AES-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
