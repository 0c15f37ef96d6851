"""Nobody learns at the door who has an account: same words, same steps, same kinds of questions to the database."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import TextMessage, User
from accounts.sms.words import TEMPLATES
from tests.accounts.guarding import sign_in
from tests.accounts.login import SIGNUP, ask, code_for, register, type_code
from tests.factories import make_user

pytestmark = pytest.mark.django_db
KNOWN, FREE = "13800000001", "13800000002"
MAIL, NO_MAIL = "yue@example.com", "nobody@example.com"


@pytest.fixture(autouse=True)
def planted():
    return make_user("yue", phone=KNOWN, email=MAIL)


def shape(sql):
    """A question to the database without its values."""
    sql = re.sub(r"'(?:[^']|'')*'|\b\d+\b|\bNULL\b|\bTRUE\b|\bFALSE\b", "?", sql, flags=re.IGNORECASE)
    return re.sub(r'"s\w+_x\d+"', "savepoint", sql)


def words(response, *private):
    """The page without what differs from visit to visit and what the visitor has typed himself."""
    text = response.content.decode()
    for value in private:
        text = text.replace(value, "…").replace(f"{value[:3]}****{value[-4:]}", "…")
    return re.sub(r'(?:csrfmiddlewaretoken|once)" value="[\w-]+"|"X-CSRFToken": "\w+"|\d\d:\d\d', "", text)


def seen(act, target):
    """What a visitor can tell: status, address, page, and how many questions of which kind were asked."""
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        response = act(client, target)
    masked = f"{target[:1]}***@{target.partition('@')[2]}"
    pages = [response.status_code, response.get("Location"), words(response, target, masked)]
    follow = client.get("/account/code/")
    pages += [words(follow, target, masked), words(type_code(client, "000000"), target, masked)]
    return pages, sorted(shape(query["sql"]) for query in queries)


ACTS = {
    "login": ask,
    "signup": lambda client, phone: register(client, phone=phone),
    "reset": lambda client, phone: client.post("/account/password/reset/", {"login": phone}),
    "wechat is asked after the scan alone": lambda client, phone: client.post(
        "/account/wechat/phone/", {"phone": phone}
    ),
    "password": lambda client, phone: client.post("/account/login/", {"login": phone, "password": "wrong"}),
}


@pytest.mark.parametrize("name", ACTS)
def test_a_number_with_an_account_and_one_without_look_alike(name):
    known, free = seen(ACTS[name], KNOWN), seen(ACTS[name], FREE)
    assert known[0] == free[0]
    assert kinds(known[1]) == kinds(free[1])


def kinds(queries):
    """Verb and table of each question; how a row is looked for may depend on whether there is one."""
    found = [re.match(r"(SELECT|INSERT INTO|UPDATE|DELETE FROM|SAVEPOINT|RELEASE)", query) for query in queries]
    tables = [re.search(r'(?:FROM|INTO|UPDATE) "(\w+)"', query) for query in queries]
    pairs = zip(found, tables, strict=True)
    return sorted((verb.group(1) if verb else "", table.group(1) if table else "") for verb, table in pairs)


def test_a_mailbox_with_an_account_and_one_without_look_alike(django_capture_on_commit_callbacks):
    reset = ACTS["reset"]
    with django_capture_on_commit_callbacks(execute=True):
        known, free = seen(reset, MAIL), seen(reset, NO_MAIL)
    assert known[0] == free[0]
    assert kinds(known[1]) == kinds(free[1])
    assert [letter.to for letter in mail.outbox] == [[MAIL], [NO_MAIL]]
    assert len({letter.subject for letter in mail.outbox}) == 1


@pytest.mark.parametrize(
    ("name", "phone", "template"),
    [
        ("login", KNOWN, "code"),
        ("login", FREE, "unknown"),
        ("signup", KNOWN, "taken"),
        ("signup", FREE, "code"),
        ("reset", KNOWN, "code"),
        ("reset", FREE, "unknown"),
    ],
)
def test_only_the_owner_of_the_number_is_told(client, name, phone, template):
    response = ACTS[name](client, phone)
    text = TextMessage.objects.get()
    assert (text.phone, text.template, bool(text.params)) == (phone, template, template == "code")
    if template != "code":
        assert TEMPLATES[template][:8] not in response.content.decode()


@pytest.mark.parametrize("name", ["login", "signup", "reset"])
def test_the_limits_count_alike(name):
    pages = {phone: [ACTS[name](Client(), phone) for _ in range(2)] for phone in (KNOWN, FREE)}
    second = [words(pages[phone][1], phone) for phone in (KNOWN, FREE)]
    assert "1 分钟最多发送 1 条短信" in second[0]
    assert re.sub(r"\d+ 秒", "", second[0]) == re.sub(r"\d+ 秒", "", second[1])


@pytest.mark.parametrize("name", ["login", "signup", "reset"])
def test_asking_again_counts_alike(name):
    found = []
    for phone in (KNOWN, FREE):
        client = Client()
        ACTS[name](client, phone)
        response = client.post("/account/code/", {"act": "again"})
        found.append([re.sub(r"\d+ 秒", "", str(message)) for message in response.wsgi_request._messages])
    assert found[0] == found[1] != []


def test_a_code_of_another_session_opens_no_taken_number(client):
    register(client, phone=KNOWN)
    ask(other := Client(), FREE)
    assert TextMessage.objects.filter(template="code").count() == 0
    for digits in ("000000", "999999", ""):
        type_code(client, digits)
    type_code(other, "123456")
    assert User.objects.count() == 1


def test_a_taken_number_is_not_locked_by_who_registers_with_it(client):
    register(client, phone=KNOWN)
    for _ in range(5):
        type_code(client, "000000")
    response = Client().post("/account/login/", {"login": KNOWN, "password": "tten-test-2026"})
    assert response.status_code == 302


def test_changing_to_a_taken_number_tells_its_owner_alone(client, planted):
    sign_in(make_user("other", phone="13800000003"), client).get("/center/")  # which says welcome
    pages = []
    for phone in (KNOWN, FREE):
        response = ask(client, phone, "/center/account/phone/")
        pages.append((response["Location"], words(client.get("/account/code/"), phone)))
    assert pages[0] == pages[1]
    assert list(TextMessage.objects.order_by("pk").values_list("template", flat=True)) == ["taken", "code"]
    assert code_for(FREE)


def test_a_user_name_is_a_public_handle_and_may_be_told(client):
    assert register(client, username="yue").context["form"].errors["username"] == ["这个用户名已经有人使用，请换一个。"]


def test_registering_says_everything_that_is_wrong_in_one_round(client):
    errors = (
        client.post(
            "/account/signup/",
            SIGNUP
            | {
                "username": "13800000009",
                "phone": "1",
                "name": "",
                "password1": "short",
                "password2": "other",
                "agrees": "",
            },
        )
        .context["form"]
        .errors
    )
    assert set(errors) == {"username", "phone", "name", "password1", "password2", "agrees"}
    assert errors["password2"] == ["两次输入的密码不一致，请重新输入。"]
