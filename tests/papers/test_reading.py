"""A paper is read where it finds its case, once for a version, and whatever it does, a sentence comes of it."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from papers import work
from papers.facts import READER, Kind
from papers.models import Reading
from papers.services import ask_readings, facts_of, readings_of
from records.models import Document
from records.retention import remove_papers
from records.services import attach
from tests.factories import World, make_user
from tests.helpers import by_owner
from tests.papers import layouts, pdfs, truth, xmls

pytestmark = pytest.mark.django_db
Stage = Reading.Stage
T = truth.invoice(11)
XML = xmls.encoded(xmls.einvoice(T), "gb18030", "GBK")


@pytest.fixture(autouse=True)
def _read(settings):
    settings.READ_PAPERS = True


def paper(content=XML, content_type="application/xml", by=None, **fields):
    return Document.objects.create(
        file=ContentFile(content, "x"),
        name="发票.xml",
        content_type=content_type,
        size=len(content),
        sha256=f"{Document.objects.count():064x}",
        created_by=by or make_user(),
        **fields,
    )


def asked(document):
    ask_readings([document])
    return Reading.objects.get(document=document)


def test_a_paper_that_finds_its_case_is_read_after_the_commit(django_capture_on_commit_callbacks):
    world = World()
    document = paper(by=world.applicant)
    with django_capture_on_commit_callbacks() as handed:
        attach(world.unit, [document], "营业执照")
    assert facts_of(document) is None
    assert Reading.objects.get(document=document).stage == Stage.READING
    for hand in handed:
        hand()
    reading = Reading.objects.get(document=document)
    assert (reading.stage, reading.kind, reading.version) == (Stage.READ, Kind.DIGITAL, READER)
    assert reading.cpu > 0
    assert {fact.name: fact.value for fact in facts_of(document).facts} == T


def test_attaching_costs_one_question_more(django_assert_num_queries, settings):
    world = World()
    first, second = paper(by=world.applicant), paper(by=world.applicant)
    settings.READ_PAPERS = False
    attach(world.unit, [paper(by=world.applicant)], "附件")
    with django_assert_num_queries(1):
        attach(world.unit, [first], "附件")
    settings.READ_PAPERS = True
    with django_assert_num_queries(2):
        attach(world.unit, [second], "附件")


def test_nothing_is_asked_for_twice(django_capture_on_commit_callbacks):
    document = paper()
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            ask_readings([document])
    assert Reading.objects.get().tries == 1
    assert work.read_paper(document.pk) is False


def test_a_portal_that_reads_nothing_asks_for_nothing(settings):
    settings.READ_PAPERS = False
    ask_readings([paper()])
    assert not Reading.objects.exists()


@pytest.mark.parametrize("content", [b"<a>", b"", b"\0" * 1000])
def test_a_paper_that_cannot_be_read_says_so(content):
    reading = asked(paper(content))
    assert work.read_paper(reading.document_id)
    reading.refresh_from_db()
    assert (reading.stage, reading.sentence) == (Stage.UNREADABLE, "打不开，可能已损坏，不影响提交，请照材料填写。")
    assert facts_of(reading.document) is None


def test_a_file_that_is_lost_is_no_fault_of_the_worker():
    document = paper()
    document.file.storage.delete(document.file.name)
    reading = asked(document)
    work.read_paper(document.pk)
    reading.refresh_from_db()
    assert reading.stage == Stage.UNREADABLE
    assert reading.sentence.startswith("不在存放材料的地方")


def test_a_paper_that_takes_too_long_is_given_up(settings):
    settings.READING_SECONDS = 1
    text = [layouts.Item(0, y % 800, "发票号码：" * 100, 1) for y in range(1000)]
    content = pdfs.pdf([layouts.Item(100, 20, "电子发票（普通发票）", 15), *text] * 2)
    reading = asked(paper(content, "application/pdf"))
    work.read_paper(reading.document_id)
    reading.refresh_from_db()
    assert (reading.stage, reading.sentence) == (
        Stage.UNREADABLE,
        "识读超过 1 秒，没有读完，不影响提交，请照材料填写。",
    )


def test_what_a_worker_has_left_is_taken_up_and_in_the_end_given_up():
    reading = asked(paper())
    assert work.lost() == []
    now = timezone.now()
    Reading.objects.update(created_at=now - dt.timedelta(minutes=2))
    assert work.lost() == [reading.document_id]
    Reading.objects.update(begun_at=now, tries=1)
    assert work.lost() == []
    Reading.objects.update(begun_at=now - work.silent() * 2, tries=work.MOST_TRIES)
    assert work.lost() == []
    reading.refresh_from_db()
    assert (reading.stage, reading.sentence) == (Stage.UNREADABLE, work.GIVEN_UP)


def test_one_command_reads_what_this_version_has_not_read(capsys):
    world = World()
    document = paper(by=world.applicant, case=world.unit)
    paper(by=world.applicant)  # of no case: nobody has handed it in
    Reading.objects.all().delete()  # of what the world holds beside
    call_command("read_papers")
    assert facts_of(document).value("gross") == T["gross"]
    assert not Reading.objects.filter(document__case_id=None).exists()
    call_command("read_papers")
    assert "没有要读的材料" in capsys.readouterr().out
    Reading.objects.update(facts={})
    call_command("read_papers", "--anew")
    assert facts_of(document).value("gross") == T["gross"]


def test_the_newest_reading_speaks():
    document = paper()
    Reading.objects.create(document=document, version=1, stage=Stage.READ, kind="digital", facts={"kind": "digital"})
    newest = Reading.objects.create(document=document, version=2)
    assert facts_of(document).kind == Kind.DIGITAL
    assert readings_of([document]) == {document: newest}


def test_a_reading_keeps_no_paper_and_goes_with_it():
    document = paper()
    asked(document)
    with by_owner():
        Document.objects.update(created_at=timezone.now() - dt.timedelta(days=2))
    assert remove_papers() == 1
    assert not Reading.objects.exists()
