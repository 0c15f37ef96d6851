"""Pictures in the text of an article: named by words, made by a worker, there for whom the article is there."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from catalog.gallery import making
from catalog.models.gallery import TRIES, file_of
from news import services as writing
from news.cleaning import cleaned, plain
from news.models import Article, ArticlePicture
from news.pictures import naming, services
from news.tasks import sweep_article_pictures
from records.models import Document
from records.pictures.services import storage
from records.pictures.sizes import SIZES
from tests.catalog.gallery.photos import upload
from tests.factories import World, make_document
from tests.helpers import afresh, constrained, copied, refused
from tests.news.writing import ALT, NAMED, SAID, TYPED, added, drafted, steps, with_picture, withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def desk(world):
    client = Client()
    client.force_login(world.platform)
    return client


def address(picture, size="page"):
    return reverse("article_picture", args=[size, picture.key])


def page_of(article, client=None):
    return (client or Client()).get(article.get_absolute_url()).content.decode()


def test_everybody_sees_the_picture_where_the_text_names_it(world):
    article, picture = with_picture(world)
    page = page_of(article)
    assert f'<img src="{address(picture)}" width="960" height="640" alt="{ALT}" loading="lazy">' in page
    assert f'href="{address(picture, "large")}"' in page
    assert "[图片1]" not in page
    answer = Client().get(address(picture))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "public, max-age=300"
    assert Image.open(io.BytesIO(answer.content)).format == "WEBP"


def test_what_is_made_is_upright_and_says_nothing_of_the_camera(world):
    article = drafted(world)
    picture = added(article, world, turned=True)
    assert (picture.width, picture.height) == (800, 1200)
    for size in SIZES:
        with storage().open(file_of(picture.key, size)) as file, Image.open(file) as image:
            assert dict(image.getexif()) == {}


@pytest.mark.parametrize("make", [drafted, withdrawn])
def test_what_is_not_shown_keeps_its_pictures_to_who_writes(world, desk, make):
    _, picture = with_picture(world, make)
    assert Client().get(address(picture)).status_code == 404
    other = Client()
    other.force_login(world.applicant)
    assert other.get(address(picture)).status_code == 404
    own = desk.get(address(picture))
    assert (own.status_code, own["Cache-Control"]) == (200, "private, no-store")
    assert desk.get(reverse("article_picture", args=["huge", picture.key])).status_code == 404


def test_the_paper_that_it_came_as_is_for_writers_alone(world, desk):
    _, picture = with_picture(world)
    paper = reverse("document", args=[picture.paper_id])
    other = Client()
    other.force_login(world.applicant)
    assert other.get(paper).status_code == 404
    assert b"".join(desk.get(paper).streaming_content).startswith(b"\xff\xd8")
    assert Client().get(reverse("article_file", args=[picture.paper_id])).status_code == 404


def test_readers_see_nothing_of_what_is_not_made_and_writers_read_why(world, desk):
    article = drafted(world)
    picture = services.add_picture(article, upload(), alt=ALT, by=world.municipal)
    writing.keep_article(article, SAID | {"body": cleaned(NAMED)}, by=world.municipal)
    preview = desk.get(reverse("article_detail", args=[article.pk])).content.decode()
    assert "图片1：正在生成" in preview
    ArticlePicture.objects.update(trouble="broken")
    assert "图片读不出来，请移除后换一张" in desk.get(reverse("article_detail", args=[article.pk])).content.decode()
    writing.publish(article, at=None, by=world.municipal)
    page = page_of(article)
    assert ("图片1" in page, address(picture) in page) == (False, False)


@pytest.mark.bare
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>[图片1]</p><p>［图片 2］</p>", ""),
        ("<td><p>[图片1]</p></td>", ""),
        ("<p>[图片3]</p>", naming.UNKNOWN.format(3)),
        ("<p>见[图片1]</p>", naming.NOT_ALONE.format(1)),
        ("<td>[图片2]</td>", naming.NOT_ALONE.format(2)),
        ("<p>[图片]和[图片一]</p>", ""),
    ],
)
def test_what_a_text_may_name(body, said):
    assert naming.objection_to(body, [1, 2]) == said


@pytest.mark.bare
def test_the_name_of_a_picture_is_no_word_of_the_text():
    assert plain("<p>流程</p><p>[图片1]</p>") == "流程"
    assert plain("<p>[图片1]</p>") == ""


def test_the_form_refuses_a_picture_that_is_not_there_and_keeps_what_was_typed(world, desk):
    article = drafted(world)
    edit = reverse("article_edit", args=[article.pk])
    sent = TYPED | {"body": NAMED, "seen": article.version}
    page = desk.post(edit, sent).content.decode()
    assert "正文：正文里写了“[图片1]”，但这篇文章没有这张图片。" in page
    assert afresh(article).body == SAID["body"]
    added(article, world)
    assert desk.post(edit, sent).status_code == 302
    assert afresh(article).body == NAMED
    assert 'data-token="[图片1]"' in desk.get(edit).content.decode()


def test_no_markup_of_a_picture_comes_in_by_typing(world):
    typed = '<p>见</p><img src="https://example.com/x.png" onerror="x()"><p>[图片1" onload="x]</p>'
    assert cleaned(typed) == '<p>见</p><p>[图片1" onload="x]</p>'
    article = drafted(world)
    picture = added(article, world, alt='"><script>x()</script>')
    writing.keep_article(article, SAID | {"body": cleaned(NAMED)}, by=world.municipal)
    drawn = naming.text_of(afresh(article))
    assert "<script" not in drawn
    assert 'alt="&quot;&gt;&lt;script&gt;x()&lt;/script&gt;" loading="lazy"' in drawn
    assert picture.token == "[图片1]"


def test_a_picture_is_uploaded_with_words_or_refused_with_the_way_out(world, desk):
    article = drafted(world)
    send = reverse("article_add_picture", args=[article.pk])
    page = desk.post(send, {"picture": upload()}).content.decode()
    assert "请填写图片说明。" in page
    assert "请上传图片。" in desk.post(send, {"alt": ALT}).content.decode()
    assert ArticlePicture.objects.count() == 0
    desk.post(send, {"picture": upload(), "alt": ALT})
    assert list(ArticlePicture.objects.values_list("number", "alt")) == [(1, ALT)]
    assert (Document.objects.get(purpose=services.PURPOSE).case, steps(article)[-1]) == (
        ArticlePicture.objects.get(),
        "article_picture_added",
    )


def test_words_are_changed_and_a_shown_article_says_when(world, desk):
    article, picture = with_picture(world)
    act = reverse("article_keep_picture", args=[picture.pk])
    name = f"picture-{picture.pk}-alt"
    assert "请填写图片说明。" in desk.post(act, {name: ""}).content.decode()
    assert afresh(article).revised_at is None
    desk.post(act, {name: "另一句说明"})
    assert (afresh(picture).alt, afresh(article).revised_at is not None) == ("另一句说明", True)
    services.describe_picture(picture, alt="另一句说明", by=world.municipal)
    assert steps(article).count("article_picture_described") == 1


def test_what_the_text_names_is_not_removed_and_the_rest_is(world, desk, django_capture_on_commit_callbacks):
    article, picture = with_picture(world)
    act = reverse("article_keep_picture", args=[picture.pk])
    with refused("R-NEWS", match="正文里还有"):
        services.remove_picture(picture, by=world.municipal)
    writing.keep_article(article, SAID, by=world.municipal)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(act, {"act": "remove"})
    assert (
        ArticlePicture.objects.count(),
        Document.objects.exclude(dropped_at=None).filter(purpose=services.PURPOSE).count(),
    ) == (0, 1)
    assert [storage().exists(file_of(picture.key, size)) for size in SIZES] == [False] * 3
    assert steps(article)[-1] == "article_picture_removed"
    with refused("R-GONE"):
        services.describe_picture(picture, alt="x", by=world.municipal)


def test_an_article_has_so_many_pictures_and_no_more(world, monkeypatch):
    monkeypatch.setattr(services, "MOST_PICTURES", 1)
    article = drafted(world)
    added(article, world)
    with refused("R-NEWS", match="张图片，请先移除不用的"):
        added(article, world)


def test_nobody_else_adds_describes_or_removes(world, client):
    article = drafted(world)
    picture = added(article, world)
    client.force_login(world.district)
    sent = [("article_add_picture", article.pk), ("article_keep_picture", picture.pk)]
    assert [client.post(reverse(name, args=[key])).status_code for name, key in sent] == [404, 404]
    acts = (
        lambda: services.add_picture(article, upload(), alt=ALT, by=world.district),
        lambda: services.describe_picture(picture, alt="x", by=world.district),
        lambda: services.remove_picture(picture, by=world.district),
    )
    for act in acts:
        with refused("R-PERM"):
            act()
    assert afresh(picture).alt == ALT


def test_what_was_withdrawn_takes_no_picture(world):
    article, picture = with_picture(world, withdrawn)
    with refused("R-NEWS"):
        added(article, world)
    with refused("R-NEWS"):
        services.describe_picture(picture, alt="x", by=world.municipal)


def test_the_clock_makes_what_the_queue_has_lost(world):
    article = drafted(world)
    picture = services.add_picture(article, upload(), alt=ALT, by=world.municipal)
    long_ago = timezone.now() - making.LOST * 2
    ArticlePicture.objects.update(asked_at=long_ago)
    sweep_article_pictures()
    assert afresh(picture).made_at is not None
    ArticlePicture.objects.update(made_at=None, tries=TRIES)
    sweep_article_pictures()
    assert afresh(picture).trouble == "broken"


def test_a_size_that_is_gone_is_made_anew(world, desk, django_capture_on_commit_callbacks):
    _, picture = with_picture(world)
    storage().delete(file_of(picture.key, "page"))
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.get(address(picture)).status_code == 404
    assert desk.get(address(picture)).status_code == 200


BREAKS = {
    "article_picture_number_once": lambda row, paper: copied(row, paper=paper, paper_id=paper.pk, key="x"),
    "article_picture_says_what_it_shows": lambda row, _: ArticlePicture.objects.update(alt=""),
    "article_picture_made_has_size": lambda row, _: ArticlePicture.objects.update(width=0),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses(world, name):
    picture = added(drafted(world), world)
    with constrained(name):
        BREAKS[name](picture, make_document(world.municipal))
    assert Article.objects.count() == 1
