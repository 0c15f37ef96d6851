"""A code on every page of the 兑现申请表, the first page's at two places: which form, which version, which page."""

import pypdfium2
import pytest
import zxingcpp
from PIL import ImageDraw

from redemption.form.codes import FOOT, HEAD
from redemption.form.pdf import render_claim_form
from tests.redemption.sample_form import sample_form

pytestmark = [pytest.mark.pdf, pytest.mark.heavy]
DPI, INCH = 100, 25.4
LEAST = 0.6  # mm a module
CODES = zxingcpp.BarcodeFormat.QRCode


@pytest.fixture(scope="module")
def pages():
    document = pypdfium2.PdfDocument(render_claim_form(sample_form(lines=5)))
    return [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]


def codes_of(picture):
    return zxingcpp.read_barcodes(picture, formats=CODES)


def read(picture):
    return [code.text for code in codes_of(picture)]


def covered(picture, code):
    """The page with a seal over one of its codes."""
    picture = picture.copy()
    at = code.position
    ImageDraw.Draw(picture).rectangle((at.top_left.x, at.top_left.y, at.bottom_right.x, at.bottom_right.y), fill=90)
    return picture


def test_every_page_tells_number_version_hash_and_page(pages):
    form = sample_form(lines=5)
    told = [f"SQB20260000123/2/{form.short_hash}/{page}/{len(pages)}" for page in range(1, len(pages) + 1)]
    assert len(pages) == 4
    assert [read(page) for page in pages] == [[told[0]] * 2, *([text] for text in told[1:])]


def test_either_code_of_the_first_page_is_enough(pages):
    both = codes_of(pages[0])
    above = [code.position.top_left.y < pages[0].height / 2 for code in both]
    assert sorted(above) == [False, True]
    assert [read(covered(pages[0], code)) for code in both] == [[both[0].text]] * 2


def test_codes_are_of_level_m_and_their_modules_can_be_photographed(pages):
    found = [code for page in pages for code in codes_of(page)]
    assert {code.ec_level for code in found} <= {"M", "Q", "H"}
    assert min(FOOT[0], HEAD[0]) >= LEAST
    sides = [(code.position.top_right.x - code.position.top_left.x) * INCH / DPI for code in found]
    assert min(sides) / 25 >= LEAST  # 25 modules a side


def test_nothing_stands_so_near_that_a_code_has_no_quiet_zone(pages):
    for page in pages:
        for code in codes_of(page):
            at, quiet = code.position, round(3.5 * FOOT[0] * DPI / INCH)
            box = (at.top_left.x - quiet, at.top_left.y - quiet, at.bottom_right.x + quiet, at.bottom_right.y + quiet)
            around = page.crop(box)
            around.paste(255, (quiet - 1, quiet - 1, around.width - quiet + 2, around.height - quiet + 2))
            assert around.getextrema()[0] > 200


def test_a_form_of_many_pages_has_a_code_on_each():
    document = pypdfium2.PdfDocument(render_claim_form(sample_form(lines=60)))
    texts = [read(page.render(scale=DPI / 72).to_pil().convert("L"))[0] for page in document]
    assert [text.split("/")[3:] for text in texts] == [
        [str(page), str(len(texts))] for page in range(1, len(texts) + 1)
    ]
    assert len(texts) > 6
