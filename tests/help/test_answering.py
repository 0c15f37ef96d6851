"""有用 and 没用: said below an article by anybody, once a session; read and dealt with by whoever keeps the texts."""

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from help import book
from help.answering import services
from help.answering.views import SAID_BEFORE
from help.book import articles, by_key
from help.models import LONGEST_REASON, ManualAnswer, ManualCount
from tests.factories import World
from tests.helpers import afresh, by_owner, refused
from tests.plans import heavy

pytestmark = pytest.mark.django_db
LIST, FIGURES = reverse("manual_answers"), reverse("manual_figures")
PLACE = {"role": "firm", "step": "claim"}
SAY, READ = reverse("manual_answer", kwargs=PLACE), reverse("manual_article", kwargs=PLACE)
BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}

PLANTED = """
INSERT INTO help_manualanswer (article, version, reason, given_at)
SELECT 'firm/step' || n % 40, 'v', '', now() - n * interval '1 minute' FROM generate_series(1, 20000) n
"""


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def world():
    return World()


@pytest.fixture
def platform(world):
    client = Client()
    client.force_login(world.platform)
    return client


def say(useful, reason="", *, client=None, headers=BROWSER):
    return (client or Client()).post(SAY, {"useful": useful, "reason": reason}, headers=headers)


def counted():
    return list(ManualCount.objects.values_list("article", "version", "useful", "useless"))


def titles(client, address):
    return [row.title for row in client.get(address).context["page"]]


def article():
    return by_key()["firm/claim"]


def test_what_visitors_say_is_counted_for_the_article_as_it_reads():
    answers = [say("yes"), say("yes"), say("no", "看不懂第二步"), say("no")]
    assert {answer.headers["Location"] for answer in answers} == {f"{READ}#useful"}
    assert counted() == [("firm/claim", article().version, 2, 2)]
    kept = ManualAnswer.objects.order_by("pk").values_list("article", "version", "reason", "handled_at")
    assert list(kept) == [("firm/claim", article().version, words, None) for words in ("看不懂第二步", "")]


def test_a_session_says_it_once_and_reads_what_it_said(client):
    say("no", "没有例子", client=client)
    say("yes", client=client)
    assert counted() == [("firm/claim", article().version, 0, 1)]
    page = client.get(READ).content.decode()
    assert SAID_BEFORE in page
    assert "您评价了“没用”" in page
    assert f'action="{SAY}"' not in page
    assert f'action="{SAY}"' in Client().get(READ).content.decode()
    say("yes", client=(other := Client()))
    assert "您评价了“有用”" in other.get(READ).content.decode()


@pytest.mark.parametrize("headers", [{"user-agent": "Examplebot/1.0"}, {}])
def test_a_robot_is_not_counted(headers):
    assert say("no", "x", headers=headers).status_code == 302
    assert (counted(), ManualAnswer.objects.count()) == ([], 0)


def test_bad_input_names_field_rule_and_way_and_keeps_what_was_typed(client):
    long = "字" * (LONGEST_REASON + 1)
    page = say("no", long, client=client).content.decode()
    assert f"最多写 {LONGEST_REASON} 个字，现在是 {LONGEST_REASON + 1} 个字，请删减。" in page
    assert long in page
    assert "请选择“有用”或“没用”。" in say("", client=client).content.decode()
    assert (counted(), ManualAnswer.objects.count()) == ([], 0)


def test_an_article_that_is_none_takes_no_answer(client):
    address = reverse("manual_answer", args=["firm", "nowhere"])
    assert client.post(address, {"useful": "yes"}, headers=BROWSER).status_code == 404
    assert client.get(SAY).status_code == 405


def test_one_address_says_so_much_and_no_more(settings):
    settings.LIMITS = settings.LIMITS | {"answer": (1, 3600), "shared": (2, 1)}
    assert [say("yes").status_code for _ in range(3)] == [302, 302, 429]
    assert counted() == [("firm/claim", article().version, 2, 0)]


def test_a_session_remembers_so_many_answers_and_no_more(rf, monkeypatch):
    monkeypatch.setattr(services, "MOST", 2)
    request = rf.post("/")
    request.session = SessionBase()
    for one in articles()[:3]:
        services.note_answer(request, one, useful=True, reason="")
    assert [services.answer_in(request, one) for one in articles()[:3]] == [None, True, True]


def test_the_platform_reads_reasons_narrowed_by_words_article_and_standing(platform):
    say("no", "看不懂第二步")
    say("no", "没有例子")
    services.keep_answer(by_key()["firm/login"], useful=False, reason="")
    claim, login = (f"{by_key()[key].number} {by_key()[key].title}" for key in ("firm/claim", "firm/login"))
    assert titles(platform, LIST) == [login, claim, claim]
    assert titles(platform, f"{LIST}?q=例子") == [claim]
    assert titles(platform, f"{LIST}?article=firm/login") == [login]
    assert titles(platform, f"{LIST}?standing=done") == []
    assert "共 3 条" in platform.get(LIST).content.decode()
    assert "没有符合条件的意见" in platform.get(f"{LIST}?standing=done").content.decode()


def test_what_was_dealt_with_says_by_whom_and_can_be_opened_again(platform, world):
    say("no", "没有例子")
    row = ManualAnswer.objects.get()
    address = reverse("manual_handled", args=[row.pk])
    answer = platform.post(address, {"done": "1", "back": "standing=open&page=2"})
    assert answer.headers["Location"] == f"{LIST}?standing=open&page=2"
    first = afresh(row)
    assert (first.standing, first.handled_by) == ("已处理", world.platform)
    platform.post(address, {"done": "1"})
    assert afresh(row).handled_at == first.handled_at
    assert titles(platform, f"{LIST}?standing=open") == []
    assert platform.post(address, {"done": "0"}).headers["Location"] == LIST
    assert (afresh(row).standing, afresh(row).handled_by) == ("待处理", None)


@pytest.mark.parametrize("who", ["applicant", "district", "curator", "auditor"])
def test_nobody_else_reads_or_marks(client, world, who):
    say("no", "没有例子")
    row = ManualAnswer.objects.get()
    client.force_login(world.people[who])
    address = reverse("manual_handled", args=[row.pk])
    asked = [client.get(LIST), client.get(FIGURES), client.post(address, {"done": "1"})]
    assert [answer.status_code for answer in asked] == [404] * 3
    with refused("R-PERM"):
        services.handle_answer(row, done=True, by=world.people[who])
    assert afresh(row).handled_at is None


def test_figures_tell_each_version_with_the_least_useful_first(platform):
    ManualCount.objects.create(article="firm/claim", version="0" * 12, useful=3, useless=1)
    ManualCount.objects.create(article="firm/gone", version="1" * 12, useless=2)
    say("no")
    say("yes")
    assert '<a href="/desk/help/answers/" aria-current="page"' in platform.get(FIGURES).content.decode()
    rows = [(row.title, row.edition, row.useful, row.useless) for row in platform.get(FIGURES).context["page"]]
    name = f"{article().number} {article().title}"
    assert rows == [("firm/gone", "以前的版本", 0, 2), (name, "现行版本", 1, 1), (name, "以前的版本", 3, 1)]
    assert titles(platform, f"{FIGURES}?edition=now") == [name]
    assert titles(platform, f"{FIGURES}?edition=before&article=firm/claim") == [name]


def test_a_word_of_an_article_makes_another_version(tmp_path, monkeypatch):
    (tmp_path / "firm").mkdir()
    file = tmp_path / "firm" / "one.md"
    monkeypatch.setattr(book, "FOLDER", tmp_path)
    file.write_text("# 一\n\n讲一。\n\n## 步 {#a}\n\n做。\n", encoding="utf-8")
    first = book.read("1.1", "firm", "企业", "one").version
    assert book.read("1.1", "firm", "企业", "one").version == first
    file.write_text("# 一\n\n讲一。\n\n## 步 {#a}\n\n再做。\n", encoding="utf-8")
    assert book.read("1.1", "firm", "企业", "one").version != first


def test_many_answers_are_found_along_an_index(platform):
    with by_owner() as cursor:
        cursor.execute(PLANTED)
        cursor.execute("ANALYZE help_manualanswer")
    assert heavy(platform, LIST, "help_manualanswer") == []
    assert heavy(platform, f"{LIST}?article=firm/claim", "help_manualanswer") == []
