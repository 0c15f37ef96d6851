"""While the place for files does not answer nothing is taken for lost; what an undone upload has left in it goes by night."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from accounts.exports import work as lists
from accounts.models import DataExport, ListExport
from accounts.own_data import exports
from papers import work as readings
from papers.facts import READER
from papers.models import Reading
from records import retention
from records.models import Document
from records.pictures import services as pictures
from records.pictures.models import Pictured
from records.storing.kept import StoreAway
from records.uploads import store_upload
from seals.proving.papers import Papers
from tests.factories import World, make_document, make_user
from tests.news.test_pictures import address
from tests.news.writing import with_picture
from tests.records.papers import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]


@pytest.fixture
def go_away(place_papers):
    place_papers("s3")
    return lambda: place_papers("s3", endpoint_url="http://127.0.0.1:9", seconds=0.3)


def test_what_an_undone_upload_has_left_goes_after_a_day(bucket, server, monkeypatch):
    person = make_user("somebody")
    kept = store_upload(ContentFile(pdf(), "合同.pdf"), by=person)
    with transaction.atomic():
        store_upload(ContentFile(pdf(), "合同.pdf"), by=person)
        transaction.set_rollback(True)
    assert (Document.objects.count(), len(server.names())) == (1, 2)
    assert retention.remove_files() == 0
    monkeypatch.setattr(retention, "REST", dt.timedelta(seconds=-5))  # the server's clock tells whole seconds
    assert retention.remove_files() == 1
    assert server.names() == {kept.file.name}


def test_an_audit_says_that_it_has_not_looked_and_names_no_paper(go_away):
    paper = make_document(make_user("somebody"))
    assert [said.split("：")[1] for said in Papers().check()] == ["内容与登记的摘要不符。"]  # tests name no digest
    go_away()
    (said,) = Papers().check()
    assert said.startswith("材料没有核对完：存放材料的地方没有应答")
    assert str(paper.pk) not in said


def test_a_paper_waits_to_be_read_and_no_try_is_counted(go_away):
    paper = make_document(make_user("somebody"))
    reading = Reading.objects.create(document=paper, version=READER)
    go_away()
    assert not readings.read_paper(paper.pk)
    reading.refresh_from_db()
    assert (reading.stage, reading.tries, reading.begun_at is None) == (Reading.Stage.READING, 0, False)


def test_pictures_are_made_later(go_away, place_papers):
    paper = make_document(make_user("somebody"), content=pdf())
    go_away()
    assert not pictures.draw(paper.pk)
    pictured = Pictured.objects.get(sha256=paper.sha256)
    assert (pictured.begun_at, pictured.trouble) == (None, "")
    place_papers("s3").save(paper.file.name, ContentFile(pdf()))
    assert pictures.draw(paper.pk)
    go_away()
    assert not pictures.draw(paper.pk)  # what is there cannot be looked at, either


def test_a_made_size_that_cannot_be_had_now_is_not_taken_for_gone(go_away, client, django_capture_on_commit_callbacks):
    world = World()
    _, picture = with_picture(world)
    client.force_login(world.platform)
    go_away()
    with django_capture_on_commit_callbacks() as handed:
        assert client.get(address(picture)).status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert handed == []


@pytest.mark.parametrize(("make", "model"), [(exports.make_export, DataExport), (lists.make_export, ListExport)])
def test_an_export_is_left_to_the_sweep(go_away, make, model):
    person = World().applicant
    asked = {"path": reverse("order_list"), "title": "订单"} if model is ListExport else {}
    export = model.objects.create(user=person, **asked)
    go_away()
    with pytest.raises(StoreAway):
        make(export.pk)
    export.refresh_from_db()
    assert (export.failed_at, export.ready_at, export.tries) == (None, None, 1)
