"""A PDF is taken if it only shows pages: no script, no lock, no other file, no bomb."""

import pytest

from records.scans import scan
from tests.records import papers
from tests.records.scanned import HONEST, OPENING, SCRIPT, code_of, locked


@pytest.mark.parametrize(
    "content",
    [
        papers.pdf(SCRIPT, catalog=OPENING),
        papers.pdf(b"<</S/J#61vaScript/J#53(app.alert)>>", catalog=OPENING),
        papers.pdf(b"<</S/Launch/F(cmd.exe)>>", catalog=OPENING),
        papers.pdf(b"<</S/SubmitForm/F(https://fremd.example)>>", catalog=OPENING),
        papers.pdf(b"<</S/Rendition/JS(x)>>", catalog=OPENING),
        papers.pdf(SCRIPT, page=papers.PAGE[:-2] + b"/AA<</O 4 0 R>>>>"),
        papers.pdf(SCRIPT, page=papers.PAGE[:-2] + b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A 4 0 R>>]>>"),
        papers.pdf(catalog=b"<</Type/Catalog/Pages 2 0 R/Names<</JavaScript<</Names[(a)4 0 R]>>>>>>"),
        papers.pdf(catalog=b"<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA(x)/Fields[]>>>>"),
        papers.packed_pdf({1: OPENING, 2: papers.PAGES, 3: papers.PAGE, 4: SCRIPT}),
        papers.packed_pdf({1: OPENING, 2: papers.PAGES, 3: papers.PAGE, 4: SCRIPT}, kind=b"/Obj#53tm"),
    ],
    ids=[
        "opening script",
        "escaped names",
        "launch",
        "submit",
        "rendition",
        "page action",
        "annotation",
        "named script",
        "xfa form",
        "object stream",
        "escaped object stream",
    ],
)
def test_a_pdf_that_would_run_something_is_refused(content):
    assert code_of(content) == "active"


def test_a_pdf_with_packed_objects_an_opening_page_and_links_is_taken():
    catalog = b"<</Type/Catalog/Pages 2 0 R/OpenAction[3 0 R/Fit]>>"
    page = (
        papers.PAGE[:-2] + b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://a.example)>>>>]>>"
    )
    assert scan(papers.packed_pdf({1: catalog, 2: papers.PAGES, 3: page})).name == "pdf"


def test_the_words_of_a_script_in_the_text_of_a_page_are_only_text():
    page = papers.PAGE[:-2] + b"/Contents 4 0 R>>"
    assert scan(papers.pdf(papers.stream(b"BT (the key /JS and /XFA) Tj ET"), page=page)).name == "pdf"


@pytest.mark.parametrize("content", [locked(), locked(user="geheim")], ids=["owner password", "user password"])
def test_a_locked_pdf_is_refused(content):
    assert code_of(content) == "encrypted"


@pytest.mark.parametrize("name", [b"a.exe", b"a.pdf", b"a.xml.js"])
def test_a_pdf_that_carries_another_file_is_refused(name):
    assert code_of(papers.attached(name, b"MZ")) == "embedded"


def test_a_pdf_may_carry_the_data_of_its_invoice():
    assert scan(papers.attached(b"original_invoice.xml", papers.INVOICE_XML)).name == "pdf"


def test_the_data_a_pdf_carries_is_judged_like_any_xml():
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert code_of(papers.attached(b"original_invoice.xml", bomb)) == "bomb"


def test_a_pdf_behind_other_bytes_is_refused():
    assert code_of(b"<html>" + HONEST["pdf"]) == "polyglot"
    assert code_of(b"\n\n\n" + HONEST["pdf"]) == "polyglot"


@pytest.mark.parametrize(
    "tail", [papers.package({"a.txt": "x"}), b"<script>alert(1)</script>", b"Rar!\x1a\x07\0", b"x"]
)
def test_a_pdf_with_something_behind_its_end_is_refused(tail):
    assert code_of(HONEST["pdf"] + tail) == "polyglot"


def test_a_pdf_with_a_page_in_its_head_is_refused():
    assert code_of(HONEST["pdf"].replace(b"\n", b"\n%<script >\n", 1)) == "polyglot"


def test_a_cut_pdf_is_refused():
    assert code_of(HONEST["pdf"][:-20]) == "truncated"


def test_a_pdf_that_is_none_is_refused():
    assert code_of(b"%PDF-1.7\nnothing\n%%EOF\n") == "broken"


def test_a_pdf_without_pages_is_refused():
    empty = papers.pdf(page=b"<</Type/Other>>").replace(b"/Kids[3 0 R]/Count 1", b"/Kids[     ]/Count 0")
    assert code_of(empty) == "broken"


def test_what_an_earlier_paper_was_refused_for_is_not_told_again():
    locked = papers.pdf(trailer=b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>" % (b"a" * 32, b"b" * 32))
    empty = papers.pdf(page=b"<</Type/Other>>").replace(b"/Kids[3 0 R]/Count 1", b"/Kids[     ]/Count 0")
    assert [code_of(paper) for paper in (locked, empty)] == ["encrypted", "broken"]


@pytest.mark.heavy
def test_an_object_stream_that_swells_is_refused():
    swollen = papers.packed_pdf({1: papers.CATALOG, 2: papers.PAGES, 3: papers.PAGE}, padding=b" " * 70_000_000)
    assert len(swollen) < 100_000
    assert code_of(swollen) == "bomb"


def test_an_object_stream_that_is_not_packed_is_searched_too():
    plain = papers.pdf(
        b"<</Type/ObjStm/N 1/First 4/Length 36>>\nstream\n9 0 <</S/JavaScript/JS(app.alert)>>  \nendstream"
    )
    assert code_of(plain) == "active"
    assert scan(papers.pdf(b"<</Type/ObjStm/N 1/First 4/Length 9>>\nstream\n9 0 (abc)\nendstream")).name == "pdf"


@pytest.mark.heavy
def test_invoice_data_that_swells_is_refused():
    assert code_of(papers.attached(b"a.xml", b"<a>" + b" " * 70_000_000 + b"</a>")) == "bomb"


@pytest.mark.parametrize(("pages", "taken"), [(1000, True), (1001, False)])
def test_a_pdf_has_at_most_a_thousand_pages(pages, taken):
    many = papers.pdf().replace(b"Kids[3 0 R]/Count 1", b"Kids[" + b"3 0 R " * pages + b"]/Count %d" % pages)
    if taken:
        assert scan(many).name == "pdf"
    else:
        assert code_of(many) == "broken"
