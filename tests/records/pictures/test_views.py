"""The viewer shows what whoever may see the case may see, to nobody else, and says the truth where it shows nothing."""

import re

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from records.models import PagePicture, Pictured
from records.pictures import services
from records.pictures.models import file_of, table_of
from records.pictures.pages import DATA, LATE, NO_KIND, NO_PAGES, NOTHING, SAID, TRIES
from tests.factories import World, make_user
from tests.records.pictures import drawn
from tests.records.pictures.test_services import paper

pytestmark = pytest.mark.django_db
PAGES = ("paper", "paper_part", "paper_wait")


@pytest.fixture
def world():
    return World()


@pytest.fixture
def applicant(client, world):
    client.force_login(world.applicant)
    return client


def shown(client, document, name="paper", **query):
    return client.get(reverse(name, args=[document.pk]), query).content.decode()


def drawn_paper(world, *given, page=1, **more):
    document = paper(world.applicant, *given, **more)
    services.draw(document.pk, page)
    return document


def test_a_stranger_finds_neither_page_nor_picture(client, world):
    document = drawn_paper(world)
    addresses = [reverse(name, args=[document.pk]) for name in PAGES] + [
        reverse("paper_picture", args=[document.pk, 1])
    ]
    assert {client.get(address).status_code for address in addresses} == {302}
    client.force_login(make_user("stranger_of_papers"))
    assert {client.get(address).status_code for address in addresses} == {404}
    client.force_login(world.applicant)
    assert {client.get(address).status_code for address in addresses} == {200}


def test_a_picture_is_kept_by_no_cache_and_runs_nothing(applicant, world):
    document = drawn_paper(world)
    answer = applicant.get(reverse("paper_picture", args=[document.pk, 1]))
    assert answer.content[8:12] == b"WEBP"
    names = ("Content-Type", "X-Content-Type-Options", "Cache-Control", "Content-Security-Policy", "X-Frame-Options")
    assert [answer[name] for name in names] == [
        "image/webp",
        "nosniff",
        "private, no-store",
        "default-src 'none'",
        "DENY",
    ]


def test_the_sharper_picture_is_the_plain_one_until_there_is_another(applicant, world):
    document = drawn_paper(world)
    address = reverse("paper_picture", args=[document.pk, 1])

    def content(query=""):
        return applicant.get(address + query).content

    assert len(content("?size=zoom")) > len(content())
    default_storage.delete(file_of(document.sha256, 1, zoom=True))
    assert content("?size=zoom") == content()
    assert applicant.get(reverse("paper_picture", args=[document.pk, 2])).status_code == 404


def test_each_page_has_its_address_and_the_way_to_the_next(applicant, world):
    document = drawn_paper(world, drawn.pdf(3))
    here = reverse("paper", args=[document.pk])
    first, second, last = (shown(applicant, document, page=page) for page in ("1", "2", "3"))
    assert f'href="{here}?page=2"' in first
    assert 'data-act="before"' not in first
    assert f'href="{here}" data-act="before"' in second
    assert f'href="{here}?page=3" data-act="next"' in second
    assert 'data-act="next"' not in last
    assert f'<image href="{reverse("paper_picture", args=[document.pk, 3])}"' in last
    assert f'href="{reverse("document", args=[document.pk])}" download' in last


@pytest.mark.parametrize("page", ["0", "-1", "x", "１", "9" * 400, ""])
def test_a_page_that_is_no_number_is_the_first(applicant, world, page):
    assert re.search(r"第 [13] / 3 页", shown(applicant, drawn_paper(world, drawn.pdf(3)), page=page))


def test_a_page_that_there_is_not_is_said(applicant, world):
    assert "这份材料共 3 页，没有第 99 页，现在显示最后一页。" in shown(
        applicant, drawn_paper(world, drawn.pdf(3)), page="99"
    )


def test_a_box_is_marked_on_its_page(applicant, world):
    document = drawn_paper(world)
    page = shown(applicant, document, box="0.1,0.25,0.5,0.3")
    assert re.search(r'<rect class="viewer-mark" x="60.0" y="212.\d" width="240.0"\s+height="42.\d"', page)
    for nothing in ("1,2,3,4", "0,0,0,0", "a,b,c,d", "nan,0,1,1", "0,0,1", "0.5,0.5,0.1,0.6", ""):
        assert "viewer-mark" not in shown(applicant, document, box=nothing)
    assert "viewer-mark" not in shown(applicant, document, box="0,0,1,1", page="7")


@pytest.mark.parametrize(
    ("turn", "seen"),
    [
        ("90", ('viewBox="0 0 850 600"', 'transform="translate(850 0) rotate(90)"', "turn=180")),
        ("180", ('viewBox="0 0 600 850"', 'transform="translate(600 850) rotate(180)"', "turn=270")),
        ("270", ('viewBox="0 0 850 600"', 'transform="translate(0 600) rotate(270)"', 'view/" data-act="turn"')),
        ("450", ('viewBox="0 0 850 600"', 'data-turn="90"')),
        ("17", ('viewBox="0 0 600 850"', 'data-turn="0"', "turn=90")),
    ],
)
def test_a_page_is_turned_without_script_too(applicant, world, turn, seen):
    page = shown(applicant, drawn_paper(world), turn=turn)
    assert [part for part in seen if part not in page] == []


def test_a_page_waits_for_its_picture_and_says_so_when_it_takes_too_long(applicant, world):
    document = paper(world.applicant)
    page = shown(applicant, document, "paper_part")
    assert "正在生成图像…" in page
    assert f'data-wait="{reverse("paper_wait", args=[document.pk])}" data-pause="500" data-tries="1"' in page
    assert 'data-pause="3000" data-tries="10"' in shown(applicant, document, "paper_wait", tries=9)
    late = shown(applicant, document, "paper_wait", tries=TRIES)
    assert LATE in late
    assert "data-wait" not in late


def test_asking_has_the_worker_draw_the_page_and_the_next(applicant, world, django_capture_on_commit_callbacks):
    document = drawn_paper(world, drawn.pdf(9))
    assert "正在生成图像…" in shown(applicant, document, page="8")
    with django_capture_on_commit_callbacks(execute=True):
        shown(applicant, document, page="8")
    assert "正在生成图像…" not in shown(applicant, document, page="8")
    with django_capture_on_commit_callbacks(execute=True):
        shown(applicant, document, page="4")  # the next one is not there yet
    assert sorted(PagePicture.objects.filter(of__sha256=document.sha256).values_list("number", flat=True)) == [
        *range(1, 10)
    ]


def test_a_page_without_a_picture_has_its_sentence_and_the_download(applicant, world):
    document = drawn_paper(world, drawn.pdf(2))
    row = Pictured.objects.get(sha256=document.sha256)
    row.pictures.filter(number=1).update(width=0, height=0, trouble="heavy")
    page = shown(applicant, document)
    assert SAID["heavy"] in page
    assert "下载原件" in page
    assert SAID["heavy"] not in shown(applicant, document, page="2")
    row.trouble = "broken"
    row.save()
    assert SAID["broken"] in shown(applicant, document, page="2")


def test_an_invoice_s_data_is_a_table_and_nothing_in_it_runs(applicant, world):
    document = drawn_paper(world, drawn.INVOICE, "application/xml")
    page = shown(applicant, document)
    assert DATA in page
    assert "检测费&lt;b&gt;" in page
    assert "<b>" not in page
    default_storage.delete(table_of(document.sha256))
    assert "正在生成图像…" in shown(applicant, document)


def test_an_ofd_is_shown_with_picture_and_table(applicant, world):
    document = drawn_paper(world, drawn.ofd(), "application/ofd")
    page = shown(applicant, document)
    assert "<image " in page
    assert "03630024" in page
    second = shown(applicant, document, page="2")
    assert SAID["unshown"] in second
    assert "03630024" not in second
    seal = drawn_paper(world, drawn.ofd("0 0 50 50"), "application/ofd")
    assert NO_PAGES in shown(applicant, seal)


def test_what_has_nothing_to_show_says_so(applicant, world):
    assert NOTHING in shown(applicant, drawn_paper(world, b"<a/>", "application/xml"))
    assert NO_KIND in shown(applicant, paper(world.applicant, kind="text/plain"))


def test_a_lost_paper_is_told_of_and_nobody_waits_for_it(applicant, world):
    document = paper(world.applicant)
    document.file.storage.delete(document.file.name)
    for name in PAGES:
        page = shown(applicant, document, name)
        assert f"文件“{document.name}”现在打不开" in page
        assert "data-wait" not in page
    table = drawn_paper(world, drawn.INVOICE, "application/xml")
    Pictured.objects.filter(sha256=table.sha256).update(pages=1)  # as if its pictures were lost with it
    assert "正在生成图像…" in shown(applicant, table)


def test_nobody_waits_in_a_request_for_a_picture(applicant, world, monkeypatch):
    document = paper(world.applicant)
    monkeypatch.setattr("records.pictures.drawer.Drawer.draw", lambda *_: pytest.fail("drawn in a request"))
    assert "正在生成图像…" in shown(applicant, document)
