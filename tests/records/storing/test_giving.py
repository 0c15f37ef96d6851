"""A download from a bucket: by a signed link of a minute, or through the portal piece by piece; lost and away have their sentences."""

import datetime as dt
import tracemalloc
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import DataExport, ListExport
from records.models import Document
from records.pictures import services as pictures
from records.rules import RuleBroken
from records.storing import refusals
from records.storing.giving import given
from records.uploads import store_upload
from redemption.form import making
from redemption.models import PrintedForm
from tests.accounts.guarding import sign_in
from tests.factories import World, drive_claim, make_document, make_user
from tests.records.papers import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]
NAMED = "发票 “一”号.pdf"
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def somebody(client):
    person = make_user("somebody", phone="13800000001")
    client.force_login(person)
    return person


def asked(client, paper):
    return client.get(reverse("document", args=[paper.pk]))


def test_a_download_is_a_signed_link_of_a_minute_with_its_chinese_name(client, somebody, bucket):
    paper = make_document(somebody, NAMED, b"%PDF-1.4 paper")
    answer = asked(client, paper)
    asks = parse_qs(urlsplit(answer["Location"]).query)
    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    assert (asks["X-Amz-Algorithm"], asks["X-Amz-Expires"]) == (["AWS4-HMAC-SHA256"], ["60"])
    got = requests.get(answer["Location"], timeout=5)
    assert (got.content, got.headers["Content-Type"]) == (b"%PDF-1.4 paper", "application/pdf")
    assert got.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%8F%91%E7%A5%A8%20%E2%80%9C%E4%B8%80%E2%80%9D%E5%8F%B7.pdf"
    )
    plain = answer["Location"].partition("?")[0]
    assert requests.get(plain, timeout=5).status_code == 403  # nothing is for whoever only knows the address


def test_whoever_may_not_see_the_case_gets_no_link(client, somebody, bucket):
    paper = make_document(make_user("another", phone="13800000002"))
    assert asked(client, paper).status_code == 404


def test_the_link_leads_where_browsers_reach_the_service(client, somebody, place_papers):
    paper = make_document(somebody)
    place_papers("s3", public_address="https://papers.example.org").save(paper.file.name, ContentFile(b"x"))
    answer = asked(client, paper)
    assert answer["Location"].startswith(f"https://papers.example.org/papers/{paper.file.name}?")


def test_a_download_through_the_portal_says_name_and_length(client, somebody, place_papers):
    place_papers("s3", links=False)
    paper = make_document(somebody, NAMED, b"%PDF-1.4 paper")
    answer = asked(client, paper)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"%PDF-1.4 paper")
    assert (answer["Content-Length"], answer["X-Content-Type-Options"]) == ("14", "nosniff")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%8F%91")


def test_a_large_file_takes_little_memory_on_its_way_through(place_papers):
    store = place_papers("s3", links=False)
    content = bytes(16 << 20)
    store.save("exports/large", ContentFile(content))
    export = DataExport(file="exports/large")
    del content
    tracemalloc.start()
    answer = given(export.file, named="个人数据.zip", content_type="application/zip")
    assert sum(len(piece) for piece in answer.streaming_content) == 16 << 20
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    answer.close()
    assert most < 4 << 20


def test_a_copy_of_ones_own_data_never_leaves_by_a_link_and_a_list_does(bucket):
    somebody = World().applicant
    client = sign_in(somebody)
    soon = {"ready_at": timezone.now(), "expires_at": timezone.now() + dt.timedelta(days=1)}
    data = DataExport(user=somebody, **soon)
    data.file.save("x.zip", ContentFile(b"zip"))
    taken = client.get(reverse("data_export_download", args=[data.pk]))
    assert (taken.status_code, b"".join(taken.streaming_content)) == (200, b"zip")
    rows = ListExport(user=somebody, path="/", title="订单", **soon)
    rows.file.save("x.xlsx", ContentFile(b"xlsx"))
    assert client.get(reverse("export_download", args=[rows.pk])).status_code == 302


@pytest.mark.parametrize("links", [True, False])
def test_a_missing_object_has_its_sentence(client, somebody, place_papers, links):
    store = place_papers("s3", links=links)
    paper = make_document(somebody, NAMED)
    store.delete(paper.file.name)
    answer = asked(client, paper)
    assert (answer.status_code, refusals.LOST.format(NAMED) in answer.content.decode()) == (410, True)


@pytest.mark.parametrize("links", [True, False])
def test_a_place_that_is_away_has_a_sentence_of_its_own(client, somebody, place_papers, links):
    place_papers("s3", links=links)
    paper = make_document(somebody, NAMED)
    place_papers("s3", links=links, endpoint_url=NOWHERE, seconds=0.3)
    answer = asked(client, paper)
    assert (answer.status_code, refusals.AWAY.format(NAMED) in answer.content.decode()) == (503, True)


def test_the_page_of_a_paper_says_that_the_place_is_away_or_the_paper_lost(client, somebody, place_papers):
    place_papers("s3")
    paper = make_document(somebody, NAMED, pdf())
    page = reverse("paper", args=[paper.pk])
    assert pictures.draw(paper.pk)
    assert refusals.LOST.format(NAMED) not in client.get(page).content.decode()
    assert client.get(reverse("paper_picture", args=[paper.pk, 1])).status_code == 200
    place_papers("s3", endpoint_url=NOWHERE, seconds=0.3)
    away = client.get(page)
    assert (away.status_code, refusals.AWAY.format(NAMED) in away.content.decode()) == (200, True)
    assert client.get(reverse("paper_picture", args=[paper.pk, 1])).status_code == 503
    store = place_papers("s3")
    for kept in store.files():
        store.delete(kept.name)
    lost = client.get(page)
    assert (lost.status_code, refusals.LOST.format(NAMED) in lost.content.decode()) == (200, True)


def test_an_upload_while_the_place_is_away_is_refused_by_the_name_of_the_file(place_papers):
    place_papers("s3", endpoint_url=NOWHERE, seconds=0.3)
    person, sent = make_user("somebody"), ContentFile(pdf(), "合同.pdf")
    with pytest.raises(RuleBroken) as refused:
        store_upload(sent, by=person)
    assert (refused.value.code, refused.value.sentence) == ("R-STORE", refusals.NOT_STORED.format("合同.pdf"))
    assert Document.objects.count() == 0


@pytest.mark.pdf
def test_a_printed_form_is_not_made_anew_while_its_place_is_away(client, place_papers):
    place_papers("s3")
    world = World()
    claim = drive_claim(world.make_claim(), "awaits_form", world)
    before = making.form_file(claim)
    place_papers("s3", endpoint_url=NOWHERE, seconds=0.3)
    client.force_login(world.applicant)
    answer = client.post(reverse("claim_form_export", args=[claim.number]))
    assert (answer.status_code, "存放材料的地方现在没有应答" in answer.content.decode()) == (503, True)
    assert PrintedForm.objects.get(claim=claim, version=claim.form_version).made_at is not None
    assert before.startswith(b"%PDF")


def test_the_disk_gives_no_link(client, somebody, place_papers, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    place_papers("disk")
    paper = make_document(somebody, NAMED, b"%PDF-1.4 paper")
    answer = asked(client, paper)
    assert (answer.status_code, answer["Content-Length"], b"".join(answer.streaming_content)) == (
        200,
        "14",
        b"%PDF-1.4 paper",
    )
    assert Path(tmp_path / paper.file.name).exists()
