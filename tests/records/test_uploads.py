"""Papers are judged by content; every refusal has its rule; the kept row tells what came in."""

import hashlib
import io
import struct
import zipfile
import zlib

import pypdf
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from accounts.models import User
from records.models import Document
from records.scans import Refusal, scan
from records.uploads import (
    MAX_CASE,
    MAX_SIZE,
    MultipleUploadField,
    UploadField,
    check_case_total,
    check_upload,
    store_upload,
)
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


def locked(user="", owner="geheim"):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(papers.pdf()))
    writer.encrypt(user, owner, algorithm="AES-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture_of(width, height):
    """Claim a size in a PNG that holds almost nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data)) for tag, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("kind", HONEST)
def test_an_honest_paper_is_known_by_its_content_whatever_its_name(kind):
    assert check_upload(upload(HONEST[kind], "随便.exe")) == TYPES[kind]


def test_an_ofd_with_pictures_and_an_xml_with_an_instruction_are_taken():
    assert scan(papers.ofd(**{"Doc_0/Res/seal.png": HONEST["png"]})).name == "ofd"
    assert scan(b"<?xml version='1.0'?><?tool keep?><EInvoice/>").name == "xml"


def test_an_ofd_with_a_comment_and_a_small_empty_looking_part_is_taken():
    out = io.BytesIO(papers.ofd(**{"Doc_0/Page.xml": "<a>" + " " * 500_000 + "</a>"}))
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"issued by a platform"
    assert scan(out.getvalue()).name == "ofd"


def test_an_ofd_may_have_two_thousand_parts():
    assert scan(papers.ofd(**{f"p{n}.txt": "x" for n in range(1_998)})).name == "ofd"


def test_utf_16_invoice_data_and_a_byte_order_mark_are_read():
    assert scan("<?xml version='1.0' encoding='UTF-16'?><EInvoice/>".encode("utf-16")).name == "xml"
    assert scan(b"\xef\xbb\xbf" + papers.INVOICE_XML).name == "xml"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ\x90\0" + b"\0" * 400, "“发票.pdf”的内容看起来是 EXE 文件，不是可以受理的文件，请转存为"),
        (papers.image("GIF"), "“发票.pdf”的内容看起来是 GIF 文件，"),
        (b"no magic at all", "“发票.pdf”的内容无法识别，"),
        (papers.package({"a.txt": "x"}), "“发票.pdf”是压缩包或办公文档，"),
        (b"", "“发票.pdf”是空文件，"),
    ],
)
def test_another_kind_of_file_is_refused_with_what_it_is(content, sentence):
    with pytest.raises(ValidationError) as refusal:
        check_upload(upload(content))
    [message] = refusal.value.messages
    assert message.startswith(sentence)


def test_the_caller_can_take_fewer_kinds():
    with pytest.raises(ValidationError) as refusal:
        check_upload(upload(HONEST["png"], "扫描.png"), kinds=("pdf", "ofd"))
    assert refusal.value.messages == ["“扫描.png”是 PNG 文件，此处只接收 PDF、OFD，请更换文件。"]
    assert refusal.value.code == "type"


@pytest.mark.parametrize(("size", "taken"), [(MAX_SIZE, True), (MAX_SIZE + 1, False)])
def test_twenty_megabytes_are_the_limit(size, taken):
    paper = upload(HONEST["pdf"].ljust(size, b"\n"))
    if taken:
        assert check_upload(paper) == "application/pdf"
    else:
        with pytest.raises(ValidationError, match=r"有 20.1 MB，超过单个文件 20 MB 的上限，请压缩或拆分后上传"):
            check_upload(paper)


# PDF


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


def test_invoice_data_that_swells_is_refused():
    assert code_of(papers.attached(b"a.xml", b"<a>" + b" " * 70_000_000 + b"</a>")) == "bomb"


@pytest.mark.parametrize(("pages", "taken"), [(1000, True), (1001, False)])
def test_a_pdf_has_at_most_a_thousand_pages(pages, taken):
    many = papers.pdf().replace(b"Kids[3 0 R]/Count 1", b"Kids[" + b"3 0 R " * pages + b"]/Count %d" % pages)
    if taken:
        assert scan(many).name == "pdf"
    else:
        assert code_of(many) == "broken"


# pictures


@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_a_cut_picture_is_refused_even_after_a_pdf_was_printed(kind, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    content = papers.image({"jpg": "JPEG", "png": "PNG"}[kind], (400, 300))
    assert code_of(content[: len(content) // 2]) in {"truncated", "broken"}


def test_a_png_with_broken_insides_is_refused():
    assert code_of(HONEST["png"].replace(b"IDAT", b"IDAU")) == "broken"


@pytest.mark.parametrize("size", [(8000, 7000), (40_000, 40_000), (100, 600_000)])
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


def test_what_a_camera_appends_to_a_picture_is_let_be():
    assert scan(HONEST["jpg"] + b"SEFT\0\0\0camera data").name == "jpg"


def test_nothing_may_follow_a_png_but_padding():
    assert scan(HONEST["png"] + b"\0\0\n").name == "png"
    assert code_of(HONEST["png"] + b"camera data") == "polyglot"


def test_printing_colours_and_grey_are_taken():
    out = io.BytesIO()
    Image.new("CMYK", (30, 30)).save(out, "JPEG")
    assert scan(out.getvalue()).name == "jpg"
    out = io.BytesIO()
    Image.new("1", (30, 30)).save(out, "PNG")
    assert scan(out.getvalue()).name == "png"


# XML


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "bomb"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "bomb"),
        (b'<!DOCTYPE a SYSTEM "https://fremd.example/a.dtd"><a/>', "bomb"),
        (b"<a>" * 300 + b"</a>" * 300, "bomb"),
        (b'<?xml version="1.0"?><a><b></a>', "broken"),
        (b'<?xml version="1.0"?><a/><a/>', "broken"),
        (b'<?xml version="1.0" encoding="nonsense-8"?><a/>', "broken"),
        (b'<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><a/>', "active"),
        (b'<?xml version="1.0"?><a><s:svg xmlns:s="http://www.w3.org/2000/svg" onload="x"/></a>', "active"),
        (b'<?xml version="1.0"?><a xmlns:h="http://www.w3.org/1999/xhtml"><h:script/></a>', "active"),
        (b'<?xml version="1.0"?><n:Html xmlns:n="urn:x"/>', "active"),
        (b"<!doctype html><p>", "type"),
        (b"<html><body></body></html>", "type"),
        (b"<svg onload='x'/>", "type"),
    ],
)
def test_hostile_or_foreign_xml_is_refused(content, code):
    assert code_of(content) == code


# OFD


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (papers.ofd(**{"Doc_0/big.xml": "<a>" + " " * 30_000_000 + "</a>"}), "bomb"),
        (papers.ofd(**{f"p{n}.txt": "x" for n in range(1_999)}), "bomb"),
        (papers.ofd(**{f"p{n}.bin": bytes(1_048_576) for n in range(101)}), "bomb"),
        (papers.ofd(**{"Doc_0/Pages.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "bomb"),
        (papers.ofd(**{"../../evil.xml": "<a/>"}), "broken"),
        (papers.ofd(**{"/evil.xml": "<a/>"}), "broken"),
        (papers.ofd(**{"c:\\evil.xml": "<a/>"}), "broken"),
        (papers.ofd(**{"Doc_0/run.EXE": "MZ"}), "active"),
        (papers.ofd(**{"Doc_0/page.html": "<p>"}), "active"),
        (papers.ofd(**{"Doc_0/broken.xml": "<a>"}), "broken"),
        (papers.ofd()[:-30], "broken"),
        (papers.ofd() + b"tail", "polyglot"),
        (papers.ofd() + papers.ofd(), "polyglot"),
        (papers.ofd() + HONEST["png"], "polyglot"),
        (papers.package({"a/OFD.xml": papers.OFD_XML}), "type"),
        (papers.package({"[Content_Types].xml": "<Types/>"}), "type"),
    ],
    ids=[
        "ratio",
        "entries",
        "total",
        "entity",
        "climbing",
        "absolute",
        "drive",
        "program",
        "page",
        "bad part",
        "cut",
        "tail",
        "second package",
        "picture",
        "not at root",
        "office",
    ],
)
def test_a_hostile_ofd_is_refused(content, code):
    assert code_of(content) == code


def test_an_ofd_with_a_password_is_refused():
    content = bytearray(papers.ofd())
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(head) + flags] |= 1
    assert code_of(bytes(content)) == "encrypted"


def test_an_ofd_in_a_rare_packing_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("OFD.xml", papers.OFD_XML)
        archive.writestr("seal.esl", b"x", zipfile.ZIP_LZMA)
    assert code_of(out.getvalue()) == "broken"


def test_an_ofd_that_names_one_part_twice_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("OFD.xml", papers.OFD_XML)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("OFD.xml", papers.OFD_XML)
    assert code_of(out.getvalue()) == "broken"


def test_an_ofd_whose_parts_share_their_bytes_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("OFD.xml", papers.OFD_XML)
        archive.writestr("a.bin", bytes(range(256)) * 40)
        first = archive.getinfo("a.bin")
        for name in ("b.bin", "c.bin"):
            twin = zipfile.ZipInfo(name)
            for field in ("header_offset", "compress_size", "file_size", "CRC"):
                setattr(twin, field, getattr(first, field))
            archive.filelist.append(twin)
            archive.NameToInfo[name] = twin
    assert code_of(out.getvalue()) == "bomb"


def test_an_ofd_that_lies_about_a_size_is_refused():
    content = bytearray(papers.ofd())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 4)
    assert code_of(bytes(content)) == "broken"


# whatever comes


@given(st.sampled_from(sorted(HONEST)), st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_paper_is_taken_or_refused_but_never_an_error(kind, data):
    content = bytearray(HONEST[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(content)))
    try:
        scan(bytes(content[:cut]))
    except Refusal as refusal:
        assert refusal.reason.endswith("。")  # noqa: PT017 either outcome is right


# keeping


@pytest.fixture
def person(db):
    return User.objects.create_user("jingban", password="x")


def test_a_kept_paper_is_the_uploaded_one_under_a_random_name(person):
    document = store_upload(upload(HONEST["pdf"], "二〇二六年合同.pdf"), by=person)
    kept = Document.objects.get(pk=document.pk)
    with kept.file.open() as f:
        assert f.read() == HONEST["pdf"]
    assert kept.sha256 == hashlib.sha256(HONEST["pdf"]).hexdigest()
    assert (kept.name, kept.size, kept.content_type) == ("二〇二六年合同.pdf", len(HONEST["pdf"]), "application/pdf")
    assert kept.created_by == person
    assert "合同" not in kept.file.name
    assert not kept.file.name.endswith(".pdf")


@pytest.mark.parametrize(
    ("kind", "name", "kept"),
    [
        ("pdf", "a.exe", "a.exe.pdf"),
        ("jpg", "photo.JPEG", "photo.JPEG"),
        ("png", "没有后缀", "没有后缀.png"),
        ("pdf", "tnemucod\u202efdp.exe", "tnemucodfdp.exe.pdf"),
        ("pdf", "\u200b", "未命名.pdf"),
        ("xml", "长" * 180 + ".xml", "长" * 116 + ".xml"),
    ],
)
def test_a_kept_name_cannot_mislead(person, kind, name, kept):
    assert store_upload(upload(HONEST[kind], name), by=person).name == kept


def test_a_refused_paper_leaves_nothing_behind(person):
    with pytest.raises(ValidationError):
        store_upload(upload(locked()), by=person)
    assert not Document.objects.exists()


def test_a_case_holds_two_hundred_megabytes():
    papers_of_case = [Document(size=MAX_CASE - 10), Document(size=5)]
    check_case_total(papers_of_case, 5)
    with pytest.raises(ValidationError) as refusal:
        check_case_total(papers_of_case, 6)
    assert refusal.value.messages == ["本事项的材料合计 200.1 MB，超过 200 MB，请删减或压缩后再上传。"]


# fields


class PaperForm(forms.Form):
    paper = UploadField(kinds=("pdf", "jpg"))
    others = MultipleUploadField(max_count=2, max_total=4096, required=False)


def sent(paper=None, others=()):
    files = MultiValueDict({"others": list(others)})
    if paper:
        files["paper"] = paper
    return PaperForm({}, files)


def test_the_inputs_say_what_they_take():
    form = PaperForm()
    assert 'accept=".pdf,.jpg,.jpeg"' in str(form["paper"])
    assert " multiple" in str(form["others"])
    assert form["paper"].help_text == "支持 PDF、JPG，单个文件不超过 20 MB"
    assert form["others"].help_text == "支持 PDF、OFD、XML、JPG、PNG，单个文件不超过 20 MB，最多 2 个"


def test_a_form_hands_over_what_it_judged(person):
    form = sent(upload(HONEST["pdf"]), [upload(HONEST["xml"], "a.xml"), upload(HONEST["ofd"], "b.ofd")])
    assert form.is_valid()
    stored = [store_upload(f, by=person) for f in (form.cleaned_data["paper"], *form.cleaned_data["others"])]
    assert [document.content_type for document in stored] == ["application/pdf", "application/xml", "application/ofd"]


def test_a_paper_judged_for_one_place_is_judged_again_for_a_stricter_one(person):
    paper = upload(HONEST["png"])
    check_upload(paper)
    with pytest.raises(ValidationError, match="此处只接收 PDF"):
        store_upload(paper, by=person, kinds=("pdf",))


def test_each_refused_file_has_its_own_sentence_and_the_required_one_is_asked_for():
    form = sent(None, [upload(b"", "空.pdf"), upload(locked(), "锁.pdf")])
    errors = form.errors.as_data()
    assert [error.code for error in errors["others"]] == ["empty", "encrypted"]
    assert [error.code for error in errors["paper"]] == ["required"]


@pytest.mark.parametrize(
    ("others", "code"),
    [([b"a", b"b", b"c"], "count"), ([b"a" * 2100, b"b" * 2100], "total")],
)
def test_number_and_sum_are_limited_before_anything_is_opened(others, code):
    form = sent(upload(HONEST["pdf"]), [upload(content) for content in others])
    assert [error.code for error in form.errors.as_data()["others"]] == [code]


def test_no_further_papers_is_an_empty_list_and_missing_ones_are_asked_for():
    form = sent(upload(HONEST["pdf"]))
    assert form.is_valid()
    assert form.cleaned_data["others"] == []
    with pytest.raises(ValidationError) as refusal:
        MultipleUploadField().clean([])
    assert refusal.value.code == "required"


def test_a_paper_that_stays_is_not_judged_again():
    stays = Document(name="旧.pdf")
    assert UploadField().clean(None, initial=stays) is stays
