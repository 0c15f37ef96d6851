"""The disk is full, a file is gone, the clock has moved: nothing is lost, nothing is doubled, and the numbers say so."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings as given
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from orders.models import Order
from records.models import Document
from seals.proving.papers import digest_of
from tests.factories import World
from tests.faults.people import TAKEN, counted, forms, send_within
from tests.records.papers import pdf
from tests.records.test_receiving import ROOM, full_midway

pytestmark = pytest.mark.django_db
MANY, HOUR = 3, dt.timedelta(hours=1)


@pytest.fixture
def world(client):
    world = World()
    client.force_login(world.applicant)
    return world


def orders(**more):
    return [form | more for form in forms(MANY, f"{timezone.localdate() + dt.timedelta(30):%Y-%m-%d}")]


def sent(client, world, wanted):
    """(status, whether what was typed stands on the page) of each."""
    answers = [(form, send_within(client, world, form)) for form in wanted]
    return [(answer.status_code, form["requirement"] in answer.content.decode()) for form, answer in answers]


def count(wanted, answers):
    taken = [form for form, (status, _) in zip(wanted, answers, strict=True) if status == TAKEN]
    return counted(wanted, taken, Counter(Order.objects.values_list("requirement", flat=True)))


def test_a_full_disk_keeps_what_was_typed_and_takes_each_order_once_there_is_room(client, world, settings, tmp_path):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    wanted = [
        form | {"papers": SimpleUploadedFile("任务书.pdf", pdf() + b"\n" * 5 * ROOM, "application/pdf")}
        for form in orders()
    ]
    before = Document.objects.count()
    with full_midway(settings, tmp_path):
        answers = sent(client, world, wanted)
    assert (answers, count(wanted, answers)) == ([(507, True)] * MANY, (MANY, 0, 0, 0))
    assert Document.objects.count() == before
    for _ in range(2):  # the second time as a browser that has missed the answer
        answers = sent(client, world, wanted)
        assert count(wanted, answers) == (MANY, MANY, 0, 0)
    papers = Document.objects.filter(name="任务书.pdf")
    assert papers.exclude(case_id=None).count() == MANY  # one that came again has no case, and goes (ADR 0092)
    assert [digest_of(paper) for paper in papers] == [paper.sha256 for paper in papers]


@pytest.mark.parametrize("moved", [HOUR, -HOUR], ids=["forward", "back"])
def test_by_a_clock_that_moved_nothing_is_taken_and_everything_once_it_is_right(
    client, world, monkeypatch, time_machine, moved
):
    monkeypatch.setitem(given.WATCH, "clock_seconds", 60)
    wanted, now = orders(), timezone.now()
    time_machine.move_to(now + moved)
    answers = sent(client, world, wanted)
    assert (answers, count(wanted, answers)) == ([(503, True)] * MANY, (MANY, 0, 0, 0))
    time_machine.move_to(now)
    for _ in range(2):
        answers = sent(client, world, wanted)
        assert count(wanted, answers) == (MANY, MANY, 0, 0)


def test_files_that_are_gone_are_named_and_come_back_from_a_copy(client, world):
    wanted = [
        form | {"papers": SimpleUploadedFile(f"图纸{n}.pdf", pdf() + b"\n" * n, "application/pdf")}
        for n, form in enumerate(orders())
    ]
    assert count(wanted, sent(client, world, wanted)) == (MANY, MANY, 0, 0)
    papers = list(Document.objects.filter(name__startswith="图纸"))
    files = {paper: Path(given.MEDIA_ROOT) / paper.file.name for paper in papers}
    kept = {paper: file.read_bytes() for paper, file in files.items()}
    read = [reverse("document", args=[paper.pk]) for paper in papers]
    for file in files.values():
        file.unlink()
    assert [client.get(one).status_code for one in read] == [410] * MANY
    assert [digest_of(paper) for paper in papers] == [""] * MANY  # by which 核对 names them
    for paper, file in files.items():
        file.write_bytes(kept[paper])
    assert [b"".join(client.get(one)) for one in read] == [kept[paper] for paper in papers]
    assert [digest_of(paper) for paper in papers] == [paper.sha256 for paper in papers]
