"""Pictures are made once for each content, kept, made anew where they are lost, and go with the last paper."""

import datetime as dt
import hashlib
import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from records.models import Document, PagePicture, Pictured
from records.pictures import services
from records.pictures.models import file_of, folder_of, table_of
from records.services import attach, attach_each
from records.tasks import draw, remove_papers
from tests.factories import World
from tests.helpers import constrained, unguarded
from tests.records.pictures import drawn
from tests.records.test_retention import old

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def paper(by, content=None, kind="application/pdf", name="合同.pdf"):
    """A paper with a file and a hash that no other test has: what is made of it outlives the rows of a test."""
    content = drawn.pdf() if content is None else content
    return Document.objects.create(
        file=ContentFile(content, name),
        name=name,
        content_type=kind,
        size=len(content),
        sha256=hashlib.sha256(content + uuid.uuid4().bytes).hexdigest(),
        created_by=by,
    )


def kept(document):
    """The numbers of its pages that are pictures, and those that say why not."""
    rows = PagePicture.objects.filter(of__sha256=document.sha256).order_by("number")
    return [
        (row.number, row.trouble)
        for row in rows
        if default_storage.exists(file_of(document.sha256, row.number)) != bool(row.trouble)
    ]


def test_the_first_pages_are_made_and_the_others_when_they_are_asked_for(world):
    document = paper(world.applicant, drawn.pdf(6))
    assert services.draw(document.pk)
    assert kept(document) == [(number, "") for number in (1, 2, 3, 4)]
    assert not services.draw(document.pk)
    assert services.draw(document.pk, 5)
    assert len(kept(document)) == 6
    pictured = Pictured.objects.get(sha256=document.sha256)
    assert (pictured.pages, pictured.trouble, pictured.begun_at, str(pictured)) == (6, "", None, document.sha256[:8])
    assert default_storage.exists(file_of(document.sha256, 6, zoom=True))
    assert str(pictured.pictures.first()) == "第 1 页"


def test_a_page_has_one_row_and_a_content_too(world):
    row = Pictured.objects.create(sha256="a" * 64)
    PagePicture.objects.create(of=row, number=1)
    with constrained("picture_one_per_page"):
        PagePicture.objects.create(of=row, number=1)


def test_papers_of_one_content_share_their_pictures(world):
    document, same = paper(world.applicant), paper(world.applicant)
    with unguarded():
        Document.objects.filter(pk=same.pk).update(sha256=document.sha256)
    assert [services.draw(one.pk) for one in (document, same)] == [True, False]


def test_a_picture_that_was_lost_is_made_again(world):
    document = paper(world.applicant)
    services.draw(document.pk)
    default_storage.delete(file_of(document.sha256, 1))
    assert services.draw(document.pk)
    assert kept(document) == [(1, "")]


def test_the_table_of_an_invoice_is_kept_and_made_again(world):
    document = paper(world.applicant, drawn.INVOICE, "application/xml")
    for _ in range(2):
        assert services.draw(document.pk)
        assert default_storage.exists(table_of(document.sha256))
        assert not services.draw(document.pk)
        default_storage.delete(table_of(document.sha256))


def test_what_another_worker_is_at_is_left_to_it_unless_it_is_lost(world):
    document = paper(world.applicant)
    row = Pictured.objects.create(sha256=document.sha256, begun_at=timezone.now())
    assert not services.draw(document.pk)
    Pictured.objects.filter(pk=row.pk).update(begun_at=timezone.now() - dt.timedelta(minutes=3))
    assert services.draw(document.pk)


@pytest.mark.parametrize(
    ("content", "kind", "trouble"),
    [
        (b"%PDF-1.7", "application/pdf", "broken"),
        (drawn.png((30_000, 30_000), 0, "1"), "image/png", "broken"),
        (b"<a>", "application/xml", "broken"),
    ],
)
def test_a_paper_that_cannot_be_read_is_not_tried_again(world, content, kind, trouble):
    document = paper(world.applicant, content, kind)
    assert services.draw(document.pk)
    assert not services.draw(document.pk)
    row = Pictured.objects.get(sha256=document.sha256)
    assert row.trouble or [page for _, page in kept(document)] == [trouble]


def test_a_page_that_kills_its_child_keeps_its_trouble_alone(world, monkeypatch):
    document = paper(world.applicant, drawn.pdf(3))
    lines = [{"pages": 3}, {"begin": 1}, {"end": -9, "cpu": 20.0, "most": 0}]
    monkeypatch.setattr("records.pictures.drawer.Drawer.draw", lambda *_: (line for line in lines))
    services.draw(document.pk)
    assert kept(document) == [(1, "heavy")]
    monkeypatch.undo()
    services.draw(document.pk)
    assert kept(document) == [(1, "heavy"), (2, ""), (3, "")]


def test_a_child_that_is_killed_at_the_sharper_pictures_costs_no_page(world, monkeypatch, tmp_path):
    document = paper(world.applicant)

    def lines(_self, copy, _kind, _pages):
        yield from ({"pages": 1}, {"begin": 1})
        drawn.drawing.file_of(copy.parent, 1).write_bytes(b"x")
        yield from ({"page": 1, "width": 9, "height": 9}, {"word": "heavy"}, {"end": 0})

    monkeypatch.setattr("records.pictures.drawer.Drawer.draw", lines)
    assert services.draw(document.pk)
    assert (kept(document), Pictured.objects.get(sha256=document.sha256).trouble) == ([(1, "")], "")


def test_a_paper_that_is_lost_or_of_no_such_kind_is_left(world, caplog):
    document = paper(world.applicant)
    document.file.storage.delete(document.file.name)
    assert not services.draw(document.pk)
    assert "were not made" in caplog.text
    assert Pictured.objects.get(sha256=document.sha256).begun_at is None
    assert not services.draw(paper(world.applicant, kind="text/plain").pk)
    assert not services.draw("00000000-0000-4000-8000-000000000000")


def test_a_paper_is_drawn_once_its_case_has_taken_it(world, django_capture_on_commit_callbacks):
    documents = [paper(world.applicant) for _ in range(2)]
    with django_capture_on_commit_callbacks(execute=True):
        attach(world.unit, documents[:1], "材料")
        attach_each(world.unit, {documents[1]: "材料"})
    assert [kept(document) for document in documents] == [[(1, "")]] * 2


def test_pictures_go_with_the_last_paper_of_their_content(world, django_capture_on_commit_callbacks):
    document, same = paper(world.applicant), paper(world.applicant)
    with unguarded():
        Document.objects.filter(pk=same.pk).update(sha256=document.sha256)
    draw(str(document.pk))
    for gone, left in ((document, [(1, "")]), (same, [])):
        old(gone)
        with django_capture_on_commit_callbacks(execute=True):
            remove_papers()
        assert kept(document) == left
    assert not default_storage.exists(folder_of(document.sha256))


def test_pictures_whose_paper_went_unseen_go_by_night(world):
    document = paper(world.applicant)
    services.draw(document.pk)
    Document.objects.filter(pk=document.pk).delete()
    default_storage.save(f"{folder_of(document.sha256)}/2.webp", ContentFile(b"x"))
    assert services.forget_gone() == 1
    assert not default_storage.exists(folder_of(document.sha256))
    services.forget(document.sha256)  # safe twice
