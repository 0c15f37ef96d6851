"""A disk that is full while a form is received, or written to anywhere else, is said in a sentence; no word is lost."""

import errno
import resource
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse

from orders.models import Order
from records.models import Document
from tests.factories import World
from tests.records.papers import pdf
from tten.outages import NO_ROOM, sentence_for

pytestmark = pytest.mark.django_db
ROOM = 100_000  # bytes that a file may grow to on the full disk
BEFORE, AFTER = "要做二十组老化试验", "请周五前联系"


@pytest.fixture
def world():
    return World()


@contextmanager
def full_at_once(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "full"
    settings.FILE_UPLOAD_TEMP_DIR.write_text("no folder")
    yield


@contextmanager
def full_midway(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def send(client, world, **headers):
    """A form whose file stands between two texts, as a browser sends it."""
    paper = SimpleUploadedFile("任务书.pdf", pdf() + b"\n" * 5 * ROOM)
    typed = {"requirement": BEFORE, "papers": paper, "budget": AFTER}
    return client.post(reverse("order_place", args=[world.product.number]), typed, headers=headers)


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
@pytest.mark.parametrize("full", [full_at_once, full_midway])
def test_a_disk_that_is_full_while_a_file_is_received_costs_the_file_alone(
    client, world, settings, tmp_path, full, headers
):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    client.force_login(world.applicant)
    kept = Document.objects.count(), Order.objects.count()
    with full(settings, tmp_path):
        page = send(client, world, **headers)
    words = page.content.decode()
    assert page.status_code == 507
    assert 'data-refusal="文件“任务书.pdf”没有保存成功' in words
    assert [said in words for said in (BEFORE, AFTER, "请重新选择：任务书.pdf")] == [True] * 3
    assert (Document.objects.count(), Order.objects.count()) == kept


def test_who_is_not_signed_in_any_more_is_told_of_the_file_after_the_sign_in(client, world, settings, tmp_path):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    with full_at_once(settings, tmp_path):
        words = send(client, world).content.decode()
    assert [said in words for said in (BEFORE, AFTER, "请重新选择：任务书.pdf")] == [True] * 3


def test_where_there_is_room_the_file_arrives_whole(client, world, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    client.force_login(world.applicant)
    page = send(client, world)
    assert [(paper.name, paper.size) for paper in page.context["form"].waiting] == [
        ("任务书.pdf", len(pdf()) + 5 * ROOM)
    ]


@pytest.mark.bare
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_full_disk_is_an_outage_wherever_it_is_met(number):
    assert (sentence_for(OSError(number, "…")), sentence_for(OSError(errno.EPERM, "…"))) == (NO_ROOM, "")


@pytest.mark.bare
def test_a_database_whose_disk_is_full_says_so():
    error = OperationalError()
    error.__cause__ = type("Cause", (Exception,), {"pgcode": "53100"})()
    assert sentence_for(error) == NO_ROOM


def test_what_was_typed_stands_on_the_page_of_an_outage(client, world, monkeypatch):
    def full(*_given, **_named):
        raise OSError(errno.ENOSPC, "No space left on device")

    client.force_login(world.applicant)
    monkeypatch.setattr("orders.views.placed_order", full)
    page = client.post(reverse("order_place", args=[world.product.number]), {"requirement": BEFORE})
    assert (page.status_code, BEFORE in page.content.decode()) == (503, True)
