"""What a name or a text accepts can be printed: asked of the faces' own tables, never of extracted text."""

import pypdfium2
import pytest
from django import forms
from django.template.loader import render_to_string

from redemption.form.pdf import render_claim_form
from tests.redemption.sample_form import sample_form
from ui import fonts
from ui.fields import NameField, PersonField
from ui.fonts import FACES, FOLDER, with_boxes, without_glyph
from ui.forms import SectionsMixin
from ui.templatetags.ui import in_print
from ui.widgets import Lines

LEVEL_3 = (  # the 87,887 characters of GB 18030-2022, and the radicals of Kangxi
    *((0x4E00, 0x9FEF), (0x3400, 0x4DB5), (0x20000, 0x2A6D6), (0x2A700, 0x2B734)),
    *((0x2B740, 0x2B81D), (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0), (0x2F00, 0x2FD5)),
)
TWELVE = "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"  # compatibility ideographs that are characters of their own
NO_FACE = "\U000323b0"  # of extension J, newer than any free face here
MOST_MEGABYTES = 50


class Sheet(SectionsMixin, forms.Form):
    """A name and two texts."""

    who = PersonField(label="姓名")
    words = forms.CharField(label="说明", widget=Lines(), required=False)
    line = forms.CharField(label="备注", required=False)


@pytest.mark.heavy
def test_every_character_of_level_3_has_a_glyph():
    signs = "".join(chr(code) for first, last in LEVEL_3 for code in range(first, last + 1)) + TWELVE
    assert len(signs) - 0xD6 == 87_887
    assert without_glyph(signs) == []


def test_signs_of_technical_texts_have_one_too():
    assert without_glyph("CO₂ m⁻¹ 10⁵ µm Δλ ±0.5℃ Ⅳ № ½ é ≥ → 〇 ㎡ “” — · ①\u00a0\u3000\n") == []


def test_the_faces_stay_within_bounds():
    assert {path.stem for path in FOLDER.glob("*.ttf")} == {f"TTEN-{face}" for face in FACES}
    assert sum(path.stat().st_size for path in FOLDER.glob("*.ttf")) < MOST_MEGABYTES * 1_000_000


@pytest.mark.heavy
def test_what_no_face_has_is_printed_as_a_box_with_its_code():
    assert without_glyph(f"王{NO_FACE}样{NO_FACE}😀") == [NO_FACE, "😀"]
    assert with_boxes(f"王{NO_FACE}") == "王□〔U+323B0〕"
    document = pypdfium2.PdfDocument(render_claim_form(sample_form(legal_representative=f"王{NO_FACE}")))
    assert "王□〔U+323B0〕" in document[0].get_textpage().get_text_bounded()


def test_a_name_is_taken_all_the_same_and_both_sides_are_told():
    name = f"王{NO_FACE}样"
    sheet = Sheet({"who": name})
    assert sheet.is_valid()
    assert "（U+323B0）没有可以打印的字形" in sheet["who"].help_text
    assert Sheet({"who": "王𠮷样"})["who"].help_text == ""
    shown = render_to_string("components/value.html", {"value": name, "kind": ""})
    assert f"王{NO_FACE}（U+323B0，打印为方框）样" in shown
    assert in_print("<王>") == "<王>"


@pytest.mark.parametrize("field", ["words", "line"])
def test_a_text_names_the_sign_and_asks_for_another(field):
    sheet = Sheet({"who": "王样例", field: "合格😀"})
    assert sheet.errors == {field: ["“😀”（U+1F600）打印不出来，请换一个字或用文字说明。"]}
    assert Sheet({"who": "王样例", field: "合格，𠮷 与 㛃 均可"}).is_valid()


def test_a_field_outside_a_form_takes_it_as_well():
    assert NameField().clean(f"样{NO_FACE}") == f"样{NO_FACE}"


@pytest.mark.heavy
def test_without_a_face_pages_and_forms_stand(monkeypatch):
    monkeypatch.setattr(fonts, "FACES", (*FACES, "None"))
    fonts._glyphs.cache_clear()
    monkeypatch.setattr(fonts, "_known", set())
    assert without_glyph(f"王{NO_FACE}样") == []
    monkeypatch.undo()
    assert without_glyph(f"王{NO_FACE}样") == [NO_FACE]
