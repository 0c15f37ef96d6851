"""Papers are judged by content; every refusal has its rule; the kept row tells what came in."""

import datetime as dt
import errno
import hashlib
import io
import zipfile

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from records.models import Document
from records.rules import RuleBroken
from records.scans import Refusal, scan
from records.uploads import (
    MAX_SIZE,
    MultipleUploadField,
    UploadField,
    check_upload,
    store_upload,
)
from tests.helpers import by_owner
from tests.records import papers
from tests.records.scanned import HONEST, TYPES, locked, upload
from tests.records.test_positions import photograph


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


@pytest.mark.heavy
def test_an_ofd_may_have_two_thousand_parts():
    assert scan(papers.ofd(**{f"p{n}.txt": "x" for n in range(1_998)})).name == "ofd"


def test_utf_16_invoice_data_and_a_byte_order_mark_are_read():
    assert scan("<?xml version='1.0' encoding='UTF-16'?><EInvoice/>".encode("utf-16")).name == "xml"
    assert scan(b"\xef\xbb\xbf" + papers.INVOICE_XML).name == "xml"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ\x90\0" + b"\0" * 400, "“发票.pdf”看起来是 EXE 文件，不能受理：程序不能作为材料，请"),
        (papers.image("GIF"), "“发票.pdf”看起来是 GIF 文件，不能受理：请用看图软件打开，打印为 PDF"),
        (b"no magic at all", "“发票.pdf”的内容无法识别，此处只接收 PDF、OFD、XML、JPG、PNG，"),
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
    assert refusal.value.messages == ["“扫描.png”是 PNG 文件，此处只接收 PDF、OFD，请打开后打印或另存为其中一种。"]
    assert refusal.value.code == "type"


@pytest.mark.heavy
@pytest.mark.parametrize(("size", "taken"), [(MAX_SIZE, True), (MAX_SIZE + 1, False)])
def test_twenty_megabytes_are_the_limit(size, taken):
    paper = upload(HONEST["pdf"].ljust(size, b"\n"))
    if taken:
        assert check_upload(paper) == "application/pdf"
    else:
        with pytest.raises(ValidationError, match=r"有 20.1 MB，超过单个文件 20 MB 的上限，请压缩或拆分后上传"):
            check_upload(paper)


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


READ = InMemoryUploadedFile.chunks


def content_of(document):
    with document.file.open() as kept:
        return kept.read()


def half_written(file, chunk_size=None):
    """Hash whole, store half: the second reading ends as a full disk does."""
    if getattr(file, "was_read", False):
        yield b"half"
        raise OSError(errno.ENOSPC, "no space")
    file.was_read = True
    yield from READ(file, chunk_size)


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
        ("pdf", "合同%22终稿%22.pdf", '合同"终稿".pdf'),  # as a browser sends quotation marks
        ("xml", "长" * 180 + ".xml", "长" * 116 + ".xml"),
    ],
)
def test_a_kept_name_cannot_mislead(person, kind, name, kept):
    assert store_upload(upload(HONEST[kind], name), by=person).name == kept


def test_a_refused_paper_leaves_nothing_behind(person):
    with pytest.raises(ValidationError):
        store_upload(upload(locked(user="geheim")), by=person)
    assert not Document.objects.exists()


@pytest.mark.parametrize(("figure", "most"), [("UPLOADS_A_DAY", 1), ("UPLOAD_MB_A_DAY", 0)])
def test_a_person_uploads_so_much_in_a_day(person, settings, figure, most):
    store_upload(upload(HONEST["pdf"]), by=person)
    setattr(settings, figure, most)
    with pytest.raises(RuleBroken, match="每人每天最多上传"):
        store_upload(upload(HONEST["xml"]), by=person)
    assert Document.objects.count() == 1
    with by_owner():
        Document.objects.update(created_at=timezone.now() - dt.timedelta(days=1))
    settings.UPLOAD_MB_A_DAY = 500
    assert store_upload(upload(HONEST["xml"]), by=User.objects.get(pk=person.pk)).pk


def test_a_file_that_is_half_written_is_taken_away(person, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(InMemoryUploadedFile, "chunks", half_written)
    with pytest.raises(RuleBroken, match="没有保存成功"):
        store_upload(upload(HONEST["jpg"]), by=person)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_came_and_what_is_kept_have_their_hashes(person):
    document = store_upload(upload(photograph(), "执照.jpg"), by=person)
    kept = content_of(document)
    assert document.received_sha256 == hashlib.sha256(photograph()).hexdigest()
    assert document.sha256 == hashlib.sha256(kept).hexdigest() != document.received_sha256
    assert (document.size, document.remarks) == (len(kept), ["已去除拍摄位置"])


def test_a_lock_is_kept_with_the_paper(person):
    document = store_upload(upload(locked()), by=person)
    assert (document.is_locked, document.remarks) == (True, ["发放方限制编辑，可以正常查看"])
    assert document.sha256 == document.received_sha256 == hashlib.sha256(content_of(document)).hexdigest()


# fields


class PaperForm(forms.Form):
    paper = UploadField(kinds=("pdf", "jpg"))
    others = MultipleUploadField(max_count=2, max_total=4096, required=False)


def sent(paper=None, others=()):
    files = MultiValueDict({"others": list(others)})
    if paper:
        files["paper"] = paper
    return PaperForm({}, files)


@pytest.mark.parametrize(
    ("content", "way"),
    [
        (papers.image("GIF"), "不能受理：请用看图软件打开，另存为 JPG、PNG 后上传。"),
        (b"<html><body>page</body></html>", "这里放的是照片，请上传 JPG、PNG。"),
        (HONEST["pdf"], "是 PDF 文件，这里放的是照片，请上传 JPG、PNG。"),
    ],
)
def test_where_photographs_are_taken_the_way_is_one_to_a_photograph(content, way):
    with pytest.raises(ValidationError) as refusal:
        check_upload(upload(content), {"jpg", "png"})
    assert way in refusal.value.messages[0]


def test_the_inputs_say_what_they_take():
    form = PaperForm()
    assert 'accept=".pdf,.jpg,.jpeg,image/jpeg"' in str(form["paper"])
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
    form = sent(None, [upload(b"", "空.pdf"), upload(locked(user="geheim"), "锁.pdf")])
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
