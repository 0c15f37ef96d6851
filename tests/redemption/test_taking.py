"""Files that come to the lists of a redemption: what is taken, what is refused, and by whom."""

import pytest
from django.test import Client
from django.urls import reverse

from records.models import Document
from redemption.rows.services import drop_papers, move_dropped, remove_dropped, save_dropped
from tests.factories import drive_claim
from tests.helpers import refused
from tests.records.papers import pdf
from tests.redemption.dropped import (
    HTMX,
    drop,
    dropped_one,
    every,
    invoice,
    invoice_pdf,
    invoice_xml,
    marks,
    one,
    read_all,
    rows,
)
from tests.redemption.typed import paper

pytestmark = pytest.mark.django_db


def test_one_refused_file_keeps_none_of_the_others_away(applicant, bare):
    named = {"发票.pdf": invoice_pdf(invoice(bare, 1)), "病毒.exe": b"MZ" * 200, "空.pdf": b""}
    words = drop(applicant, bare, named, **HTMX).content.decode()
    assert [str(dropped) for dropped in bare.dropped.all()] == ["发票.pdf"]
    assert "“病毒.exe”" in words
    assert "“空.pdf”是空文件" in words
    plain = applicant.post(reverse("claim_drop", args=[bare.number, "invoice"]), follow=True).content.decode()
    assert "请先选择文件" in plain


def test_the_same_file_twice_is_said_and_not_taken(applicant, bare):
    content = invoice_pdf(invoice(bare, 1))
    drop(applicant, bare, {"发票.pdf": content})
    said = drop(
        applicant, bare, {"副本.pdf": content, "又一份.pdf": content}, **{"HX-Request": "true"}
    ).content.decode()
    assert "“副本.pdf”与本申请已有的“发票.pdf”是同一个文件" in said
    assert "“又一份.pdf”与本申请已有的“发票.pdf”是同一个文件" in said
    assert bare.dropped.count() == 1


def test_no_more_files_wait_than_a_person_looks_through(applicant, world, bare, settings):
    settings.DROPPED_AT_ONCE = 2
    named = {f"发票{n}.pdf": invoice_pdf(invoice(bare, n)) for n in range(3)}
    said = drop(applicant, bare, named, **HTMX).content.decode()
    assert bare.dropped.count() == 2
    assert "没有保存成行的文件最多放 2 个" in said
    with refused("R-COUNT", match="最多放 2 个"):
        drop_papers(bare, [Document()], "invoice", by=world.applicant)


def test_a_day_s_share_ends_the_rest(applicant, bare, settings):
    settings.UPLOADS_A_DAY = (
        Document.objects.filter(created_by=bare.unit.memberships.get(role="admin").user).count() + 1
    )
    named = {f"发票{n}.pdf": invoice_pdf(invoice(bare, n)) for n in range(3)}
    said = drop(applicant, bare, named, **HTMX).content.decode()
    assert bare.dropped.count() == 1
    assert "每人每天最多上传" in said


def test_a_disk_that_takes_nothing_keeps_nothing(applicant, bare, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.save", full)
    said = drop(applicant, bare, {"发票.pdf": invoice_pdf(invoice(bare, 1))}, **HTMX).content.decode()
    assert "存放材料的地方暂时写不进去" in said
    assert not bare.dropped.exists()


def test_nobody_else_drops_or_sees_and_nothing_is_dropped_on_what_was_handed_in(applicant, world, claim):
    dropped = dropped_one(applicant, claim)
    stranger = Client()
    stranger.force_login(world.stranger)
    assert drop(stranger, claim, {"x.pdf": paper().read()}).status_code == 404
    assert {stranger.get(url).status_code for url in (every(claim), one(dropped))} == {404}
    assert {stranger.post(url, {"act": "remove"}).status_code for url in (every(claim), one(dropped))} == {404}
    assert drop(applicant, claim, {"x.pdf": paper().read()}, "cheque").status_code == 404
    applicant.post(one(dropped), {"act": "remove"})
    drive_claim(claim, "district", world)
    assert drop(applicant, claim, {"y.pdf": paper().read()}).status_code == 409
    assert not claim.dropped.exists()


def test_a_row_that_somebody_has_typed_meanwhile_keeps_the_line(applicant, world, bare):
    """The form has not met it yet: the database has the last word, and says it in the same sentence."""
    first = dropped_one(applicant, bare)
    applicant.post(one(first), {"shown": marks(applicant, bare)})
    second, row = dropped_one(applicant, bare, "副本.xml", invoice_xml(invoice(bare, 7))), bare.invoices.get()
    row.pk, row._state.adding = None, True
    with refused("R-DUP", match="在列表里只能有一行"):
        save_dropped(bare, [(second, row)], by=world.applicant)
    assert [rows(bare), bare.dropped.count()] == [[1, 0, 0], 1]


def test_two_people_save_one_line(applicant, world, bare):
    dropped = dropped_one(applicant, bare)
    shown = {"shown": marks(applicant, bare)}
    applicant.post(one(dropped), shown)
    with refused("R-STALE", match="刚刚已经保存成行"):
        save_dropped(bare, [(dropped, bare.invoices.get())], by=world.applicant)
    with refused("R-STALE", match="刚刚已经保存成行"):
        move_dropped(dropped, "receipt", by=world.applicant)
    remove_dropped(dropped, by=world.applicant)
    assert bare.invoices.count() == 1


def test_of_many_refused_lines_two_stand_open_and_the_others_say_why(applicant, bare):
    drop(applicant, bare, {f"空白{n}.pdf": paper(content=pdf(b"(%d)" % n)).read() for n in range(3)})
    read_all(bare)
    page = applicant.post(every(bare), {"shown": marks(applicant, bare)}, headers=HTMX)
    assert [one.form is None for one in page.context["changed"]] == [False, False, True]
    assert page.context["changed"][2].fault == "请填写发票号码。"
