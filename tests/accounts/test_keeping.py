"""A session is over while somebody types: what was typed waits for him, and for nobody else, and goes nowhere by itself."""

import contextlib
import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import get_resolver, resolve, reverse

from accounts.models import KeptForm
from accounts.security.browser import COOKIE
from accounts.security.keeping import MOST_FORMS, PRIVATE, in_words, page_above
from accounts.security.tasks import forget_forms
from orders.models import Order
from tests.accounts.guarding import LOGIN, PASSWORD, sign_in
from tests.factories import World, drive_application
from tests.reviews.desk import open_turn
from tests.test_house import address_of, patterns
from tests.watch import NO_PAGES

pytestmark = pytest.mark.django_db
CONTENT = "委托检测三批复合材料样品的力学性能，用于改进配方。"


@pytest.fixture
def world():
    return World()


def end_session(client):
    """The session runs out; the browser's other cookies stay."""
    client.cookies.pop("sessionid")
    return client


def next_of(answer):
    """Where the sign-in leads on to."""
    address = urlsplit(answer.headers.get("HX-Redirect") or answer.url)
    assert address.path == reverse("account_login")
    return parse_qs(address.query)["next"][0]


def come_back(client, person, target):
    return client.post(f"{reverse('account_login')}?next={target}", {"login": person.username, "password": PASSWORD})


def typed(world, client, **headers):
    """An application's form that comes after the session is over; return where it waits."""
    case = drive_application(world.make_application(), "draft", world)
    address = reverse("application_edit", args=[case.number])
    answer = end_session(client).post(address, {"act": "save", "seen": "0", "content": CONTENT}, headers=headers)
    return case, address, next_of(answer)


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
def test_an_enterprise_finds_its_words_again_after_the_sign_in(world, headers):
    client = sign_in(world.applicant)
    case, address, waiting = typed(world, client, **headers)
    assert come_back(client, world.applicant, waiting).url == waiting
    page = client.get(waiting)
    assert (page.context["kept"].path, page.context["kept"].back) == (address, case.get_absolute_url())
    assert page.context["typed"].shown == [f"服务内容及与研发活动的关系：{CONTENT}"]
    words = page.content.decode()
    assert (f">{case.number}</a>" in words, "继续保存</button>" in words, "还没有保存" in words) == (True, True, True)
    case.refresh_from_db()
    assert case.content != CONTENT  # nothing goes by itself
    fields = dict(page.context["kept"].fields) | {"seen": case.version}
    assert client.post(address, fields).status_code == 302
    case.refresh_from_db()
    assert (case.content, KeptForm.objects.count()) == (CONTENT, 0)


def test_staff_who_are_signed_out_find_theirs_too(world):
    client = sign_in(world.district)
    turn = open_turn(drive_application(world.make_application(), "district", world))
    address = reverse("turn_opinion", args=[turn.pk])
    client.post(reverse("account_logout"))
    waiting = next_of(client.post(address, {"verdict": "send_back", "text": "请补充检测数据。"}))
    come_back(client, world.district, waiting)
    page = client.get(waiting)
    assert page.context["kept"].back == reverse("turn_detail", args=[turn.pk])
    assert page.context["typed"].shown == ["审核结果：退回修改", "请补充检测数据。"]
    words = page.content.decode()
    assert (f">{turn.number}</a>" in words, "继续提交</button>" in words) == (True, True)


def test_user_center_tells_who_signs_in_without_the_link(world):
    client = sign_in(world.applicant)
    waiting = typed(world, client)[2]
    come_back(client, world.applicant, "/center/")
    assert waiting in client.get("/center/").content.decode()
    assert client.post(waiting).status_code == 302  # 放弃
    assert waiting not in client.get("/center/").content.decode()


def test_neither_another_person_nor_another_browser_sees_it(world):
    client = sign_in(world.applicant)
    waiting = typed(world, client)[2]
    other = sign_in(world.applicant)
    come_back(client, world.district, waiting)
    for browser in (client, other):
        assert browser.get(waiting).url == reverse("user_center")
    client.post(reverse("account_logout"))
    come_back(client, world.applicant, waiting)
    assert client.get(waiting).status_code == 200


def test_it_is_gone_after_a_day(world, time_machine):
    client = sign_in(world.applicant)
    waiting = typed(world, client)[2]
    come_back(client, world.applicant, waiting)
    KeptForm.objects.update(at=KeptForm.oldest() + dt.timedelta(minutes=1))
    assert client.get(waiting).status_code == 200
    KeptForm.objects.update(at=KeptForm.oldest())
    assert client.get(waiting).status_code == 302
    forget_forms()
    forget_forms()
    assert not KeptForm.objects.exists()


def test_no_more_is_kept_than_a_person_can_type(world):
    client = end_session(sign_in(world.applicant))
    for number in range(MOST_FORMS + 3):
        client.post(reverse("profile_edit"), {"name": f"甲样例{number}"})
    assert KeptForm.objects.count() == MOST_FORMS
    client.post(reverse("profile_edit"), {"name": "长" * 500_000})
    assert KeptForm.objects.count() == MOST_FORMS


@pytest.mark.parametrize("cookie", ["", "1:abc", "1:abc:forged"])
def test_where_nobody_knows_whose_it_is_it_stands_to_be_copied(world, cookie):
    client = Client()
    client.cookies[COOKIE] = cookie
    answer = client.post(reverse("profile_edit"), {"name": "甲样例", "password": "Secret-2026"})
    page = answer.content.decode()
    assert (answer.status_code, KeptForm.objects.count()) == (403, 0)
    assert ("甲样例" in page, "Secret-2026" in page) == (True, False)
    part = client.post(reverse("profile_edit"), {"name": "甲样例"}, headers={"hx-request": "true"})
    assert (part.status_code, part["HX-Retarget"], "甲样例" in part.content.decode()) == (200, "#main", True)


def test_passwords_codes_and_tokens_are_never_kept(world):
    client = sign_in(world.applicant)
    for name in ("phone_change", "mail_change", "mfa_activate_totp", "account_change_password", "account_set_password"):
        answer = end_session(client).post(reverse(name), {"code": "246810", "oldpassword": "x", "phone": "13800000000"})
        assert answer.status_code in {302, 403}, name
        sign_in(world.applicant, client)
    assert not KeptForm.objects.exists()
    end_session(client).post(reverse("profile_edit"), {"name": "甲样例", "csrfmiddlewaretoken": "t", **LOGIN})
    assert KeptForm.objects.get().fields == [["name", "甲样例"]]


def test_of_chosen_files_the_names_are_kept(world):
    client = end_session(sign_in(world.applicant))
    paper = SimpleUploadedFile("样品清单.pdf", b"%PDF-1.4")
    address = reverse("order_place", args=[world.product.number])
    waiting = next_of(client.post(address, {"requirement": CONTENT, "papers": paper}))
    come_back(client, world.applicant, waiting)
    page = client.get(waiting).content.decode()
    assert ("样品清单.pdf" in page, "不带附件，继续提交" in page) == (True, True)
    assert not Order.objects.exists()


def test_files_that_come_alone_to_a_part_of_a_page_leave_the_page_as_it_is(world):
    claim = world.make_claim()
    client = end_session(sign_in(world.applicant))
    drop = {"papers": SimpleUploadedFile("发票.pdf", b"%PDF-1.4")}
    answer = client.post(reverse("claim_drop", args=[claim.number, "invoice"]), drop, headers={"hx-request": "true"})
    assert (answer.status_code, "HX-Redirect" in answer, KeptForm.objects.count()) == (403, False, 0)
    assert 'data-refusal="登录已结束，文件没有收到。' in answer.content.decode()


def test_a_form_with_an_old_token_shows_what_was_typed(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.applicant)
    answer = client.post(reverse("profile_edit"), {"name": "甲样例", "password1": "Secret-2026"})
    page = answer.content.decode()
    assert (answer.status_code, "甲样例" in page, "Secret-2026" in page) == (403, True, False)
    assert f'href="{reverse("account_home")}"' in page


def test_a_refused_form_shows_what_was_typed(world):
    case = drive_application(world.make_application(), "district", world)
    turn = open_turn(case)
    client = sign_in(world.district)
    said = {"verdict": "send_back", "text": "请补充检测数据。", "seen": "999"}
    answer = client.post(reverse("turn_opinion", args=[turn.pk]), said)
    assert (answer.status_code, "请补充检测数据。" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("verdict", "reject", "审核结果：不通过"),
        ("amount", "100", "金额：100 元"),
        ("applied_amount", "100", "申请补贴金额：100"),
        ("invoice-3-seller", "样例检测", "销售方名称：样例检测"),
        ("phone", "13800000000", "13800000000"),  # tables call it differently
        ("declares_unrelated", "on", "与服务机构无隶属、共建、产权纽带等关联关系：已勾选"),
        ("words", "请补充。", "请补充。"),  # forms call it differently
        ("district", "3", ""),
        ("seen", "3", ""),
        ("row-TOTAL_FORMS", "3", ""),
        ("unknown", "3", ""),
    ],
)
def test_it_is_shown_in_words(name, value, words):
    assert in_words(name, value) == words


@pytest.mark.parametrize(
    ("app", "words"), [("orders", "电话：13800000000"), ("", "13800000000"), ("django", "13800000000")]
)
def test_the_app_whose_form_it_is_knows_what_its_fields_are_called(app, words):
    assert in_words("phone", "13800000000", app) == words


def test_a_long_text_has_its_label_too():
    assert in_words("requirement", "检测" * 100, "orders") == f"需求描述：{'检测' * 100}"


def test_a_visitor_s_page_leads_back_to_itself(world):
    answer = Client().get("/center/?page=2")
    assert next_of(answer) == "/center/?page=2"
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/desk/?page=3"}
    assert next_of(Client().get("/desk/done/", headers=headers)) == "/desk/?page=3"


def takes(method, match):
    """Whether a view lets such a request in: whatever it does with one without a person comes after."""
    with contextlib.suppress(Exception):  # it was let in
        return match.func(getattr(RequestFactory(), method)("/"), **match.kwargs).status_code != 405
    return True


def test_every_form_has_above_it_a_page_to_be_read():
    """The way back is no address that only takes POST, and no part of a page; 安全认证 and a view lead on to a page."""
    forms = [
        address_of(entry) for entry in patterns(get_resolver()) if not entry.callback.__module__.startswith(PRIVATE)
    ]
    above = {path: resolve(page_above(path)) for path in forms if takes("post", resolve(path))}
    parts = NO_PAGES.keys() - {"certification_view", "view_open"}
    assert {path: at.view_name for path, at in above.items() if at.view_name in parts or not takes("get", at)} == {}
    assert len(above) > 50
