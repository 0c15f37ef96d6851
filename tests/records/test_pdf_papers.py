"""A PDF is taken if it only shows pages: no script, no lock, no other file, no bomb."""

import pytest

from records.scans import Refusal, scan
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
        papers.pdf(SCRIPT, catalog=b"<</Type/Catalog/Pages 2 0 R/Names<</JavaScript<</Names[(a)4 0 R]>>>>>>"),
        papers.pdf(b"<</S 5 0 R/JS(app.alert)>>", b"/JavaScript", catalog=OPENING),
        papers.pdf(page=papers.PAGE[:-2] + b"/Annots[<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]>>]>>"),
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
        "name of an action in an object of its own",
        "rich media",
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


def test_a_pdf_that_needs_a_password_is_refused():
    assert code_of(locked(user="geheim")) == "encrypted"


def test_a_pdf_whose_owner_forbids_changes_is_taken_and_marked():
    assert scan(locked()).proof.locked
    assert not scan(HONEST["pdf"]).proof.locked


def test_a_script_in_a_pdf_that_everybody_can_open_is_found_behind_the_lock():
    assert code_of(locked(content=papers.pdf(SCRIPT, catalog=OPENING))) == "active"


def test_the_data_that_a_locked_pdf_carries_are_read_behind_the_lock():
    assert scan(locked(content=papers.attached(b"data.xml", papers.INVOICE_XML))).proof.locked


@pytest.mark.parametrize(
    "content",
    [
        papers.pdf(
            page=papers.PAGE[:-2]
            + b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://a.example/JavaScript)>>>>]>>"
        ),
        papers.pdf(b"<</Title(HTML/CSS/JS)/Subject(/S/JavaScript/JS\\(x\\))>>", trailer=b"/Info 4 0 R"),
        papers.pdf(b"<</Title(TJ/JS-2026/Launch)/Keywords<2F4A53>>>", trailer=b"/Info 4 0 R"),
        HONEST["pdf"] + b"% archived 2026-03-01 by /JavaScript\n",
        papers.pdf(SCRIPT),
        papers.pdf(
            b"<</JS 5 0 R/Launch 5 0 R>>", b"<</Type/ExtGState>>", page=papers.PAGE[:-2] + b"/Resources 4 0 R>>"
        ),
        papers.pdf(b"<</S/Launch/P 1 0 R/K 0>>", catalog=b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot<</K 4 0 R>>>>"),
    ],
    ids=["link", "title", "number", "comment", "script of no action", "names of resources", "a section's kind"],
)
def test_the_words_of_an_action_are_no_action(content):
    assert scan(content).name == "pdf"


@pytest.mark.parametrize("content", [b"MZ", HONEST["pdf"], HONEST["png"], ""], ids=["program", "pdf", "png", "nothing"])
def test_a_pdf_that_carries_another_file_is_refused(content):
    assert code_of(papers.attached(b"a.xml", content or b"")) == "embedded"


@pytest.mark.parametrize("kind", ["xml", "ofd"])
def test_a_pdf_may_carry_the_data_of_its_invoice_under_any_name(kind):
    assert scan(papers.attached(b"original_invoice.dat", HONEST[kind])).name == "pdf"


def test_a_file_that_hangs_at_a_page_is_judged_too():
    note = b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS<</F(a.exe)/EF<</F 4 0 R>>>>>>"
    page = papers.PAGE[:-2] + b"/Annots[" + note + b"]>>"
    assert code_of(papers.pdf(papers.stream(b"MZ"), page=page)) == "embedded"
    assert scan(papers.pdf(papers.stream(papers.INVOICE_XML), page=page)).name == "pdf"


def test_the_data_a_pdf_carries_is_judged_like_any_xml():
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    with pytest.raises(Refusal, match=r"里附带的文件“original_invoice.xml”含有文档类型"):
        scan(papers.attached(b"original_invoice.xml", bomb))


@pytest.mark.parametrize("head", [b"<html>", b"MZ\x90\0", b"GIF89a"])
def test_a_pdf_behind_another_file_is_refused(head):
    assert code_of(head + HONEST["pdf"]) in {"polyglot", "type"}


@pytest.mark.parametrize("head", [b"\n\n\n", b"\xef\xbb\xbf", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_what_a_server_writes_before_a_pdf_is_let_be(head):
    assert scan(head + HONEST["pdf"]).name == "pdf"


@pytest.mark.parametrize("tail", [b"x", b"\n% a comment\n", b"<!-- 0.1 s -->"])
def test_what_follows_the_end_of_a_pdf_and_is_no_file_is_let_be(tail):
    assert scan(HONEST["pdf"] + tail).name == "pdf"


@pytest.mark.parametrize("tail", [papers.package({"a.txt": "x"}), b"<script>alert(1)</script>", b"Rar!\x1a\x07\0"])
def test_a_pdf_with_something_behind_its_end_is_refused(tail):
    assert code_of(HONEST["pdf"] + tail) == "polyglot"


def test_a_pdf_with_a_page_in_its_head_is_refused():
    assert code_of(HONEST["pdf"].replace(b"\n", b"\n%<script >\n", 1)) == "polyglot"


def test_a_cut_pdf_is_refused():
    assert code_of(HONEST["pdf"][:-20]) == "truncated"


def test_a_pdf_that_lacks_only_its_last_line_is_taken():
    assert scan(HONEST["pdf"].removesuffix(b"%%EOF\n")).name == "pdf"


def test_a_linearised_pdf_that_was_cut_is_refused():
    head, body = HONEST["pdf"].split(b"1 0 obj", 1)
    long = head + b"9 0 obj\n<</Linearized 1/L 5000/O 3/N 1>>\nendobj\n1 0 obj" + body
    assert code_of(long) == "truncated"
    assert scan(long.replace(b"/L 5000", b"/L %04d" % len(long))).name == "pdf"


def test_a_pdf_that_was_cut_within_its_last_change_is_refused():
    assert code_of(HONEST["pdf"] + b"\n3 0 obj\n<</Type/Page") == "truncated"


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


def test_an_object_stream_that_is_not_packed_is_read_too():
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
        assert code_of(many) == "pages"
