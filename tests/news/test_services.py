"""政策与通知: who may, what is kept, shown now or later, pinned, taken back."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from news import services
from news.models import Article
from records.models import Document
from records.rules import StaleCase
from records.steps import chain_holds
from tests.helpers import afresh, constrained, refused
from tests.news.writing import SAID, drafted, shown, steps, withdrawn
from tten.demo import papers

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
CITY = {"platform", "municipal"}


def a_file(name="附表.pdf"):
    return SimpleUploadedFile(name, papers.report_pdf("附表", "示例检测中心", "样例公司"))


def test_who_may_do_anything_at_all(world):
    draft, told = drafted(world), shown(world)
    acts = (
        lambda by: services.keep_article(None, SAID, by=by),
        lambda by: services.keep_article(told, SAID | {"title": "改过的标题"}, by=by),
        lambda by: services.publish(draft, at=None, by=by),
        lambda by: services.pin(told, on=True, by=by),
        lambda by: services.withdraw(told, why="不该由他撤回。", by=by),
        lambda by: services.drop_article(draft, by=by),
        lambda by: services.add_files(draft, [a_file()], by=by),
    )
    for name in set(world.people) - CITY - {"clock"}:
        for act in acts:
            with refused("R-PERM"):
                act(world.people[name])
    assert [afresh(told).title, afresh(draft).stage, Article.objects.count()] == [SAID["title"], "草稿", 2]
    assert services.keep_article(draft, SAID | {"title": "平台改的标题"}, by=world.platform).office == "市科技局"


def test_what_is_kept_is_found_by_its_words_and_leaves_its_lines(world):
    article = services.keep_article(drafted(world), SAID | {"body": "<p>电子显微镜开放共享。</p>"}, by=world.platform)
    assert (article.version, article.revised_at, steps(article)) == (2, None, ["article_kept", "article_kept"])
    found = [list(Article.objects.found(words)) for words in ("显微镜 共享", "3 号", "年底兑现", "核磁")]
    assert found == [[article], [article], [], []]
    assert list(Article.objects.found("年底")) == [article]
    assert chain_holds(article)


def test_two_who_write_at_once_do_not_write_over_each_other(world):
    draft = drafted(world)
    services.keep_article(draft, SAID | {"title": "先保存的标题"}, by=world.platform, seen=1)
    with pytest.raises(StaleCase):
        services.keep_article(draft, SAID | {"title": "后保存的标题"}, by=world.municipal, seen=1)
    assert afresh(draft).title == "先保存的标题"


def test_a_draft_that_was_opened_before_it_was_published_is_not_saved_into_what_all_read(world):
    draft = drafted(world)
    services.publish(draft, at=None, by=world.municipal)
    with pytest.raises(StaleCase):
        services.keep_article(draft, SAID | {"title": "没有写完的标题"}, by=world.platform, seen=draft.version)


def test_what_is_published_is_there_and_changes_with_a_date(world):
    article = shown(world)
    assert (article.is_shown, list(Article.objects.shown())) == (True, [article])
    with refused("R-NEWS", "已经发布"):
        services.publish(article, at=None, by=world.municipal)
    changed = services.keep_article(article, SAID | {"title": "更正后的标题"}, by=world.municipal)
    assert (changed.stage, changed.shown_from, changed.revised_at is not None) == ("已发布", article.shown_from, True)


def test_what_has_a_time_comes_at_that_time_and_may_be_held_back(world):
    draft = drafted(world)
    with refused("R-NEWS", "已经过去"):
        services.publish(draft, at=timezone.now() - HOUR, by=world.municipal)
    waiting = services.publish(draft, at=timezone.now() + HOUR, by=world.municipal)
    assert (waiting.stage, Article.objects.shown().count(), Article.objects.once_shown().count()) == ("定时发布", 0, 0)
    back = services.hold_back(waiting, by=world.platform)
    assert (back.stage, steps(back)[-1]) == ("草稿", "article_held_back")
    with refused("R-NEWS"):
        services.hold_back(back, by=world.platform)
    services.publish(back, at=timezone.now() + HOUR, by=world.municipal)
    Article.objects.update(shown_from=timezone.now() - HOUR)
    assert Article.objects.shown().count() == 1


def test_what_stands_on_top_comes_first_and_is_pinned_once(world):
    first, second = shown(world), shown(world, title="后来的通知")
    assert list(Article.objects.shown()) == [second, first]
    for _ in range(2):
        pinned = services.pin(first, on=True, by=world.municipal)
    assert (list(Article.objects.shown()), steps(pinned).count("article_pinned")) == ([first, second], 1)
    assert not services.pin(first, on=False, by=world.municipal).is_pinned


def test_what_was_taken_back_is_gone_for_good(world):
    with refused("R-NEWS", "还没有发布"):
        services.withdraw(drafted(world), why="还没有发布的。", by=world.municipal)
    article = withdrawn(world)
    assert (article.stage, Article.objects.shown().count(), list(Article.objects.once_shown())) == (
        "已撤回",
        0,
        [article],
    )
    acts = (
        lambda: services.keep_article(article, SAID, by=world.municipal),
        lambda: services.publish(article, at=None, by=world.municipal),
        lambda: services.pin(article, on=True, by=world.municipal),
        lambda: services.withdraw(article, why="再撤回一次。", by=world.municipal),
        lambda: services.add_files(article, [a_file()], by=world.municipal),
    )
    for act in acts:
        with refused("R-NEWS", "已经撤回"):
            act()


def test_papers_come_and_go_with_a_line_each_and_no_more_than_ten(world):
    article = services.add_files(drafted(world), [a_file(), a_file("说明.pdf")], by=world.municipal)
    with refused("R-NEWS", "最多 10 个附件"):
        services.add_files(article, [a_file()] * 9, by=world.municipal)
    kept = Document.objects.filter(purpose=services.PURPOSE)
    assert kept.count() == article.attachments.count() == 2
    services.remove_file(article.attachments.first(), by=world.platform)
    assert list(article.attachments.values_list("paper__name", flat=True)) == ["说明.pdf"]
    assert kept.exclude(dropped_at=None).count() == 1
    assert steps(article)[-2:] == ["article_file_added", "article_file_removed"]


def test_the_database_wants_a_reason_with_what_was_taken_back(world):
    article = shown(world)
    with constrained("article_withdrawn_says_why"):
        Article.objects.filter(pk=article.pk).update(withdrawn_at=timezone.now())


@pytest.mark.parametrize("stage", ["draft", "waiting", "shown", "withdrawn"])
def test_lists_tell_apart_how_far_they_are(world, stage):
    made = {"draft": drafted(world), "shown": shown(world), "withdrawn": withdrawn(world)}
    made["waiting"] = services.publish(drafted(world), at=timezone.now() + HOUR, by=world.municipal)
    assert list(Article.objects.at_stage(stage)) == [made[stage]]


def test_a_draft_is_thrown_away_with_its_papers_and_leaves_its_trail(world):
    draft, told = services.add_files(drafted(world), [a_file()], by=world.municipal), shown(world)
    with refused("R-NEWS", "只有草稿可以删除"):
        services.drop_article(told, by=world.municipal)
    dropped = services.drop_article(draft, by=world.platform)
    assert (list(Article.objects.kept()), list(Article.objects.once_shown())) == ([told], [told])
    assert (
        dropped.attachments.count(),
        Document.objects.filter(purpose=services.PURPOSE, dropped_at=None).count(),
    ) == (0, 0)
    assert (steps(dropped)[-1], chain_holds(dropped)) == ("article_dropped", True)
    with refused("R-NEWS", "已经撤回"):
        services.keep_article(dropped, SAID, by=world.municipal)
    assert withdrawn(world) in Article.objects.kept()
