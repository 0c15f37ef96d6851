"""政策与通知 for everybody, and 文章管理 for those who write."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from news import services
from news.models import Article
from tests.helpers import afresh
from tests.news.test_services import a_file
from tests.news.writing import SAID, TYPED, drafted, shown, withdrawn

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def at(name, *args):
    return reverse(name, args=args)


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def writer(client, world):
    client.force_login(world.municipal)
    return client


def test_a_visitor_reads_what_is_shown_and_nothing_else(client, world):
    seen, hidden = shown(world, title="公开的通知"), drafted(world, title="没有发布的草稿")
    waiting = services.publish(drafted(world, title="定时的通知"), at=timezone.now() + HOUR, by=world.municipal)
    page = text_of(client.get(at("article_list")))
    assert [title in page for title in ("公开的通知", "没有发布的草稿", "定时的通知")] == [True, False, False]
    assert client.get(at("article_read", seen.pk)).status_code == 200
    assert [client.get(at("article_read", row.pk)).status_code for row in (hidden, waiting)] == [404, 404]


def test_what_was_taken_back_says_so_with_its_reason_and_without_its_text(client, world):
    response = client.get(at("article_read", withdrawn(world).pk))
    page = text_of(response)
    assert response.status_code == 410
    assert [words in page for words in ("内容有误，以新发布的为准。", "请各申请单位尽早提交")] == [True, False]
    assert '<meta name="robots" content="noindex">' in page


def test_the_list_is_narrowed_by_words_and_column(client, world):
    shown(world, title="仪器共享办法", sort="policy"), shown(world, title="集中兑现安排")
    for query, count in (("q=仪器共享", 1), ("sort=notice", 1), ("q=没有的词", 0), ("sort=odd", 2), ("q=%27", 2)):
        assert client.get(at("article_list") + "?" + query).context["page"].paginator.count == count


def test_papers_are_for_everybody_while_their_article_is_shown(client, world):
    article = services.add_files(drafted(world), [a_file()], by=world.municipal)
    paper = article.attachments.get().paper_id
    address = at("article_file", paper)
    assert client.get(address).status_code == 404
    services.publish(article, at=None, by=world.municipal)
    response = client.get(address)
    assert (response.status_code, b"".join(response.streaming_content)[:5]) == (200, b"%PDF-")
    services.withdraw(article, why="附件有误，另行发布。", by=world.municipal)
    assert client.get(address).status_code == 404


def test_home_policy_and_feed_name_the_latest(client, world):
    shown(world, title="科技创新券样例办法", sort="policy"), shown(world, title="年底集中兑现")
    home, policy, feed = (text_of(client.get(at(name))) for name in ("home", "policy_page", "article_feed"))
    assert [("样例办法" in page, "年底集中" in page) for page in (home, policy, feed)] == [
        (True, True),
        (True, False),
        (True, True),
    ]
    assert "<feed" in feed


def test_a_reading_and_its_document_lead_to_each_other(client, world):
    document = shown(world, title="科技创新券样例办法", sort="policy")
    reading = shown(world, title="办法的解读", sort="reading", explains_id=document.pk)
    assert "办法的解读" in text_of(client.get(at("article_read", document.pk)))
    assert f'href="{at("article_read", document.pk)}"' in text_of(client.get(at("article_read", reading.pk)))


@pytest.mark.parametrize("name", ["applicant", "district", "body", "expert_1", "curator", "auditor", "administrator"])
def test_the_desk_is_not_there_for_others(client, world, name):
    article = services.add_files(drafted(world), [a_file()], by=world.municipal)
    client.force_login(world.people[name])
    pages = [at("article_desk"), at("article_new"), at("article_detail", article.pk), at("article_edit", article.pk)]
    acts = [at(f"article_{act}", article.pk) for act in ("publish", "hold_back", "pin", "withdraw", "add_files")]
    acts.append(at("article_remove_file", article.attachments.get().paper_id))
    found = [client.get(page).status_code for page in pages] + [client.post(act).status_code for act in acts]
    assert set(found) == {404}
    assert (afresh(article).stage, article.attachments.count()) == ("草稿", 1)


def test_one_is_written_changed_published_and_taken_back(writer, world):
    writer.post(at("article_new"), TYPED | {"body": "第一段\n\n第二段<script>x()</script>"})
    article = Article.objects.get()
    assert (article.body, article.office) == ("<p>第一段</p><p>第二段</p>", "市科技局")
    writer.post(at("article_edit", article.pk), TYPED | {"title": "改过的标题", "seen": 1})
    writer.post(at("article_add_files", article.pk), {"papers": [a_file()]})
    writer.post(at("article_publish", article.pk), {"day": "", "hour": ""})
    writer.post(at("article_pin", article.pk), {"on": "1"})
    article = afresh(article)
    assert (article.title, article.stage, article.is_pinned, article.attachments.count()) == (
        "改过的标题",
        "已发布",
        True,
        1,
    )
    writer.post(at("article_remove_file", article.attachments.get().paper_id))
    writer.post(at("article_withdraw", article.pk), {"why": "以新发布的为准。"})
    assert (afresh(article).stage, article.attachments.count()) == ("已撤回", 0)
    assert writer.get(at("article_edit", article.pk)).url == at("article_detail", article.pk)


def test_its_page_shows_the_text_the_papers_and_who_did_what(writer, world):
    article = services.add_files(drafted(world), [a_file()], by=world.platform)
    page = text_of(writer.get(at("article_detail", article.pk)))
    assert [words in page for words in ("请各申请单位尽早提交。", "附表.pdf", "测试platform：添加附件：附表.pdf")] == [
        True
    ] * 3


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "请填写标题。"),
        ({"body": "<p> </p><img src=x>"}, "请填写正文；只有图片或空行的"),
        ({"body": "字" * 60_001}, "正文（含格式）最多 60000 个字"),
        ({"dated": "2026-13-45"}, "成文日期"),
        ({"sort": "unheard_of"}, "栏目"),
        ({"explains": "99999"}, "解读的文件"),
    ],
)
def test_what_cannot_be_kept_stays_in_the_form_with_a_sentence(writer, world, typed, said):
    response = writer.post(at("article_new"), TYPED | typed)
    page = text_of(response)
    assert (response.status_code, Article.objects.count()) == (200, 0)
    assert said in page
    assert TYPED["number"] in page


def test_only_a_reading_explains_a_document(writer, world):
    document = shown(world, sort="policy")
    page = text_of(writer.post(at("article_new"), TYPED | {"explains": document.pk}))
    assert "只有栏目是“政策解读”时才选解读的文件" in page
    writer.post(at("article_new"), TYPED | {"explains": document.pk, "sort": "reading"})
    assert document.readings.get().title == SAID["title"]


def test_a_stale_form_changes_nothing_and_keeps_what_was_typed(writer, world):
    article = drafted(world)
    services.keep_article(article, SAID | {"title": "同事保存的标题"}, by=world.platform, seen=1)
    response = writer.post(at("article_edit", article.pk), TYPED | {"title": "我写的标题", "seen": 1})
    assert (response.status_code, afresh(article).title) == (409, "同事保存的标题")
    assert "我写的标题" in text_of(response)


@pytest.mark.parametrize(
    ("act", "typed", "said"),
    [
        ("publish", {"day": f"{timezone.localdate() + 2 * DAY}"}, "请同时选择几点发布"),
        ("publish", {"hour": "9"}, "请同时填写发布日期"),
        ("withdraw", {"why": ""}, "请填写撤回原因。"),
        ("add_files", {}, "请上传附件。"),
    ],
)
def test_an_act_that_is_refused_says_why_on_the_same_page(writer, world, act, typed, said):
    article = drafted(world) if act != "withdraw" else shown(world)
    response = writer.post(at(f"article_{act}", article.pk), typed)
    assert (response.status_code, afresh(article).stage) == (200, article.stage)
    assert said in text_of(response)


def test_one_that_waits_is_held_back(writer, world):
    article = drafted(world)
    tomorrow = timezone.localdate() + DAY
    writer.post(at("article_publish", article.pk), {"day": f"{tomorrow}", "hour": "9"})
    assert afresh(article).stage == "定时发布"
    writer.post(at("article_hold_back", article.pk))
    assert afresh(article).stage == "草稿"


@pytest.mark.parametrize("rows", [5, 50])
def test_lists_ask_the_same_however_many_there_are(client, world, rows, django_assert_max_num_queries):
    for number in range(rows):
        shown(world, title=f"通知第 {number} 号")
    client.get(at("article_list"))
    with django_assert_max_num_queries(5):
        client.get(at("article_list"))
    client.force_login(world.municipal)
    with django_assert_max_num_queries(10):
        client.get(at("article_desk"))


def test_a_draft_that_was_thrown_away_is_in_no_list_and_has_no_page(writer, world):
    draft = drafted(world, title="写错的草稿")
    assert "删除草稿" in text_of(writer.get(at("article_detail", draft.pk)))
    page = text_of(writer.post(at("article_drop", draft.pk), follow=True))
    assert "草稿“写错的草稿”已删除。" in page
    pages = [at("article_desk"), at("article_desk") + "?stage=withdrawn", at("article_desk") + "?stage=waiting"]
    assert [list(writer.get(one).context["page"]) for one in pages] == [[], [], []]
    gone = [at(name, draft.pk) for name in ("article_detail", "article_edit", "article_read")]
    assert [writer.get(one).status_code for one in gone] == [404, 404, 404]
    assert writer.post(at("article_drop", draft.pk)).status_code == 404
