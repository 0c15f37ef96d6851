"""A picture is taken if it is whole, of a sane size, and hides nothing."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageFile

from records.scans import scan
from tests.records import papers
from tests.records.scanned import HONEST, code_of


def picture_of(width, height):
    """Claim a size in a PNG that holds almost nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data)) for tag, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.heavy
@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_a_cut_picture_is_refused_even_after_a_pdf_was_printed(kind, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    content = papers.image({"jpg": "JPEG", "png": "PNG"}[kind], (400, 300))
    assert code_of(content[: len(content) // 2]) in {"truncated", "broken"}


def test_a_png_with_broken_insides_is_refused():
    assert code_of(HONEST["png"].replace(b"IDAT", b"IDAU")) == "broken"


@pytest.mark.parametrize("size", [(12_000, 9_500), (40_000, 40_000), (100, 1_200_000)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_opened(size):
    content = picture_of(*size)
    assert len(content) < 200
    assert code_of(content) == "bomb"


@pytest.mark.parametrize("kind", ["jpg", "png"])
@pytest.mark.parametrize(
    "tail",
    [
        papers.package({"a.txt": "x"}),
        b"<script>alert(1)</script>",
        b"<?php system(1);",
        b"7z\xbc\xaf\x27\x1c",
        papers.pdf(),
    ],
    ids=["zip", "html", "php", "7z", "pdf"],
)
def test_a_picture_that_hides_another_file_is_refused(kind, tail):
    assert code_of(HONEST[kind] + tail) == "polyglot"


def test_a_page_in_the_comment_of_a_picture_is_refused():
    assert code_of(papers.image("JPEG", comment=b"<HTML ><body>")) == "polyglot"


@pytest.mark.parametrize("kind", ["jpg", "png"])
@pytest.mark.parametrize("tail", [b"\0\0\n", b"SEFT\0\0\0camera data", b"....PK\5\6...."])
def test_what_a_camera_appends_to_a_picture_is_let_be(kind, tail):
    assert scan(HONEST[kind] + tail).name == kind


def test_printing_colours_and_grey_are_taken():
    out = io.BytesIO()
    Image.new("CMYK", (30, 30)).save(out, "JPEG")
    assert scan(out.getvalue()).name == "jpg"
    out = io.BytesIO()
    Image.new("1", (30, 30)).save(out, "PNG")
    assert scan(out.getvalue()).name == "png"
