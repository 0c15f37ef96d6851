"""Glyphs become lines and words by where they stand, whatever order they are drawn in."""

import random

import pypdfium2
import pytest

from papers.facts import Source
from papers.layout import Glyph, lines_of, set_vertically
from papers.readers.pdf import glyphs_of
from papers.readers.text import read_text
from tests.papers import layouts, pdfs, truth


def set_out(text, x=0.0, y=0.0, *, step=10.0, size=10.0, down=False):
    return [
        Glyph(
            sign,
            x + (0 if down else n * step),
            y + (n * step if down else 0),
            x + (0 if down else n * step) + size,
            y + (n * step if down else 0) + size,
        )
        for n, sign in enumerate(text)
    ]


def test_a_line_is_read_from_left_to_right_whatever_was_drawn_first():
    glyphs = set_out("发票号码：12345678") + set_out("开票日期", y=20.0)
    random.Random(1).shuffle(glyphs)
    assert [line.text for line in lines_of(1, glyphs)] == ["发票号码:12345678", "开票日期"]


def test_what_is_set_downwards_is_a_word_and_stands_in_no_line():
    glyphs = set_out("购买方信息", x=0.0, step=11.0, down=True) + set_out("名称：甲", x=20.0, y=12.0)
    words, left = set_vertically(1, glyphs, ["购买方", "购买方信息"])
    assert [word.text for word in words] == ["购买方信息"]
    assert [line.text for line in lines_of(1, left)] == ["名称:甲"]


def test_a_glyph_that_is_drawn_twice_is_one():
    glyphs = set_out("价税合计") + set_out("价税合计", x=0.3)
    assert lines_of(1, glyphs)[0].text == "价税合计"


def test_equal_figures_beside_each_other_stay_two():
    assert lines_of(1, set_out("1177", step=5.0, size=5.0))[0].text == "1177"


def test_blanks_stand_between_latin_words_alone():
    glyphs = (
        set_out("Haihe", step=5.0, size=5.0)
        + set_out("Co", x=29.0, step=5.0, size=5.0)
        + set_out("公司", x=42.0, y=-3.0)
    )
    assert lines_of(1, glyphs)[0].raw(0, 9) == "Haihe Co公司"


@pytest.mark.heavy
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_turned_page_gives_the_places_as_they_are_seen(turned):
    document = pypdfium2.PdfDocument(pdfs.pdf([layouts.Item(100, 50, "价", 10)], turned=turned))
    (glyph,) = glyphs_of(document[0])
    assert (round(glyph.left), round(glyph.right)) == (100, 110)
    assert 38 < glyph.top < 45 < glyph.bottom < 55


@pytest.mark.heavy
def test_a_rare_character_is_one_sign():
    document = pypdfium2.PdfDocument(pdfs.pdf([layouts.Item(100, 50, "𠮷㛃", 10)]))
    assert [glyph.raw for glyph in glyphs_of(document[0])] == ["𠮷", "㛃"]


@pytest.mark.heavy
def test_a_fact_knows_its_page_and_rectangle():
    t = truth.invoice(3)
    pages = [glyphs_of(pypdfium2.PdfDocument(pdfs.pdf(layouts.digital_usual(t)))[0])]
    (gross,) = [fact for fact in read_text(pages).facts if fact.name == "gross"]
    left, top, right, bottom = gross.place.box
    assert (gross.source, gross.place.page) == (Source.TEXT, 1)
    assert 440 < left < right < 520
    assert 235 < top < 252 < bottom < 260


@pytest.mark.heavy
def test_the_sides_are_told_apart_where_names_are_swapped():
    t = truth.invoice(4)
    swapped = t | {
        "buyer": t["seller"],
        "seller": t["buyer"],
        "buyer_tax_id": t["seller_tax_id"],
        "seller_tax_id": t["buyer_tax_id"],
    }
    pages = [
        glyphs_of(
            pypdfium2.PdfDocument(pdfs.pdf(layouts.vat_usual(swapped | {"code": "1" * 12, "check_code": "2" * 20})))[0]
        )
    ]
    said = {fact.name: fact.value for fact in read_text(pages).facts}
    assert (said["buyer"], said["seller_tax_id"]) == (t["seller"], t["buyer_tax_id"])


def test_a_page_that_says_nothing_of_itself_has_no_facts():
    assert read_text([set_out("随便写的一页")]).facts == []
    assert read_text([]).facts == []
